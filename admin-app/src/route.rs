//! The pages of the app by their paths; a deep link is one of these.

use dioxus::prelude::*;

use crate::pages::{Floor, Home, Orders, Users, Verifications};

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
}

impl Route {
    /// Everybody's orders, none of them open.
    #[must_use]
    pub const fn orders() -> Self {
        Self::Orders { open: String::new() }
    }

    /// The queue of papers, none of them open.
    #[must_use]
    pub const fn verifications() -> Self {
        Self::Verifications { open: String::new() }
    }

    /// Everybody, nobody open.
    #[must_use]
    pub const fn users() -> Self {
        Self::Users { open: String::new() }
    }

    /// The place at the side to which this page belongs.
    #[must_use]
    pub fn place(&self) -> Self {
        match self {
            Self::Home {} => Self::Home {},
            Self::Verifications { .. } => Self::verifications(),
            Self::Orders { .. } => Self::orders(),
            Self::Users { .. } => Self::users(),
        }
    }
}

/// What stands inside the app.
pub fn inside() -> Element {
    rsx! { Router::<Route> {} }
}
