//! What the broker asks of the house around it: who may come in, and what becomes of positions.

use async_trait::async_trait;
use rapi_core::wire::people::UserType;
use rapi_core::{Id, values};
use uuid::Uuid;

/// Somebody who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admitted {
    /// Who.
    pub user: Id<values::User>,
    /// In which session.
    pub session: Uuid,
    /// As what.
    pub role: UserType,
}

/// Why somebody may not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not with these credentials.
    #[error("the user name or the token is not good")]
    BadCredentials,
    /// It could not be found out just now; worth trying again.
    #[error("it cannot be told who this is")]
    Unavailable,
}

/// Knows who may come in.
#[async_trait]
pub trait Gate: Send + Sync {
    /// Whom `user` (a user name) and `token` (a password) let in, now.
    ///
    /// # Errors
    /// [`Refusal`].
    async fn admit(&self, user: &str, token: &str) -> Result<Admitted, Refusal>;

    /// Is this session still good? `true` when it cannot be told just now: a database that stumbles must not throw
    /// everybody out.
    async fn is_live(&self, admitted: Admitted) -> bool;
}

/// The batch is not stored: it must not be acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the batch could not be stored")]
pub struct NotTaken;

/// Takes what phones publish.
#[async_trait]
pub trait Inbox: Send + Sync {
    /// Takes a batch that `user` published from `device`. The broker acknowledges when this returns `Ok`: the batch is then
    /// durable, or will never be readable.
    ///
    /// # Errors
    /// [`NotTaken`]: the batch is not acknowledged and the connection ends, so that the phone sends it again.
    async fn receive(&self, user: Id<values::User>, device: &str, payload: &[u8]) -> Result<(), NotTaken>;
}
