//! The pages of the app by their paths; a deep link is one of these. What is open beside a list stands in the query.

use dioxus::prelude::*;

use crate::pages::{Audit, Categories, Floor, Home, Ledger, Orders, Users, Verifications, Withdrawals};

/// Every page.
#[derive(Debug, Clone, PartialEq, Routable)]
#[rustfmt::skip]
pub enum Route {
    #[layout(Floor)]
        #[route("/")]
        Home {},
        #[route("/verifications?:open")]
        Verifications { open: String },
        #[route("/orders?:open")]
        Orders { open: String },
        #[route("/users?:open")]
        Users { open: String },
        #[route("/categories?:open")]
        Categories { open: String },
        #[route("/withdrawals?:open")]
        Withdrawals { open: String },
        #[route("/audit-log")]
        Audit {},
        #[route("/ledger")]
        Ledger {},
}

impl Route {
    /// The queue of papers, none of them open.
    #[must_use]
    pub const fn verifications() -> Self {
        Self::Verifications { open: String::new() }
    }

    /// Everybody's orders, none of them open.
    #[must_use]
    pub const fn orders() -> Self {
        Self::Orders { open: String::new() }
    }

    /// Everybody, nobody open.
    #[must_use]
    pub const fn users() -> Self {
        Self::Users { open: String::new() }
    }

    /// All categories, none of them open.
    #[must_use]
    pub const fn categories() -> Self {
        Self::Categories { open: String::new() }
    }

    /// All withdrawals, none of them open.
    #[must_use]
    pub const fn withdrawals() -> Self {
        Self::Withdrawals { open: String::new() }
    }

    /// The place at the side to which this page belongs.
    #[must_use]
    pub const fn place(&self) -> Self {
        match self {
            Self::Home {} => Self::Home {},
            Self::Verifications { .. } => Self::verifications(),
            Self::Orders { .. } => Self::orders(),
            Self::Users { .. } => Self::users(),
            Self::Categories { .. } => Self::categories(),
            Self::Withdrawals { .. } => Self::withdrawals(),
            Self::Audit {} => Self::Audit {},
            Self::Ledger {} => Self::Ledger {},
        }
    }
}

/// What stands inside the app.
pub fn inside() -> Element {
    rsx! { Router::<Route> {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_beside_a_list_is_part_of_its_link() {
        let route: Route = "/orders?open=abc".parse().expect("a link");
        assert_eq!(route, Route::Orders { open: "abc".into() });
        assert_eq!(route.place(), Route::orders());
        assert_eq!("/orders".parse::<Route>().ok(), Some(Route::orders()));
    }
}
