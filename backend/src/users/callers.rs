//! Who calls with which token. A signature is checked once; that its session lives is asked of the database again when the
//! session or its person was written, and each time where other processes write too.

use rapi_core::wire::people::UserType;
use rapi_core::{Id, values};
use sea_orm::DbErr;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::sessions;
use super::tokens::BadToken;
use crate::app::App;
use crate::platform::db::Stamp;
use crate::platform::memo::Memo;

/// So many tokens are remembered.
const KEPT: usize = 100_000;

/// Whoever called lately, by the hash of the token: the token itself is not kept.
pub struct Callers(Memo<[u8; 32], Signed>);

/// Somebody with a good token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub user: Id<values::User>,
    /// In which session.
    pub session: Uuid,
    /// As what.
    pub role: UserType,
}

/// What a token says that we signed.
#[derive(Clone, Copy)]
struct Signed {
    known: Known,
    /// Seconds since the epoch when it ends.
    ends: i64,
}

/// Why a token lets nobody in.
#[derive(Debug, thiserror::Error)]
pub enum NotAdmitted {
    /// It is not good.
    #[error(transparent)]
    BadToken(#[from] BadToken),
    /// Its session was ended, or its person suspended.
    #[error("the session was ended")]
    SessionEnded,
    /// It cannot be told just now.
    #[error("the session cannot be looked up")]
    Unknown(#[from] DbErr),
}

impl Default for Callers {
    fn default() -> Self {
        Self(Memo::of(KEPT))
    }
}

impl Callers {
    /// Who calls with this token.
    pub(super) async fn identify(&self, app: &App, token: &str) -> Result<Known, NotAdmitted> {
        let key: [u8; 32] = Sha256::digest(token).into();
        let now = app.now();
        let is_good = |signed: &Signed| now.micros().div_euclid(1_000_000) < signed.ends;
        // A session that another process ended is over here at once, too: there the database is asked each time.
        if let Some(signed) = self.0.get(&app.db, now, &key).filter(is_good)
            && !app.db.is_shared()
        {
            return Ok(signed.known);
        }
        let signed = match self.0.peek(&key).filter(is_good) {
            Some(signed) => signed,
            None => {
                let claims = app.keys.check(token, now)?;
                Signed { known: Known { user: claims.sub, session: claims.sid, role: claims.role }, ends: claims.exp }
            }
        };
        let (epoch, known) = (app.db.changes().epoch(), signed.known);
        // Boxed: whoever is remembered need not carry the room for it around.
        if !Box::pin(sessions::is_live(app.db.read(), known.user, known.session)).await? {
            self.0.remove(&key);
            return Err(NotAdmitted::SessionEnded);
        }
        let (user, session) = (known.user.uuid(), known.session);
        let stamp = Stamp::new(epoch, &[("refresh_tokens", session), ("refresh_tokens", user), ("users", user)]);
        self.0.put(now, key, signed, stamp);
        Ok(known)
    }
}
