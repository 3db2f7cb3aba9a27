//! Access tokens: JWTs signed with Ed25519 (RFC 8037), good for minutes, checked by the backend's own clock.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rapi_core::wire::people::UserType;
use rapi_core::{Id, Timestamp, values};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;
use uuid::Uuid;

use crate::platform::vault::hex;

const ISSUER: &str = "rapi";
const AUDIENCE: &str = "rapi-api";

/// Signs and checks access tokens.
pub struct TokenKeys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    public: [u8; 32],
    kid: String,
}

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who.
    pub sub: Id<values::User>,
    /// In which session.
    pub sid: Uuid,
    /// As what.
    pub role: UserType,
    /// Always `access`.
    pub typ: String,
    /// Until when, seconds since the epoch.
    pub exp: i64,
    /// Since when, seconds since the epoch.
    pub iat: i64,
    iss: String,
    aud: String,
}

/// The token is not ours, or no longer good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// Not signed by us, or not an access token.
    #[error("the access token is not valid")]
    Invalid,
    /// Its time is over.
    #[error("the access token has expired")]
    Expired,
}

impl TokenKeys {
    /// Keys from a 32-byte seed.
    ///
    /// # Errors
    /// Never for 32 bytes; the encoding of the key is checked all the same.
    pub fn try_new(seed: [u8; 32]) -> anyhow::Result<Self> {
        use ed25519_dalek::pkcs8::EncodePrivateKey as _;
        let signing = ed25519_dalek::SigningKey::from_bytes(&seed);
        let public = signing.verifying_key().to_bytes();
        let encoding = EncodingKey::from_ed_der(signing.to_pkcs8_der()?.as_bytes());
        let decoding = DecodingKey::from_ed_der(&public);
        let kid = hex(&Sha256::digest(public))[..16].to_owned();
        Ok(Self { encoding, decoding, public, kid })
    }

    /// An access token for a session.
    ///
    /// # Errors
    /// When signing fails.
    pub fn issue(
        &self,
        user: Id<values::User>,
        session: Uuid,
        role: UserType,
        now: Timestamp,
        life: Duration,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let iat = now.micros().div_euclid(1_000_000);
        let exp = iat + i64::try_from(life.as_secs()).unwrap_or(i64::MAX / 2);
        let (iss, aud) = (ISSUER.to_owned(), AUDIENCE.to_owned());
        let claims = Claims { sub: user, sid: session, role, typ: "access".to_owned(), exp, iat, iss, aud };
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, &claims, &self.encoding)
    }

    /// What a token says, if it is ours and still good.
    ///
    /// # Errors
    /// [`BadToken`].
    pub fn check(&self, token: &str, now: Timestamp) -> Result<Claims, BadToken> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        // The library reads the system's clock; ours is asked below.
        validation.validate_exp = false;
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation).map_err(|_| BadToken::Invalid)?.claims;
        if claims.typ != "access" {
            return Err(BadToken::Invalid);
        }
        if now.micros().div_euclid(1_000_000) >= claims.exp { Err(BadToken::Expired) } else { Ok(claims) }
    }

    /// The public key as a JWK set (RFC 7517, RFC 8037).
    #[must_use]
    pub fn jwks(&self) -> serde_json::Value {
        use base64::Engine as _;
        let x = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.public);
        serde_json::json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": self.kid, "x": x }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFE: Duration = Duration::from_secs(900);

    #[test]
    fn a_token_is_good_for_its_life_and_only_with_our_key() {
        let keys = TokenKeys::try_new([1; 32]).unwrap();
        let (now, user, session) = (Timestamp::from_micros(1_790_000_000_000_000), Id::new(Uuid::from_u128(1)), Uuid::from_u128(2));
        let token = keys.issue(user, session, UserType::Client, now, LIFE).unwrap();
        assert_eq!(keys.check(&token, now).map(|claims| (claims.sub, claims.sid)), Ok((user, session)));
        assert_eq!(keys.check(&token, now + LIFE), Err(BadToken::Expired));
        assert_eq!(TokenKeys::try_new([2; 32]).unwrap().check(&token, now), Err(BadToken::Invalid));
        for garbage in ["", "a.b.c", &token[..token.len() - 2], "eyJhbGciOiJub25lIn0.e30."] {
            assert_eq!(keys.check(garbage, now), Err(BadToken::Invalid), "{garbage}");
        }
    }
}
