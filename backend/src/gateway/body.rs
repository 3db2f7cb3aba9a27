//! Reading what comes in, up to a bound, and refusing the rest so that the caller hears of it.

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use futures_util::StreamExt as _;

use crate::platform::ApiError;

/// A caller who is still sending does not listen: so much of a body that is too large is read and thrown away before it is
/// refused, beyond that the connection ends.
const DRAINED_BYTES: usize = 64 * 1024 * 1024;

/// The whole body, when it is at most `most` bytes long.
///
/// # Errors
/// 413 `too_large`; 400 when it breaks off.
pub(super) async fn read(body: Body, most: usize) -> Result<Bytes, ApiError> {
    let (mut stream, mut bytes, mut seen) = (body.into_data_stream(), Vec::new(), 0_usize);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| ApiError::unreadable("the body broke off"))?;
        seen = seen.saturating_add(chunk.len());
        if seen > DRAINED_BYTES {
            break;
        }
        if seen <= most {
            bytes.extend_from_slice(&chunk);
        }
    }
    if seen > most {
        return Err(ApiError::refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", format!("at most {most} bytes")));
    }
    Ok(bytes.into())
}
