//! Who calls with which token. A signature is checked once; that its session lives is asked of the database again when the
//! session or its person was written, and once a second where other processes write too.

use std::time::Duration;

use quick_cache::sync::Cache;
use rapi_core::wire::people::UserType;
use rapi_core::{Id, Timestamp, values};
use sea_orm::DbErr;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::sessions;
use super::tokens::BadToken;
use crate::app::App;
use crate::platform::db::Stamp;

/// So many tokens are remembered.
const KEPT: usize = 100_000;
/// Where others write too, a session that was ended there may be used this long.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// Whoever called lately.
pub struct Callers(Cache<[u8; 32], Kept>);

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

#[derive(Clone)]
struct Kept {
    known: Known,
    /// Seconds since the epoch when the token ends.
    ends: i64,
    stamp: Stamp,
    trusted_until: Timestamp,
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
        Self(Cache::new(KEPT))
    }
}

impl Callers {
    /// Who calls with this token.
    pub(super) async fn identify(&self, app: &App, token: &str) -> Result<Known, NotAdmitted> {
        // The token itself is not kept.
        let key: [u8; 32] = Sha256::digest(token).into();
        let (now, changes) = (app.now(), app.db.changes());
        let kept = self.0.get(&key).filter(|kept| now.micros().div_euclid(1_000_000) < kept.ends);
        if let Some(kept) = &kept
            && changes.is_untouched_here(&kept.stamp)
            && (!app.db.is_shared() || now < kept.trusted_until)
        {
            return Ok(kept.known);
        }
        let (known, ends) = match kept {
            Some(kept) => (kept.known, kept.ends),
            None => {
                let claims = app.keys.check(token, now)?;
                (Known { user: claims.sub, session: claims.sid, role: claims.role }, claims.exp)
            }
        };
        let epoch = changes.epoch();
        if !sessions::is_live(app.db.read(), known.user, known.session).await? {
            self.0.remove(&key);
            return Err(NotAdmitted::SessionEnded);
        }
        let (user, session) = (known.user.uuid(), known.session);
        let stamp = Stamp::new(epoch, &[("refresh_tokens", session), ("refresh_tokens", user), ("users", user)]);
        self.0.insert(key, Kept { known, ends, stamp, trusted_until: now + TRUSTED_FOR });
        Ok(known)
    }
}
