//! Who is calling: checked once for every private route, then handed to the handlers that ask.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use axum::http::header::{AUTHORIZATION, USER_AGENT};
use axum::http::request::Parts;
use rapi_core::orders::Actor;
use rapi_core::wire::people::UserType;
use rapi_core::{Id, values};
use uuid::Uuid;

use crate::app::AppState;
use crate::platform::ApiError;
use crate::users;
use crate::users::callers::NotAdmitted;
use crate::users::tokens::BadToken;

/// A signed-in person; asking for it admits every role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub user: Id<values::User>,
    /// In which session.
    pub session: Uuid,
    /// As what.
    pub role: UserType,
}

impl Caller {
    /// The caller as the order's rules see her.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        match self.role {
            UserType::Client => Actor::Client(self.user),
            UserType::ServiceProvider => Actor::Provider(self.user),
            UserType::Admin => Actor::Admin(self.user),
        }
    }
}

/// A caller who is a client.
#[derive(Debug, Clone, Copy)]
pub struct Client(pub Caller);

/// A caller who is a provider.
#[derive(Debug, Clone, Copy)]
pub struct Provider(pub Caller);

/// A caller who is an admin.
#[derive(Debug, Clone, Copy)]
pub struct Admin(pub Caller);

/// Where a request came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Peer {
    /// Its address.
    pub ip_address: Option<String>,
    /// What it calls itself.
    pub user_agent: Option<String>,
}

/// The request of somebody who is signed in, with who she is. Asked of all private routes at once, so a route cannot forget it.
///
/// # Errors
/// 401 `not_signed_in`, `invalid_token`, `token_expired`, `session_revoked`.
pub(super) async fn admitted(app: &AppState, mut request: Request) -> Result<Request, ApiError> {
    let caller = identify(app, request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok())).await?;
    request.extensions_mut().insert(caller);
    Ok(request)
}

async fn identify(app: &AppState, header: Option<&str>) -> Result<Caller, ApiError> {
    let token = header.and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")));
    let token = token.ok_or_else(|| ApiError::unauthorized("not_signed_in", "send Authorization: Bearer <access token>"))?;
    let known = users::service::caller_of(app, token.trim()).await.map_err(|refusal| match refusal {
        NotAdmitted::BadToken(error @ BadToken::Expired) => ApiError::unauthorized("token_expired", error.to_string()),
        NotAdmitted::BadToken(error @ BadToken::Invalid) => ApiError::unauthorized("invalid_token", error.to_string()),
        NotAdmitted::SessionEnded => ApiError::unauthorized("session_revoked", "this session was ended"),
        NotAdmitted::Unknown(error) => error.into(),
    })?;
    Ok(Caller { user: known.user, session: known.session, role: known.role })
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get().copied().ok_or_else(|| ApiError::unauthorized("not_signed_in", "this needs an access token"))
    }
}

macro_rules! role {
    ($name:ident, $role:ident) => {
        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
                let caller = Caller::from_request_parts(parts, state).await?;
                if caller.role == UserType::$role {
                    Ok(Self(caller))
                } else {
                    Err(ApiError::forbidden("wrong_role", concat!("only for ", stringify!($role))))
                }
            }
        }
    };
}

role!(Client, Client);
role!(Provider, ServiceProvider);
role!(Admin, Admin);

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
        let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self { ip_address: address, user_agent: agent.map(|agent| agent.chars().take(255).collect()) })
    }
}
