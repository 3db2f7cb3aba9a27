//! Keeps a phone signed in: exchanges the refresh token ahead of the access token's end, one exchange at a time.
//!
//! A refresh token is good once, but the same exchange repeated with the same idempotency key gets the same answer. So
//! the key is kept before the exchange is sent, and a lost answer or a killed app only means asking again with it.
//! The shell performs the effects in their order, and has kept a checkpoint before it goes on to the next.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::TokenSet;
use crate::outbox::{LONGEST_DELAY, delay_after};
use crate::values::Timestamp;

/// Why an exchange failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No answer, or the backend cannot answer just now.
    Network,
    /// 401: the family of tokens has ended.
    Rejected,
}

/// Why nobody is signed in (any more).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedOutReason {
    /// The person signed out.
    ByUser,
    /// The backend does not take the tokens any more.
    Rejected,
    /// A token is wanted, but nobody is signed in.
    NotSignedIn,
}

/// What happens to the session.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    /// Signing in succeeded.
    SignedIn(TokenSet),
    /// A request needs an access token.
    NeedToken,
    /// The backend refused this access token with 401, though it should still be good.
    TokenRefused(String),
    /// The exchange with this key gave these tokens; an answer to any other exchange is ignored.
    Refreshed {
        /// The key it was sent with.
        idempotency_key: Uuid,
        /// The next tokens.
        tokens: TokenSet,
    },
    /// The exchange under way failed. Answers to an exchange from before the last signing in or out must not be told.
    RefreshFailed(Failure),
    /// The network came back: no need to wait any longer.
    Online,
    /// The person signs out.
    SignOut,
    /// The deadline has come.
    Tick,
}

/// What the shell is to do.
#[derive(Clone, PartialEq, Eq)]
pub enum Effect {
    /// Exchange the refresh token, with this key.
    Refresh {
        /// What to exchange.
        refresh_token: String,
        /// The exchange's own key.
        idempotency_key: Uuid,
    },
    /// Keep this, safely, before going on.
    Persist(Checkpoint),
    /// The access token for whoever needs one.
    TokenReady(String),
    /// Nobody is signed in; whoever needs a token gets none.
    SignedOut {
        /// Why.
        reason: SignedOutReason,
    },
}

/// What survives the end of the process.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The tokens; none when nobody is signed in.
    pub tokens: Option<TokenSet>,
    /// The key of an exchange that was begun and whose answer is not known.
    pub attempt: Option<Uuid>,
}

/// Where an exchange stands that was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exchange {
    /// Not begun, or to be asked again from this time on.
    Waiting { until: Timestamp },
    /// Asked.
    UnderWay,
}

const AT_ONCE: Exchange = Exchange::Waiting { until: Timestamp::from_micros(0) };

/// The session of a phone.
#[derive(Debug, Clone)]
pub struct SessionMachine {
    kept: Checkpoint,
    exchange: Exchange,
    failures: u32,
    wanted: bool,
}

impl SessionMachine {
    /// Goes on where `checkpoint` was kept; [`Checkpoint::default`] is nobody signed in. An exchange without an answer
    /// is due at once.
    #[must_use]
    pub const fn restore(checkpoint: Checkpoint) -> Self {
        Self { kept: checkpoint, exchange: AT_ONCE, failures: 0, wanted: false }
    }

