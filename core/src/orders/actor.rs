//! Who moves an order.

use crate::values::{Id, User};

/// The one who gives a command, in the role she signed in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Somebody who orders.
    Client(Id<User>),
    /// Somebody who works.
    Provider(Id<User>),
    /// Somebody who runs the floor.
    Admin(Id<User>),
    /// Rapi itself: deadlines and settled payments.
    System,
}

impl Actor {
    /// The person; `None` for Rapi itself.
    #[must_use]
    pub const fn user(self) -> Option<Id<User>> {
        match self {
            Self::Client(user) | Self::Provider(user) | Self::Admin(user) => Some(user),
            Self::System => None,
        }
    }

    /// The role in one word: `client`, `provider`, `admin`, `system`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Client(_) => "client",
            Self::Provider(_) => "provider",
            Self::Admin(_) => "admin",
            Self::System => "system",
        }
    }
}
