//! What whoever stands outside sees.

use std::time::Duration;

use rapi_core::Timestamp;

use super::Complaint;
use crate::App;
use crate::text::Word;

/// Where outside somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// Says what Rapi is, and asks whether one is new.
    Welcome,
    /// Asks who it is.
    SignIn,
    /// Asks for an account.
    Register,
    /// Asks for the code that went to this address.
    Confirm {
        /// The address.
        email: String,
    },
    /// Asks whose password was forgotten.
    Forgot,
    /// Asks for the code that went to this address, and for a new password.
    Reset {
        /// The address.
        email: String,
    },
}

impl Page {
    /// Where `app` begins: admins are not asked whether they are new.
    #[must_use]
    pub fn first(app: App) -> Self {
        if app == App::Admin { Self::SignIn } else { Self::Welcome }
    }

    /// Where the way back leads; nowhere from the first.
    #[must_use]
    pub fn back(&self, app: App) -> Option<Self> {
        match self {
            Self::Welcome => None,
            Self::SignIn | Self::Register => Some(Self::first(app)).filter(|first| first != self),
            Self::Confirm { .. } | Self::Forgot | Self::Reset { .. } => Some(Self::SignIn),
        }
    }
}

/// How far the last attempt has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Attempt {
    /// Somebody may fill in the form.
    #[default]
    Idle,
    /// The form was sent.
    Busy,
    /// It was refused, or a session ended; the form may be sent again.
    Refused {
        /// Stable snake_case name of the reason.
        code: String,
        /// Until when nothing else will be answered, if that is known.
        until: Option<Timestamp>,
    },
    /// It went well, and there is something to say about it.
    Done(Word),
}

impl Attempt {
    /// Refused because of `code`.
    #[must_use]
    pub fn refused(code: &str) -> Self {
        Self::Refused { code: code.to_owned(), until: None }
    }
}

/// The screens outside an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideView {
    /// Which app.
    pub app: App,
    /// Which of them.
    pub page: Page,
    /// How far the last attempt has come.
    pub attempt: Attempt,
    /// When the last code was sent, if one was.
    pub sent_at: Option<Timestamp>,
}

impl OutsideView {
    /// The first screen of `app`.
    #[must_use]
    pub fn first(app: App) -> Self {
        Self { app, page: Page::first(app), attempt: Attempt::Idle, sent_at: None }
    }

    /// What is to be said above the form.
    #[must_use]
    pub fn complaint(&self) -> Option<Complaint> {
        match &self.attempt {
            Attempt::Idle | Attempt::Busy => None,
            Attempt::Refused { code, .. } => Some(Complaint::about(code, self.app)),
            Attempt::Done(word) => Some(Complaint::good(*word)),
        }
    }

    /// How long nothing will be answered yet at `now`.
    #[must_use]
    pub fn locked_for(&self, now: Timestamp) -> Option<Duration> {
        let Attempt::Refused { until: Some(until), .. } = self.attempt else { return None };
        Some(until.since(now)).filter(|left| !left.is_zero())
    }

    /// How long no other code may be asked for at `now`.
    #[must_use]
    pub fn resend_in(&self, now: Timestamp) -> Duration {
        self.sent_at.map_or(Duration::ZERO, |sent| (sent + rapi_core::session::OTP_COOL_DOWN).since(now))
    }

    /// Is an answer awaited?
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.attempt == Attempt::Busy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controls::Tone;
    use crate::outside::WRONG_ROLE;

    fn view(attempt: Attempt) -> OutsideView {
        OutsideView { attempt, ..OutsideView::first(App::Client) }
    }

    fn word(code: &str, app: App) -> Option<Word> {
        OutsideView { attempt: Attempt::refused(code), ..OutsideView::first(app) }.complaint().map(|complaint| complaint.word)
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
        assert_eq!([Attempt::Idle, Attempt::Busy].map(|attempt| view(attempt).complaint()), [None, None]);
    }

    #[test]
    fn a_lock_counts_down_and_ends() {
        let (now, minute) = (Timestamp::from_micros(0), Duration::from_secs(60));
        let locked = view(Attempt::Refused { code: "account_locked".into(), until: Some(now + 30 * minute) });
        assert_eq!(locked.locked_for(now + minute), Some(29 * minute));
        assert_eq!([locked.locked_for(now + 30 * minute), view(Attempt::Idle).locked_for(now)], [None, None]);
    }

    #[test]
    fn another_code_can_be_asked_for_a_minute_after_the_last() {
        let now = Timestamp::from_micros(0);
        let sent = OutsideView { sent_at: Some(now), ..view(Attempt::Idle) };
        assert_eq!(sent.resend_in(now + Duration::from_secs(15)), Duration::from_secs(45));
        assert_eq!([sent.resend_in(now + Duration::from_secs(60)), view(Attempt::Idle).resend_in(now)], [Duration::ZERO; 2]);
    }

    #[test]
    fn admins_are_not_asked_whether_they_are_new() {
        assert_eq!(App::ALL.map(Page::first), [Page::Welcome, Page::Welcome, Page::SignIn]);
        assert_eq!(Page::SignIn.back(App::Client), Some(Page::Welcome));
        assert_eq!(Page::SignIn.back(App::Admin), None);
        assert_eq!(Page::Forgot.back(App::Admin), Some(Page::SignIn));
    }
}
