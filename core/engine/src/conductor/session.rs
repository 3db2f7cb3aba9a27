//! Signing in, staying so, and leaving.

use rapi_core::session::{Checkpoint, Effect, Failure, Input, SignedOutReason, TokenSet};
use rapi_core::wire::Secret;
use rapi_core::wire::auth::TokensResponse;
use rapi_core::wire::people::{DeviceRequest, UserSummary, UserType};
use rapi_core::{outbox, tracking as core_tracking};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::following::Following;
use super::{Conductor, Done, Message, report};
use crate::api::Auth;
use crate::error::EngineError;
use crate::host::SecretStore;
use crate::link::Link;
use crate::snapshot::{Connection, SessionState, Snapshot};
use crate::store::Slot;

type Answer<T> = Result<T, EngineError>;

/// What the secret store holds.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct KeptSession {
    pub(super) session: Checkpoint,
    pub(super) user: Option<UserSummary>,
}

impl KeptSession {
    /// The session that was kept; none when what is there makes no sense.
    pub(super) fn load(secrets: &dyn SecretStore) -> Answer<Self> {
        let bytes = secrets.load().map_err(|error| EngineError::Storage(error.to_string()))?;
        let kept: Self = bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).inspect_err(|_| tracing::error!("the kept session is unreadable")).ok())
            .unwrap_or_default();
        Ok(if kept.session.tokens.is_some() && kept.user.is_some() { kept } else { Self::default() })
    }
}

/// The session an access token belongs to: its `sid` claim (the token is a JWT, RFC 7519; its signature is the backend's matter).
pub(super) fn session_of(access_token: &str) -> Option<Uuid> {
    use base64::Engine as _;
    #[derive(Deserialize)]
    struct Claims {
        sid: Uuid,
    }
    let payload = access_token.split('.').nth(1)?;
    let json = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).ok()?;
    serde_json::from_slice(&json).ok().map(|claims: Claims| claims.sid)
}

impl Conductor {
    /// Gives a token, or lets the machine get one.
    pub(super) async fn token_wanted(&mut self, refused: Option<String>, reply: oneshot::Sender<Answer<String>>) {
        self.waiting.tokens.push(reply);
        if let Some(token) = refused {
            self.tell_session(Input::TokenRefused(token)).await;
        }
        // An exchange that failed is tried again now: somebody waits for it.
        self.tell_session(Input::Online).await;
        self.tell_session(Input::NeedToken).await;
    }

    /// Takes in a fresh session.
    pub(super) async fn signed_in(&mut self, tokens: TokensResponse) -> Answer<UserSummary> {
        let user = tokens.user.clone();
        let owner = self.store.get(Slot::Owner).await?;
        self.forget_tasks();
        self.api.forget();
        self.following.forget_requests();
        self.tell_outbox(outbox::Input::Offline).await;
        if owner == Some(user.id) {
            self.remember_person().await?;
        } else {
            self.forget_person().await?;
            self.store.put(Slot::Owner, &user.id).await?;
        }
        self.snapshot.session = SessionState::SignedIn(user.clone());
        let is_kept = self.tell_session(Input::SignedIn(self.token_set(tokens))).await;
        if !is_kept {
            tracing::warn!("the session lasts only until the app ends");
        }
        self.list_pending();
        self.begin().await;
        self.put_device();
        Ok(user)
    }

    /// Ends the session on this device; answers what the backend should end.
    pub(super) async fn sign_out(&mut self) -> Option<Secret> {
        let refresh_token = self.session.checkpoint().tokens.as_ref().map(|tokens| Secret::new(&*tokens.refresh_token));
        self.tell_session(Input::SignOut).await;
        report("cannot forget the person", self.forget_person().await);
        refresh_token
    }

    /// The backend says that this very session is over.
    pub(super) async fn revoked(&mut self) {
        self.tell_session(Input::SignOut).await;
        self.snapshot.session = SessionState::SignedOut { reason: Some("session_revoked".into()) };
    }

