//! What the screen shows.

use super::Complaint;
use crate::App;

/// How far signing in has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SignInState {
    /// Somebody may fill in the form.
    #[default]
    Idle,
    /// The form was sent.
    Busy,
    /// It was refused, or a session ended; the form may be sent again.
    Refused {
        /// Stable snake_case name of the reason.
        code: String,
    },
    /// Too many failures: nothing will do for a while, another account may.
    Locked,
}

impl SignInState {
    /// Refused because of `code`.
    #[must_use]
    pub fn refused(code: &str) -> Self {
        match code {
            "account_locked" => Self::Locked,
            code => Self::Refused { code: code.to_owned() },
        }
    }
}

/// The sign-in screen of an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInView {
    /// Whose.
    pub app: App,
    /// How far it has come.
    pub state: SignInState,
}

impl SignInView {
    /// What is to be said above the form.
    #[must_use]
    pub fn complaint(&self) -> Option<Complaint> {
        match &self.state {
            SignInState::Idle | SignInState::Busy => None,
            SignInState::Refused { code } => Some(Complaint::about(code, self.app)),
            SignInState::Locked => Some(Complaint::about("account_locked", self.app)),
        }
    }

    /// Is an answer awaited?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.state == SignInState::Busy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::Tone;
    use crate::sign_in::WRONG_ROLE;
    use crate::text::Word;

    fn word(code: &str, app: App) -> Option<Word> {
        SignInView { app, state: SignInState::refused(code) }.complaint().map(|complaint| complaint.word)
    }

    #[test]
    fn a_lock_is_its_own_state() {
        assert_eq!(SignInState::refused("account_locked"), SignInState::Locked);
        assert_eq!(SignInState::refused("network"), SignInState::Refused { code: "network".into() });
    }

    #[test]
    fn every_known_reason_has_its_own_text() {
        let codes = [
            "invalid_credentials",
            "account_locked",
            "not_verified",
            "account_suspended",
            "slow_down",
            "network",
            "second_factor",
            "session_ended",
            WRONG_ROLE,
        ];
        let words: Vec<Word> = codes.iter().filter_map(|code| word(code, App::Client)).collect();
        for (at, said) in words.iter().enumerate() {
            assert!(*said != Word::ProblemOther && !words[..at].contains(said), "{}", codes[at]);
        }
        assert_eq!(words.len(), codes.len());
        assert_eq!(word("moon_in_the_wrong_house", App::Client), Some(Word::ProblemOther));
    }

    #[test]
    fn each_app_says_whom_it_is_for() {
        let words = App::ALL.map(|app| word(WRONG_ROLE, app));
        assert_eq!(words, [Some(Word::ProblemNotAClient), Some(Word::ProblemNotAProvider), Some(Word::ProblemNotAnAdmin)]);
    }

    #[test]
    fn what_passes_by_itself_is_no_refusal() {
        let tone = |code| Complaint::about(code, App::Client).tone;
        assert_eq!(["network", "slow_down", "account_locked"].map(tone), [Tone::Warn; 3]);
        assert_eq!(["invalid_credentials", "account_suspended"].map(tone), [Tone::Bad; 2]);
        assert_eq!(tone("session_revoked"), Tone::Info);
    }

    #[test]
    fn nothing_is_said_before_something_happened() {
        for state in [SignInState::Idle, SignInState::Busy] {
            assert_eq!(SignInView { app: App::Admin, state }.complaint(), None);
        }
    }
}
