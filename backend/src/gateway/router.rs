//! Puts the modules' routes together behind one door.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::Route;
use axum::{Json, Router};
use tower::layer::util::Identity;
use tower::{Layer, Service, ServiceBuilder};
use tower_governor::GovernorLayer;
use tower_governor::governor::GovernorConfigBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;
use tower_http::request_id::{PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

use super::endpoints::Endpoints;
use super::numbers::RequestNumbers;
use super::{body, caller, health, openapi};
use crate::app::AppState;
use crate::platform::ApiError;
use crate::platform::error::again;
use crate::{location, notifications, orders, payments, timer, users};

/// What a module serves. Private routes need an access token without saying so: forgetting is not possible.
#[derive(Default)]
pub struct Routes {
    /// Without a token.
    pub public: Endpoints,
    /// Without a token, and few at a time from one address.
    pub throttled: Endpoints,
    /// With a token.
    pub private: Endpoints,
}

/// Everything the backend serves over HTTP.
pub fn router(app: &AppState) -> Router {
    let mut all = Routes::default();
    let modules = [users::routes(), orders::routes(), timer::routes(), location::routes(), payments::routes(), notifications::routes()];
    for module in modules {
        all.public = all.public.merge(module.public);
        all.throttled = all.throttled.merge(module.throttled);
        all.private = all.private.merge(module.private);
    }
    all.public = all.public.merge(health::public());
    let mut document = openapi::about();
    let (public, of_public) = all.public.into_parts();
    let (throttled, of_throttled) = all.throttled.into_parts();
    let (private, of_private) = all.private.into_parts();
    document.merge(of_public);
    document.merge(of_throttled);
    openapi::finish(&mut document, of_private);

    let door = from_fn_with_state(app.clone(), admit);
    let private = with_layers(app, private.method_not_allowed_fallback(method_not_allowed), door);
    let retrying = from_fn_with_state(app.clone(), run_again);
    let throttled = throttle(app, throttled.layer(retrying.clone()));
    let open = public.layer(retrying).merge(throttled).merge(health::routes(app)).merge(openapi::routes(document));
    let open = open.fallback(not_found).method_not_allowed_fallback(method_not_allowed);
    with_layers(app, open, Identity::new()).merge(private).with_state(app.clone())
}

fn throttle(app: &AppState, routes: Router<AppState>) -> Router<AppState> {
    let auth = &app.settings.auth;
    let period = Duration::from_nanos(1_000_000_000 / auth.calls_per_second.max(1));
    // Only zeros make the builder refuse, and neither is zero here.
    match GovernorConfigBuilder::default().period(period).burst_size(auth.calls_burst.max(1)).finish() {
        Some(config) => routes.layer(GovernorLayer::new(config).error_handler(|error| {
            let wait = match error {
                tower_governor::GovernorError::TooManyRequests { wait_time, .. } => wait_time.max(1),
                _ => 1,
            };
            ApiError::slow_down("too many calls from this address", Duration::from_secs(wait)).into_response()
        })),
        None => routes,
    }
}

/// What a form may take beside the file in it.
const FORM_BYTES: usize = 64 * 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Puts what is common to all requests around `inner`, and that around the routes.
fn with_layers<L>(app: &AppState, routes: Router<AppState>, inner: L) -> Router<AppState>
where
    L: Layer<Route> + Clone + Send + Sync + 'static,
    L::Service: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
{
    let limits = &app.settings.limits;
    // One layer of many, outermost first: each layer that a router is given of its own is boxed, and copied for every request.
    let layers = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(REQUEST_ID, RequestNumbers::default()))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(from_fn_with_state(app.clone(), observe))
        .layer(CorsLayer::permissive())
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(limits.request_seconds)))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| ApiError::internal("a handler panicked").into_response()))
        .layer(DefaultBodyLimit::max(limits.upload_bytes + FORM_BYTES))
        .layer(inner);
    routes.layer(layers)
}

/// Slower answers are written down.
const SLOW: Duration = Duration::from_secs(1);

/// Sees to it that refusals are problems, then logs and counts each request: method, route (never the ids or the query in it), status, duration, request id.
async fn observe(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let started = app.now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("unmatched", MatchedPath::as_str);
    let named = request.extensions().get::<RequestId>().cloned();
    let id = named.as_ref().and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
    let response = {
        use tracing::Instrument as _;
        let answered = async { health::explain_storage(&app, problem(next.run(request).await)).await };
        answered.instrument(tracing::info_span!("request", %id, %method, %route)).await
    };
    let (status, took) = (response.status().as_u16(), app.now().since(started));
    let micros = took.as_micros();
    // What went well is counted, and so is who came second, which is how things go; what else went wrong, or took long, is worth a line.
    if status >= 400 && response.status() != StatusCode::CONFLICT || took >= SLOW {
        tracing::info!(%id, %method, %route, status, micros, "answered");
    } else {
        tracing::debug!(%id, %method, %route, status, micros, "answered");
    }
    app.requests.answered(&method, route, status, took);
    response
}

/// The door of all private routes: only who may come in is listened to.
async fn admit(State(app): State<AppState>, request: Request, next: Next) -> Response {
    match caller::admitted(&app, request).await {
        Ok(request) => run_again(State(app), request, next).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// Reads a request whole, then runs it; again, at most three times, when its transaction lost a race against another.
async fn run_again(State(app): State<AppState>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let limits = &app.settings.limits;
    let is_form = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    let most = if is_form { limits.upload_bytes + FORM_BYTES } else { limits.json_bytes };
    let (parts, body) = request.into_parts();
    let bytes = match body::read(body, most).await {
        Ok(bytes) => bytes,
        Err(error) => return error.into_response(),
    };
    again(|| next.clone().run(Request::from_parts(parts.clone(), Body::from(bytes.clone())))).await
}

/// Whoever refused it, the caller gets a problem: layers and extractors of the libraries answer in plain text.
fn problem(response: Response) -> Response {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).map(|kind| kind.as_bytes());
    let is_fine = status.as_u16() < 400 || kind.is_some_and(|kind| kind.starts_with(b"application/"));
    if is_fine {
        return response;
    }
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        _ if status.is_server_error() => return ApiError::internal("a layer failed").into_response(),
        _ => "unreadable",
    };
    let reason = status.canonical_reason().unwrap_or("refused");
    ApiError::refused(status, code, reason.to_lowercase()).into_response()
}

async fn not_found() -> ApiError {
    ApiError::not_found("path")
}

async fn method_not_allowed() -> ApiError {
    ApiError::refused(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "this path does not take that method")
}

/// Answers JSON.
pub(super) fn json(value: serde_json::Value) -> Response {
    Json(value).into_response()
}