    /// What must survive the end of the process.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.kept
    }

    /// When [`Input::Tick`] is due at the latest.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        let tokens = self.kept.tokens.as_ref()?;
        match (self.exchange, self.kept.attempt) {
            (Exchange::UnderWay, _) => None,
            (Exchange::Waiting { until }, Some(_)) => Some(until),
            (Exchange::Waiting { .. }, None) => Some(tokens.refresh_at()),
        }
    }

    /// Takes in what happened and says what to do about it. `new_key` makes the key of a new exchange, if there is one.
    pub fn handle(&mut self, input: Input, now: Timestamp, new_key: &mut dyn FnMut() -> Uuid) -> Vec<Effect> {
        let mut effects = match input {
            Input::SignedIn(tokens) => self.renew(tokens),
            Input::NeedToken => self.need_token(now),
            Input::TokenRefused(token) => self.distrust(&token),
            Input::Refreshed { idempotency_key, tokens } if self.kept.attempt == Some(idempotency_key) => self.renew(tokens),
            Input::Refreshed { .. } => Vec::new(),
            Input::RefreshFailed(failure) => self.failed(failure, now),
            Input::Online => self.stop_waiting(),
            Input::SignOut => self.sign_out(SignedOutReason::ByUser),
            Input::Tick => Vec::new(),
        };
        effects.extend(self.refresh_if_due(now, new_key));
        effects
    }

    fn renew(&mut self, tokens: TokenSet) -> Vec<Effect> {
        let token = tokens.access_token.clone();
        let wanted = self.wanted;
        *self = Self::restore(Checkpoint { tokens: Some(tokens), attempt: None });
        let persist = Effect::Persist(self.kept.clone());
        if wanted { vec![persist, Effect::TokenReady(token)] } else { vec![persist] }
    }

    fn need_token(&mut self, now: Timestamp) -> Vec<Effect> {
        match &self.kept.tokens {
            None => vec![Effect::SignedOut { reason: SignedOutReason::NotSignedIn }],
            Some(tokens) if tokens.is_usable(now) => vec![Effect::TokenReady(tokens.access_token.clone())],
            Some(_) => {
                self.wanted = true;
                Vec::new()
            }
        }
    }

    /// Treats the token as ended, unless it is already another.
    fn distrust(&mut self, token: &str) -> Vec<Effect> {
        if let Some(tokens) = self.kept.tokens.as_mut().filter(|tokens| tokens.access_token == token) {
            tokens.expires_in = std::time::Duration::ZERO;
        }
        Vec::new()
    }

    fn failed(&mut self, failure: Failure, now: Timestamp) -> Vec<Effect> {
        if self.exchange != Exchange::UnderWay {
            return Vec::new();
        }
        match failure {
            Failure::Rejected => self.sign_out(SignedOutReason::Rejected),
            Failure::Network => {
                self.failures = self.failures.saturating_add(1);
                self.exchange = Exchange::Waiting { until: now + delay_after(self.failures) };
                Vec::new()
            }
        }
    }

    fn stop_waiting(&mut self) -> Vec<Effect> {
        if let Exchange::Waiting { .. } = self.exchange {
            self.exchange = AT_ONCE;
        }
        Vec::new()
    }

    fn sign_out(&mut self, reason: SignedOutReason) -> Vec<Effect> {
        if self.kept.tokens.is_none() {
            return Vec::new();
        }
        *self = Self::restore(Checkpoint::default());
        vec![Effect::Persist(self.kept.clone()), Effect::SignedOut { reason }]
    }

    /// Begins an exchange, or repeats the one that has no answer.
    fn refresh_if_due(&mut self, now: Timestamp, new_key: &mut dyn FnMut() -> Uuid) -> Vec<Effect> {
        let Some(tokens) = &self.kept.tokens else { return Vec::new() };
        let Exchange::Waiting { until } = self.exchange else { return Vec::new() };
        // Further ahead than anybody waits: the clock was set back.
        let waited = until <= now || until.since(now) > LONGEST_DELAY;
        if !waited || self.kept.attempt.is_none() && !tokens.is_due(now) {
            return Vec::new();
        }
        let refresh_token = tokens.refresh_token.clone();
        self.exchange = Exchange::UnderWay;
        if let Some(idempotency_key) = self.kept.attempt {
            return vec![Effect::Refresh { refresh_token, idempotency_key }];
        }
        let idempotency_key = new_key();
        self.kept.attempt = Some(idempotency_key);
        vec![Effect::Persist(self.kept.clone()), Effect::Refresh { refresh_token, idempotency_key }]
    }
}

/// Without the tokens.
impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignedIn(tokens) => f.debug_tuple("SignedIn").field(tokens).finish(),
            Self::NeedToken => f.write_str("NeedToken"),
            Self::TokenRefused(_) => f.write_str("TokenRefused(…)"),
            Self::Refreshed { idempotency_key, .. } => write!(f, "Refreshed({idempotency_key})"),
            Self::RefreshFailed(failure) => f.debug_tuple("RefreshFailed").field(failure).finish(),
            Self::Online => f.write_str("Online"),
            Self::SignOut => f.write_str("SignOut"),
            Self::Tick => f.write_str("Tick"),
        }
    }
}

/// Without the tokens.
impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refresh { idempotency_key, .. } => write!(f, "Refresh({idempotency_key})"),
            Self::Persist(checkpoint) => f.debug_tuple("Persist").field(checkpoint).finish(),
            Self::TokenReady(_) => f.write_str("TokenReady(…)"),
            Self::SignedOut { reason } => f.debug_tuple("SignedOut").field(reason).finish(),
        }
    }
}