    /// Starts everything that runs while somebody is signed in.
    pub(super) async fn begin(&mut self) {
        let Some(user) = self.snapshot.session.user().map(|user| user.id) else { return };
        let (publishes, inbox) = mpsc::unbounded_channel();
        let (events, epoch) = (self.inbox.clone(), self.epoch);
        let link = Link {
            api: self.api.clone(),
            host: self.host.clone(),
            tls: self.tls.clone(),
            api_url: self.config.api_url.clone(),
            user,
            device_id: self.config.device_id.clone(),
            known: self.published.subscribe(),
            wake: self.wake.clone(),
            tell: Box::new(move |event| events.tell(Message::Done { epoch, done: Done::Link(event) })),
        };
        self.publishes = Some(publishes);
        self.tasks.spawn(link.run(inbox));
        self.snapshot.connection = Connection::Connecting;
        self.tell_session(Input::Tick).await;
        self.follow_mode_anew().await;
    }

    /// Tells the machine and performs what it asks, in order; says whether everything could be kept.
    pub(super) async fn tell_session(&mut self, input: Input) -> bool {
        let ids = self.host.ids.clone();
        let effects = self.session.handle(input, self.now(), &mut || ids.new_uuid());
        let mut is_kept = true;
        for effect in effects {
            match effect {
                Effect::Persist(checkpoint) => is_kept &= self.keep_session(checkpoint).await,
                Effect::Refresh { refresh_token, idempotency_key } => self.refresh(refresh_token, idempotency_key),
                Effect::TokenReady(token) => {
                    for waiter in self.waiting.tokens.drain(..) {
                        let _ = waiter.send(Ok(token.clone()));
                    }
                }
                Effect::SignedOut { reason } => Box::pin(self.signed_out(reason)).await,
            }
        }
        is_kept
    }

    /// The exchange came to an end.
    pub(super) async fn refreshed(&mut self, key: Uuid, result: Answer<TokensResponse>) {
        match result {
            Ok(tokens) => {
                self.snapshot.session = SessionState::SignedIn(tokens.user.clone());
                let tokens = self.token_set(tokens);
                self.tell_session(Input::Refreshed { idempotency_key: key, tokens }).await;
            }
            Err(error) => {
                self.tell_session(Input::RefreshFailed(failure_of(&error))).await;
                self.no_tokens(&EngineError::Network);
            }
        }
    }

    fn refresh(&mut self, refresh_token: String, key: Uuid) {
        let auth = Auth(self.http.clone());
        self.spawn(async move {
            let result = Box::new(auth.refresh(Secret::from(refresh_token), key).await);
            Done::Refreshed { key, result }
        });
    }

    async fn keep_session(&self, session: Checkpoint) -> bool {
        let secrets = self.host.secrets.clone();
        let user = self.snapshot.session.user().cloned();
        let kept = tokio::task::spawn_blocking(move || {
            if session.tokens.is_none() {
                return secrets.clear().map_err(|error| error.to_string());
            }
            let bytes = serde_json::to_vec(&KeptSession { session, user }).map_err(|error| error.to_string())?;
            secrets.save(&bytes).map_err(|error| error.to_string())
        });
        let kept = kept.await.unwrap_or_else(|error| Err(error.to_string()));
        report("cannot keep the session", kept).is_some()
    }

    async fn signed_out(&mut self, reason: SignedOutReason) {
        self.no_tokens(&EngineError::NotSignedIn);
        let reason = match reason {
            SignedOutReason::ByUser => None,
            SignedOutReason::Rejected => Some("session_ended".to_owned()),
            SignedOutReason::NotSignedIn => return,
        };
        self.forget_tasks();
        self.api.forget();
        self.following.forget_requests();
        self.tell_outbox(outbox::Input::Offline).await;
        self.tell_batcher(core_tracking::Input::Connected(core_tracking::Connection::Offline)).await;
        self.tell_batcher(core_tracking::Input::Mode(core_tracking::SamplingMode::Off)).await;
        for (_, waiter) in self.waiting.results.drain() {
            let _ = waiter.send(Err(EngineError::NotSignedIn));
        }
        // What was asked for stays, for the same person may come back; nobody else sees it.
        self.snapshot = Snapshot { session: SessionState::SignedOut { reason }, ..Snapshot::default() };
    }

