//! The people of a journey.

/// What a person is here for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Asks for help at home.
    Client,
    /// Gives it.
    Provider,
    /// Runs the floor.
    Admin,
}

impl Role {
    /// Names the app for such people.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Provider => "provider",
            Self::Admin => "admin",
        }
    }

    /// The word of the API for such people.
    pub(crate) const fn user_type(self) -> &'static str {
        match self {
            Self::Client => "CLIENT",
            Self::Provider => "SERVICE_PROVIDER",
            Self::Admin => "ADMIN",
        }
    }
}

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What she is here for.
    pub role: Role,
    /// Her full name.
    pub name: String,
    /// Where her codes go.
    pub email: String,
    /// Her password.
    pub password: String,
}

impl Person {
    /// Somebody called `name`; the address is made of the first name.
    #[must_use]
    pub fn new(role: Role, name: &str) -> Self {
        let first = name.split_whitespace().next().unwrap_or(name).to_lowercase();
        Self { role, name: name.to_owned(), email: format!("{first}@rapi.test"), password: "kuda-laut-77".to_owned() }
    }
}
