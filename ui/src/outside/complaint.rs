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
    /// It went well.
    pub(super) const fn good(word: Word) -> Self {
        Self { tone: Tone::Good, word }
    }

    /// What `app` says about the stable code of a problem; something general about codes of the future.
    #[must_use]
    pub fn about(code: &str, app: App) -> Self {
        let word = if code == WRONG_ROLE { of_another_app(app) } else { Word::of_problem(code) };
        let tone = match code {
            "session_ended" | "session_revoked" => Tone::Info,
            "account_locked" | "not_verified" | "slow_down" | "network" | "second_factor" | "otp_expired" | "otp_cool_down" => Tone::Warn,
            _ => Tone::Bad,
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
