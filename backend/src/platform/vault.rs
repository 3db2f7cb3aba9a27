//! Secrets at rest: encrypted columns and files, and keyed fingerprints.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random 24-byte nonce before the ciphertext; the purpose is bound as
//! associated data, so a ciphertext cannot be moved to another column. Fingerprints are HMAC-like keyed SHA-256.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

use super::ids::random;

/// Encrypts and fingerprints with one key.
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
    key: [u8; 32],
}

/// The ciphertext was made with another key or for another purpose, or was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret cannot be opened")]
pub struct Unopenable;

impl Vault {
    /// A vault with this key.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&key.into()), key }
    }

    /// Encrypts `plain` for `purpose`.
    #[must_use]
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let nonce = random::<24>();
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        // Encryption fails only beyond 256 GiB, far above any column or file.
        let sealed = self.cipher.encrypt(XNonce::from_slice(&nonce), payload).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// Decrypts what [`Vault::seal`] made for `purpose`.
    ///
    /// # Errors
    /// [`Unopenable`].
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, Unopenable> {
        let (nonce, sealed) = sealed.split_at_checked(24).ok_or(Unopenable)?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| Unopenable)
    }

    /// A fingerprint that only this key can make: for OTPs, refresh tokens and look-ups of encrypted columns. Hex.
    #[must_use]
    pub fn fingerprint(&self, purpose: &str, text: &str) -> String {
        let inner = Sha256::new().chain_update(self.key).chain_update(purpose).chain_update([0]).chain_update(text).finalize();
        let outer = Sha256::new().chain_update(self.key).chain_update([1]).chain_update(inner).finalize();
        hex(&outer)
    }
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_for_its_purpose_and_key() {
        let vault = Vault::new([7; 32]);
        let sealed = vault.seal("nik", b"3174014506900001");
        assert_eq!(vault.open("nik", &sealed).unwrap(), b"3174014506900001");
        assert_eq!(vault.open("bank", &sealed), Err(Unopenable));
        assert_eq!(Vault::new([8; 32]).open("nik", &sealed), Err(Unopenable));
        assert_eq!(vault.open("nik", b"short"), Err(Unopenable));
        assert_ne!(vault.seal("nik", b"x"), vault.seal("nik", b"x"));
    }
}
