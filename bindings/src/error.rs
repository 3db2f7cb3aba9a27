//! What can go wrong, by what the app can do about it.

use rapi_engine::EngineError;

/// Why the engine could not do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum RapiError {
    /// The backend said no; show the text for its `code`.
    #[error("refused: {code}")]
    Refused {
        /// Stable snake_case name of the reason.
        code: String,
    },
    /// The backend could not be reached. Try again later.
    #[error("the backend cannot be reached")]
    Network,
    /// Nobody is signed in, or no longer.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The password was right; a code of the authenticator is wanted as well.
    #[error("a code from the authenticator is needed")]
    SecondFactor,
    /// The device could not keep or read what it has to remember.
    #[error("cannot store: {reason}")]
    Storage {
        /// The reason in a sentence, for developers.
        reason: String,
    },
    /// The backend's answer makes no sense to this version: an update is due.
    #[error("the answer cannot be read")]
    Unreadable,
    /// The engine was closed.
    #[error("the engine is closed")]
    Closed,
}

impl From<EngineError> for RapiError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Api(problem) => Self::Refused { code: problem.code },
            EngineError::Refused { code, .. } => Self::Refused { code },
            EngineError::Network => Self::Network,
            EngineError::NotSignedIn => Self::NotSignedIn,
            EngineError::SecondFactor { .. } => Self::SecondFactor,
            EngineError::Storage(reason) => Self::Storage { reason },
            EngineError::Unreadable(_) => Self::Unreadable,
            EngineError::Closed => Self::Closed,
        }
    }
}
