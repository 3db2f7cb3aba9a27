//! The handle that apps hold.

use std::sync::Arc;

use rapi_core::wire::Secret;
use rapi_core::wire::auth::{PasswordResetRequest, RegisterRequest, RegisterResponse, TokensResponse};
use rapi_core::wire::people::UserSummary;
use serde_json::Value;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::api::{ApiClient, Auth};
use crate::conductor::{self, Inbox, Message};
use crate::config::EngineConfig;
use crate::draft::Draft;
use crate::error::EngineError;
use crate::host::{Host, IdGen};
use crate::intent::{Intent, IntentKey};
use crate::snapshot::Snapshot;

/// A running engine. Clones are the same engine; it ends when it is closed or the last clone is dropped.
#[derive(Clone)]
pub struct Engine {
    inbox: Inbox,
    snapshots: watch::Receiver<Arc<Snapshot>>,
    api: ApiClient,
    auth: Auth,
    ids: Arc<dyn IdGen>,
    running: Arc<Running>,
}

struct Running {
    closing: CancellationToken,
    conductor: tokio::sync::Mutex<Option<JoinHandle<()>>>,
    _ends_with_the_last_clone: DropGuard,
}

impl Engine {
    /// Opens what was remembered in `config.data_dir` and goes on from there. Within a tokio runtime.
    ///
    /// # Errors
    /// [`EngineError::Storage`] when the folder cannot be used, or another engine uses it.
    pub async fn open(config: EngineConfig, host: Host) -> Result<Self, EngineError> {
        let closing = CancellationToken::new();
        let opened = conductor::open(config, host.clone()).await?;
        let (inbox, api, auth) = (opened.inbox(), opened.api(), opened.auth());
        let snapshots = opened.snapshots();
        let conductor = tokio::spawn(opened.run(closing.clone()));
        let running = Running {
            _ends_with_the_last_clone: closing.clone().drop_guard(),
            closing,
            conductor: tokio::sync::Mutex::new(Some(conductor)),
        };
        Ok(Self { inbox, snapshots, api, auth, ids: host.ids, running: Arc::new(running) })
    }

    /// Stops, and returns when everything is on disk and the files are closed. Other clones answer `Closed` from now on.
    pub async fn close(self) {
        self.running.closing.cancel();
        if let Some(conductor) = self.running.conductor.lock().await.take() {
            // A panic of the loop has been reported by itself.
            let _ = conductor.await;
        }
    }

