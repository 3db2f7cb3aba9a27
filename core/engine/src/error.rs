//! What can go wrong, by what the caller can do about it.

use rapi_core::wire::{Problem, Secret};

/// Why the engine could not do something.
#[derive(Debug, Clone, thiserror::Error)]
pub enum EngineError {
    /// The backend answered with a problem; show the text for its `code`.
    #[error("the backend answered {} {}", .0.status, .0.code)]
    Api(Box<Problem>),
    /// The backend could not be reached, or not in time. Try again later.
    #[error("the backend cannot be reached")]
    Network,
    /// Nobody is signed in, or no longer.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The password was right; now the code of the authenticator is wanted: [`crate::Engine::confirm_totp`].
    #[error("a code from the authenticator is needed")]
    SecondFactor {
        /// Names the half-finished sign-in.
        mfa_token: Secret,
    },
    /// The device could not keep or read what it has to remember.
    #[error("cannot store: {0}")]
    Storage(String),
    /// The backend refused an intent for good.
    #[error("refused: {code}")]
    Refused {
        /// Stable snake_case name of the reason.
        code: String,
        /// The reason in a sentence, for developers.
        detail: String,
    },
    /// The backend's answer makes no sense to this version.
    #[error("the answer cannot be read: {0}")]
    Unreadable(String),
    /// The engine was closed.
    #[error("the engine is closed")]
    Closed,
}

impl EngineError {
    /// The stable code to look a text up by.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Api(problem) => &problem.code,
            Self::Refused { code, .. } => code,
            Self::Network => "network",
            Self::NotSignedIn => "not_signed_in",
            Self::SecondFactor { .. } => "second_factor",
            Self::Storage(_) => "storage",
            Self::Unreadable(_) => "unreadable",
            Self::Closed => "closed",
        }
    }
}

impl From<Problem> for EngineError {
    fn from(problem: Problem) -> Self {
        Self::Api(Box::new(problem))
    }
}
