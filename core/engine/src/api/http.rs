//! One HTTP request and what came of it. Knows nothing of sessions.

use std::sync::Arc;
use std::time::Duration;

use rapi_core::wire::Problem;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::multipart::Form;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::error::EngineError;

/// No answer within this is no answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The same for files.
pub(crate) const UPLOAD_TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// One request below `/api/v1`.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// `null` sends none.
    pub(crate) body: Value,
    pub(crate) key: Option<Uuid>,
}

impl Call {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path, Value::Null)
    }

    pub(crate) fn new(method: Method, path: impl Into<String>, body: Value) -> Self {
        Self { method, path: path.into(), query: Vec::new(), body, key: None }
    }

    pub(crate) fn with_key(self, key: Uuid) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Adds the fields of `query` that are there.
    pub(crate) fn with_query(self, query: &impl Serialize) -> Self {
        let fields = match serde_json::to_value(query) {
            Ok(Value::Object(fields)) => fields,
            _ => serde_json::Map::new(),
        };
        let text = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let query = fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, text(value)));
        Self { query: query.collect(), ..self }
    }
}

/// The way to the backend.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    client: reqwest::Client,
    base: Arc<str>,
}

impl Http {
    /// A client for the backend at `api_url`; TLS trusts the Mozilla roots, by ring.
    pub(crate) fn try_new(api_url: &str, tls: Arc<rustls::ClientConfig>) -> Result<Self, EngineError> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured((*tls).clone())
            // What people read in the list of their devices.
            .user_agent(format!("Rapi/{} ({})", env!("CARGO_PKG_VERSION"), std::env::consts::OS))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .tcp_nodelay(true)
            .build()
            .map_err(|error| EngineError::Storage(format!("no HTTP client: {error}")))?;
        Ok(Self { client, base: format!("{}/api/v1", api_url.trim_end_matches('/')).into() })
    }

    /// Performs `call` and reads its JSON answer; `null` when it has none.
    pub(crate) async fn json(&self, call: &Call, token: Option<&str>) -> Result<Value, EngineError> {
        let (_, body) = self.json_with_status(call, token).await?;
        Ok(body)
    }

    /// The same with the status, where it matters which success it was.
    pub(crate) async fn json_with_status(&self, call: &Call, token: Option<&str>) -> Result<(StatusCode, Value), EngineError> {
        let response = self.send(self.request(call, token)).await?;
        let status = response.status();
        Ok((status, body_of(response).await?))
    }

    /// Performs `call` and reads whatever bytes it answers.
    pub(crate) async fn bytes(&self, call: &Call, token: Option<&str>) -> Result<Vec<u8>, EngineError> {
        let response = self.send(self.request(call, token)).await?;
        response.bytes().await.map(Vec::from).map_err(|_| EngineError::Network)
    }

    /// Sends a form with files.
    pub(crate) async fn form(&self, path: &str, form: Form, token: &str, key: Uuid) -> Result<Value, EngineError> {
        let call = Call::new(Method::POST, path, Value::Null).with_key(key);
        let request = self.request(&call, Some(token)).multipart(form).timeout(UPLOAD_TIMEOUT);
        body_of(self.send(request).await?).await
    }

    fn request(&self, call: &Call, token: Option<&str>) -> RequestBuilder {
        let mut request = self.client.request(call.method.clone(), format!("{}{}", self.base, call.path));
        if !call.query.is_empty() {
            request = request.query(&call.query);
        }
        if !call.body.is_null() {
            request = request.json(&call.body);
        }
        if let Some(key) = call.key {
            request = request.header("Idempotency-Key", key.to_string());
        }
        if let Some(Ok(mut bearer)) = token.map(|token| HeaderValue::from_str(&format!("Bearer {token}"))) {
            bearer.set_sensitive(true);
            request = request.header(AUTHORIZATION, bearer);
        }
        request.header(ACCEPT, "application/json, */*;q=0.5")
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, EngineError> {
        let response = request.send().await.map_err(|_| EngineError::Network)?;
        if response.status().is_success() { Ok(response) } else { Err(problem_of(response).await.into()) }
    }
}

async fn body_of(response: Response) -> Result<Value, EngineError> {
    let bytes = response.bytes().await.map_err(|_| EngineError::Network)?;
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&bytes).map_err(|error| EngineError::Unreadable(error.to_string()))
}

/// The problem of an answer; made up from the status when something between us and the backend answered instead.
async fn problem_of(response: Response) -> Problem {
    let status = response.status();
    let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().ends_with(b"json"));
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|seconds| seconds.to_str().ok()?.parse().ok());
    let told = match response.bytes().await {
        Ok(bytes) if is_json => serde_json::from_slice::<Problem>(&bytes).ok(),
        _ => None,
    };
    let problem = told.unwrap_or_else(|| Problem {
        kind: "about:blank".into(),
        title: status.canonical_reason().unwrap_or("error").into(),
        status: status.as_u16(),
        detail: String::new(),
        code: format!("http_{}", status.as_u16()),
        errors: Vec::new(),
        retry_after: None,
    });
    Problem { retry_after, ..problem }
}

/// The TLS settings of everything the engine opens: Mozilla's roots, ring, TLS 1.2 and 1.3.
pub(crate) fn tls_config() -> Result<Arc<rustls::ClientConfig>, EngineError> {
    let ring = rustls::crypto::ring::default_provider();
    // Somebody else in the process may have chosen already, which is as good.
    let _ = ring.clone().install_default();
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(ring))
        .with_safe_default_protocol_versions()
        .map_err(|error| EngineError::Storage(format!("no TLS: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use rapi_core::orders::Status;
    use rapi_core::wire::orders::OrdersQuery;

    use super::*;

    #[test]
    fn a_query_holds_what_is_there_as_bare_words() {
        let query = OrdersQuery { status: Some(Status::OnTheWay), limit: Some(20), cursor: None };
        let mut pairs = Call::get("/orders").with_query(&query).query;
        pairs.sort();
        assert_eq!(pairs, [("limit".to_owned(), "20".to_owned()), ("status".to_owned(), "ON_THE_WAY".to_owned())]);
    }

    #[test]
    fn requests_go_below_the_base_with_key_and_token() {
        let http = Http::try_new("http://127.0.0.1:9/", tls_config().unwrap()).unwrap();
        let key = Uuid::from_u128(3);
        let call = Call::new(Method::POST, "/orders", serde_json::json!({ "a": 1 })).with_key(key);
        let request = http.request(&call, Some("abc")).build().unwrap();
        assert_eq!(request.url().as_str(), "http://127.0.0.1:9/api/v1/orders");
        assert_eq!(request.headers()["Idempotency-Key"], key.to_string().as_str());
        assert_eq!(request.headers()[AUTHORIZATION], "Bearer abc");
        assert!(!format!("{request:?}").contains("abc"));
    }
}
