//! The backend's calls, typed. Reading needs no outbox: what fails is simply asked again.

mod admin;
mod auth;
mod http;
mod memory;
mod own;
mod reads;

use std::sync::Arc;

use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

pub(crate) use auth::Auth;
pub(crate) use http::{Call, Http, tls_config};
use memory::Memory;

use crate::conductor::Inbox;
use crate::error::EngineError;
use crate::host::IdGen;

/// Calls the backend as whoever is signed in; the engine keeps the token fresh. Cheap to clone.
#[derive(Clone)]
pub struct ApiClient {
    http: Http,
    inbox: Inbox,
    ids: Arc<dyn IdGen>,
    memory: Memory,
    recalls: bool,
}

impl ApiClient {
    pub(crate) fn new(http: Http, inbox: Inbox, ids: Arc<dyn IdGen>) -> Self {
        Self { http, inbox, ids, memory: Memory::default(), recalls: false }
    }

    /// The same for screens: what it reads it remembers until its person signs out, and without a network it gives that again.
    #[must_use]
    pub fn recalling(self) -> Self {
        Self { recalls: true, ..self }
    }

    /// Whoever was signed in is not any more.
    pub(crate) fn forget(&self) {
        self.memory.forget();
    }

    /// Any call below `/api/v1`; give an `idempotency_key` to whatever creates something or moves money, and the same
    /// one when asking again.
    ///
    /// # Errors
    /// [`EngineError::Api`] with the backend's problem, `Network`, `NotSignedIn`, `Unreadable`, `Closed`.
    pub async fn request<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        idempotency_key: Option<Uuid>,
    ) -> Result<T, EngineError> {
        let call = Call { key: idempotency_key, ..Call::new(method, path, body.unwrap_or_default()) };
        self.call(call).await
    }

    /// The bytes of a file or document, such as `/media/{id}` or `/orders/{id}/receipt.pdf`.
    ///
    /// # Errors
    /// As [`ApiClient::request`].
    pub async fn bytes(&self, path: &str) -> Result<Vec<u8>, EngineError> {
        let (call, http) = (Call::get(path), &self.http);
        let token = self.token(None).await?;
        match http.bytes(&call, Some(&token)).await {
            Err(error) if is_unauthorized(&error) => http.bytes(&call, Some(&self.token(Some(token)).await?)).await,
            other => other,
        }
    }

    pub(crate) async fn call<T: DeserializeOwned>(&self, call: Call) -> Result<T, EngineError> {
        read(self.value(&call).await?)
    }

    /// Changes something: under a new key, so that a call whose token is renewed on the way still happens once.
    async fn once<T: DeserializeOwned>(&self, method: Method, path: impl Into<String>, request: &impl Serialize) -> Result<T, EngineError> {
        let body = serde_json::to_value(request).map_err(|error| EngineError::Unreadable(error.to_string()))?;
        self.call(Call::new(method, path, body).with_key(self.ids.new_uuid())).await
    }

    /// Performs a call as whoever is signed in; a token that is refused is renewed once.
    pub(crate) async fn value(&self, call: &Call) -> Result<Value, EngineError> {
        self.or_last(call, self.asked(call)).await
    }

    /// What `asking` yields, or what is remembered of it, for those who recall.
    async fn or_last(&self, call: &Call, asking: impl Future<Output = Result<Value, EngineError>>) -> Result<Value, EngineError> {
        if self.recalls { self.memory.or_last(call, asking).await } else { asking.await }
    }

    async fn asked(&self, call: &Call) -> Result<Value, EngineError> {
        let token = self.token(None).await?;
        match self.http.json(call, Some(&token)).await {
            Err(error) if is_unauthorized(&error) => self.http.json(call, Some(&self.token(Some(token)).await?)).await,
            other => other,
        }
    }

    /// An access token that is good for a while; `refused` is one the backend no longer takes.
    pub(crate) async fn token(&self, refused: Option<String>) -> Result<String, EngineError> {
        self.inbox.token(refused).await
    }
}

/// Reads an answer. Calls that answer nothing (204) are read as `()`.
pub(crate) fn read<T: DeserializeOwned>(value: Value) -> Result<T, EngineError> {
    serde_json::from_value(value).map_err(|error| EngineError::Unreadable(error.to_string()))
}

fn is_unauthorized(error: &EngineError) -> bool {
    matches!(error, EngineError::Api(problem) if problem.status == 401)
}