    /// What is known, now and whenever it changes.
    #[must_use]
    pub fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshots.clone()
    }

    /// What is known now.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshots.borrow().clone()
    }

    /// The first snapshot, from now on, of which `what` holds; the last one ever when the engine is closed before.
    pub async fn wait_for(&self, mut what: impl FnMut(&Snapshot) -> bool) -> Arc<Snapshot> {
        let mut snapshots = self.snapshots();
        let found = snapshots.wait_for(|snapshot| what(snapshot)).await.map(|snapshot| snapshot.clone());
        found.unwrap_or_else(|_| self.snapshot())
    }

    /// Asks for an account; the OTP goes to the address.
    ///
    /// # Errors
    /// [`EngineError::Api`], `Network`.
    pub async fn register(&self, request: RegisterRequest) -> Result<RegisterResponse, EngineError> {
        self.auth.register(&request, self.ids.new_uuid()).await
    }

    /// Asks for another OTP, at most every 60 s.
    ///
    /// # Errors
    /// As [`Engine::register`].
    pub async fn resend_otp(&self, email: &str) -> Result<(), EngineError> {
        self.auth.resend_otp(email).await
    }

    /// Proves the address, which signs in.
    ///
    /// # Errors
    /// As [`Engine::register`], and `Storage` when the session cannot be kept.
    pub async fn verify_otp(&self, email: &str, code: &str) -> Result<UserSummary, EngineError> {
        self.signed_in(self.auth.verify_otp(email, code).await?).await
    }

    /// Signs in.
    ///
    /// # Errors
    /// As [`Engine::verify_otp`]; [`EngineError::SecondFactor`] when the account wants a code as well.
    pub async fn sign_in(&self, email_or_phone: &str, password: &str) -> Result<UserSummary, EngineError> {
        self.signed_in(self.auth.login(email_or_phone, password).await?).await
    }

    /// Finishes a sign-in by the code of the authenticator.
    ///
    /// # Errors
    /// As [`Engine::verify_otp`].
    pub async fn confirm_totp(&self, mfa_token: Secret, code: &str) -> Result<UserSummary, EngineError> {
        self.signed_in(self.auth.totp(mfa_token, code).await?).await
    }

    /// Asks for an OTP to set a new password; says nothing about whether the account exists.
    ///
    /// # Errors
    /// As [`Engine::register`].
    pub async fn forgot_password(&self, email: &str) -> Result<(), EngineError> {
        self.auth.forgot_password(email).await
    }

    /// Sets a new password and ends all sessions.
    ///
    /// # Errors
    /// As [`Engine::register`].
    pub async fn reset_password(&self, request: PasswordResetRequest) -> Result<(), EngineError> {
        self.auth.reset_password(&request).await
    }

    /// Forgets the session and everything of this person, and tells the backend if it can be reached.
    ///
    /// # Errors
    /// [`EngineError::Closed`].
    pub async fn sign_out(&self) -> Result<(), EngineError> {
        let refresh_token = self.inbox.ask(|reply| Message::SignOut { reply }).await?;
        if let Some(token) = refresh_token
            && let Err(error) = self.auth.logout(token).await
        {
            // Here it is over in any case; there the session ends when its tokens do.
            tracing::debug!(code = error.code(), "the backend was not told of the sign-out");
        }
        Ok(())
    }

    /// Takes an intent in. It is on disk when this returns, and is sent until the backend answers.
    ///
    /// # Errors
    /// [`EngineError::NotSignedIn`], `Storage`, `Closed`.
    pub async fn submit(&self, intent: Intent) -> Result<IntentKey, EngineError> {
        self.inbox.ask(|reply| Message::Submit { intent: Box::new(intent), reply, result: None }).await?
    }

    /// Submits an intent and waits for the backend's answer, however long that takes; dropping the wait takes nothing back.
    ///
    /// # Errors
    /// As [`Engine::submit`]; [`EngineError::Refused`] with the backend's code; `NotSignedIn` when the session ends before.
    pub async fn perform(&self, intent: Intent) -> Result<Value, EngineError> {
        let (result, answer) = oneshot::channel();
        let submit = |reply| Message::Submit { intent: Box::new(intent), reply, result: Some(result) };
        self.inbox.ask(submit).await??;
        answer.await.map_err(|_| EngineError::Closed)?
    }

    /// What is filled in of a form so far, if it was kept.
    ///
    /// # Errors
    /// [`EngineError::Storage`], `Closed`.
    pub async fn draft(&self, draft: Draft) -> Result<Option<Value>, EngineError> {
        self.inbox.ask(|reply| Message::Draft { draft, reply }).await?
    }

    /// Keeps what is filled in of a form so far, for this person alone and across restarts; nothing when it is needed no more.
    pub fn keep_draft(&self, draft: Draft, filled_in: Option<Value>) {
        self.inbox.tell(Message::KeepDraft { draft, filled_in });
    }

    /// The network came back, or the app to the foreground: the next attempt to connect is made at once.
    pub fn wake(&self) {
        self.inbox.tell(Message::Wake);
    }

    /// Reads, typed.
    #[must_use]
    pub fn api(&self) -> ApiClient {
        self.api.clone()
    }

    async fn signed_in(&self, tokens: TokensResponse) -> Result<UserSummary, EngineError> {
        self.inbox.ask(|reply| Message::SignedIn { tokens: Box::new(tokens), reply }).await?
    }
}