    /// The same person is back: what was known is shown, what was asked for is still to be sent.
    async fn remember_person(&mut self) -> Answer<()> {
        let orders = self.store.orders().await?;
        self.snapshot.orders = orders.into_iter().map(|detail| (detail.order.id, detail)).collect();
        self.snapshot.last_seq = self.following.kept_seq;
        self.following.compared = false;
        Ok(())
    }

    /// Forgets whose data was here, in memory and on disk. Batches go on being numbered: the backend knows them by device.
    async fn forget_person(&mut self) -> Answer<()> {
        self.store.forget_person().await?;
        self.outbox = outbox::Outbox::new();
        self.whats.clear();
        let rules = core_tracking::TrackingRules::default();
        self.batcher = core_tracking::Batcher::restore(rules, self.batcher.checkpoint().emptied());
        self.store.put(Slot::Batcher, self.batcher.checkpoint()).await?;
        self.following = Following::new(0, false);
        let session = std::mem::take(&mut self.snapshot.session);
        self.snapshot = Snapshot { session, ..Snapshot::default() };
        Ok(())
    }

    fn put_device(&mut self) {
        let (api, device_id) = (self.api.clone(), self.config.device_id.clone());
        let request = DeviceRequest { device_type: self.config.device_type, device_name: self.config.device_name.clone(), fcm_token: None };
        self.tasks.spawn(async move {
            if let Err(error) = api.put_device(&device_id, &request).await {
                tracing::warn!(code = error.code(), "the device is not registered");
            }
        });
    }

    pub(super) fn no_tokens(&mut self, error: &EngineError) {
        for waiter in self.waiting.tokens.drain(..) {
            let _ = waiter.send(Err(error.clone()));
        }
    }

    fn token_set(&self, tokens: TokensResponse) -> TokenSet {
        TokenSet {
            access_token: tokens.access_token.expose().to_owned(),
            refresh_token: tokens.refresh_token.expose().to_owned(),
            expires_in: Duration::from_secs(tokens.expires_in),
            obtained_at: self.now(),
        }
    }

    pub(super) async fn me_fetched(&mut self, result: Answer<UserSummary>) {
        if let Ok(user) = result
            && self.snapshot.session.user().is_some_and(|known| known.id == user.id)
        {
            self.snapshot.session = SessionState::SignedIn(user);
            self.keep_session(self.session.checkpoint().clone()).await;
        }
    }

    pub(super) fn is_provider(&self) -> bool {
        self.snapshot.session.user().is_some_and(|user| user.user_type.is(&UserType::ServiceProvider))
    }
}

/// A refusal ends the session; everything else is worth another try.
fn failure_of(error: &EngineError) -> Failure {
    match error {
        EngineError::Api(problem) if matches!(problem.status, 400..=499) && !matches!(problem.status, 408 | 409 | 425 | 429) => {
            Failure::Rejected
        }
        _ => Failure::Network,
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use rapi_core::wire::Problem;

    use super::*;

    #[test]
    fn the_session_of_a_token_is_its_sid() {
        let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!(r#"{{"sub":"x","sid":"{}"}}"#, Uuid::from_u128(5)));
        assert_eq!(session_of(&format!("e30.{payload}.sig")), Some(Uuid::from_u128(5)));
        for nonsense in ["", "opaque", "a.b.c", "e30.e30.sig"] {
            assert_eq!(session_of(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn only_a_refusal_ends_the_session() {
        let of = |status: u16| {
            let code = String::new();
            failure_of(
                &Problem { kind: code.clone(), title: code.clone(), status, detail: code.clone(), code, errors: vec![], retry_after: None }
                    .into(),
            )
        };
        assert_eq!([401, 403, 400].map(of), [Failure::Rejected; 3]);
        assert_eq!([409, 429, 500, 503].map(of), [Failure::Network; 4]);
        assert_eq!(failure_of(&EngineError::Network), Failure::Network);
        assert_eq!(failure_of(&EngineError::Unreadable("html".into())), Failure::Network);
    }
}
