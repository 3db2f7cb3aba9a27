//! The app's own text for each reason not to be signed in.

use crate::App;
use crate::controls::Tone;
use crate::text::Word;

/// The code of an account that another app is made for. The apps say this themselves; the backend lets everybody in.
pub const WRONG_ROLE: &str = "wrong_role";

/// What is said, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complaint {
    /// How.
    pub tone: Tone,
    /// What.
    pub word: Word,
}

impl Complaint {
    /// What `app` says about the stable code of a problem; something general about codes of the future.
    #[must_use]
    pub fn about(code: &str, app: App) -> Self {
        let (tone, word) = match code {
            "invalid_credentials" => (Tone::Bad, Word::ProblemInvalidCredentials),
            "account_locked" => (Tone::Warn, Word::ProblemAccountLocked),
            "not_verified" => (Tone::Warn, Word::ProblemNotVerified),
            "account_suspended" => (Tone::Bad, Word::ProblemAccountSuspended),
            "slow_down" => (Tone::Warn, Word::ProblemSlowDown),
            "network" => (Tone::Warn, Word::ProblemNetwork),
            "second_factor" => (Tone::Warn, Word::ProblemSecondFactor),
            "session_ended" | "session_revoked" => (Tone::Info, Word::ProblemSessionEnded),
            WRONG_ROLE => (Tone::Bad, of_another_app(app)),
            _ => (Tone::Bad, Word::ProblemOther),
        };
        Self { tone, word }
    }
}

const fn of_another_app(app: App) -> Word {
    match app {
        App::Client => Word::ProblemNotAClient,
        App::Provider => Word::ProblemNotAProvider,
        App::Admin => Word::ProblemNotAnAdmin,
    }
}
