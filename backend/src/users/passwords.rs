//! Password hashes: Argon2id with 19 MiB, two passes, one lane (OWASP's password storage advice), a few at a time, off the async threads.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use rapi_core::session::check_password;
use rapi_core::wire::Secret;

use crate::app::App;
use crate::platform::ids::random;
use crate::platform::{ApiError, ApiResult};

/// Memory, KiB.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A hash that no password has. Checking against it takes as long as against a real one, so a stranger cannot measure who is known.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cmFwaS1kZWNveS1zYWx0IQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY, PASSES, LANES, None)?))
}

/// Refuses a password that anybody would guess.
///
/// # Errors
/// 422 naming `field`.
pub(super) fn require_strong(field: &str, password: &Secret, email: &str) -> ApiResult<()> {
    check_password(password.expose(), email).map_err(|weak| ApiError::invalid_field(field, weak.code(), weak.to_string()))
}

/// The hash to keep, with a salt of its own.
pub(super) async fn hash(app: &App, password: &Secret) -> ApiResult<String> {
    let password = password.clone();
    off_thread(app, move || {
        let hash = argon2().map_err(ApiError::internal)?.hash_password_with_salt(password.expose().as_bytes(), &random::<16>());
        Ok(hash.map_err(ApiError::internal)?.to_string())
    })
    .await
}

/// Is it the password of that hash? Without a hash the answer is no, after the same work.
pub(super) async fn matches(app: &App, password: &Secret, hash: Option<&str>) -> ApiResult<bool> {
    let (password, is_known) = (password.clone(), hash.is_some());
    let hash = hash.unwrap_or(DECOY).to_owned();
    off_thread(app, move || {
        let hash = PasswordHash::new(&hash).map_err(ApiError::internal)?;
        let is_right = argon2().map_err(ApiError::internal)?.verify_password(password.expose().as_bytes(), &hash).is_ok();
        Ok(is_right && is_known)
    })
    .await
}

async fn off_thread<T: Send + 'static>(app: &App, work: impl FnOnce() -> ApiResult<T> + Send + 'static) -> ApiResult<T> {
    let _slot = app.hash_slots.acquire().await.map_err(ApiError::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(ApiError::internal)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decoy_costs_what_a_real_hash_costs() {
        let real = argon2().unwrap().hash_password_with_salt(b"kopi tubruk", &[7; 16]).unwrap();
        let decoy = PasswordHash::new(DECOY).unwrap();
        assert_eq!((&decoy.algorithm, &decoy.version, &decoy.params), (&real.algorithm, &real.version, &real.params));
        assert_eq!(decoy.hash.unwrap().len(), real.hash.unwrap().len());
        assert!(argon2().unwrap().verify_password(b"kopi tubruk", &real).is_ok());
        assert!(argon2().unwrap().verify_password(b"kopi tubruk", &decoy).is_err());
    }
}
