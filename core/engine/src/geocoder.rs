//! Finding places by their addresses.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rapi_core::LatLng;
use serde::Deserialize;

use crate::api::tls_config;
use crate::error::EngineError;

/// How long an answer is awaited.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How many places are asked for.
const MOST: &str = "6";

/// A place that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPlace {
    /// Its address, in one line.
    pub address: String,
    /// Where it is.
    pub place: LatLng,
}

/// Finds places by words.
#[async_trait]
pub trait Geocoder: Send + Sync {
    /// Places in Indonesia that fit `words`, the best first; those near `near` are preferred.
    ///
    /// # Errors
    /// [`EngineError::Network`] when the service cannot be reached, `Unreadable` when its answer makes no sense.
    async fn search(&self, words: &str, near: Option<LatLng>) -> Result<Vec<FoundPlace>, EngineError>;
}

/// A service that speaks as Nominatim does (`/search?format=jsonv2`, Nominatim 4).
#[derive(Debug, Clone)]
pub struct Nominatim {
    client: reqwest::Client,
    base: Arc<str>,
}

/// A place as Nominatim writes it: numbers as text.
#[derive(Deserialize)]
struct Written {
    display_name: String,
    lat: String,
    lon: String,
}

impl Nominatim {
    /// The service at `url`, without a trailing slash.
    ///
    /// # Errors
    /// [`EngineError::Storage`] when the device has no way to make requests.
    pub fn try_new(url: &str) -> Result<Self, EngineError> {
        let tls = tls_config()?;
        // Its owners ask that everybody say who asks.
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured((*tls).clone())
            .user_agent(concat!("Rapi/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            .build()
            .map_err(|error| EngineError::Storage(format!("no HTTP client: {error}")))?;
        Ok(Self { client, base: url.trim_end_matches('/').into() })
    }
}

#[async_trait]
impl Geocoder for Nominatim {
    async fn search(&self, words: &str, near: Option<LatLng>) -> Result<Vec<FoundPlace>, EngineError> {
        let mut query = vec![("q", words.to_owned()), ("format", "jsonv2".into()), ("countrycodes", "id".into()), ("limit", MOST.into())];
        if let Some(near) = near {
            // Half a degree around; a preference, not a limit.
            let (north, east) = (near.latitude(), near.longitude());
            query.push(("viewbox", format!("{},{},{},{}", east - 0.5, north + 0.5, east + 0.5, north - 0.5)));
        }
        let answer = self.client.get(format!("{}/search", self.base)).query(&query).send().await.map_err(|_| EngineError::Network)?;
        let answer = answer.error_for_status().map_err(|error| EngineError::Unreadable(error.without_url().to_string()))?;
        let found: Vec<Written> = answer.json().await.map_err(|error| EngineError::Unreadable(error.without_url().to_string()))?;
        Ok(found.into_iter().filter_map(|written| written.read()).collect())
    }
}

impl Written {
    fn read(self) -> Option<FoundPlace> {
        let place = LatLng::try_new(self.lat.parse().ok()?, self.lon.parse().ok()?).ok()?;
        Some(FoundPlace { address: self.display_name, place })
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// Answers the first request with `body`; what was asked comes back.
    async fn service(body: &'static str) -> (Nominatim, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let asked = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 4096];
            let read = stream.read(&mut request).await.unwrap();
            let head =
                format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all((head + body).as_bytes()).await.unwrap();
            String::from_utf8_lossy(&request[..read]).into_owned()
        });
        (Nominatim::try_new(&url).unwrap(), asked)
    }

    #[tokio::test]
    async fn places_are_found_by_words_and_what_is_no_place_is_left_out() {
        let body = r#"[{"display_name":"Jalan Kemang Raya, Jakarta","lat":"-6.2607","lon":"106.8137"},{"display_name":"Bulan","lat":"x","lon":"1"}]"#;
        let (nominatim, asked) = service(body).await;
        let found = nominatim.search("kemang raya", LatLng::try_new(-6.2, 106.8).ok()).await.unwrap();
        let place = LatLng::try_new(-6.2607, 106.8137).unwrap();
        assert_eq!(found, [FoundPlace { address: "Jalan Kemang Raya, Jakarta".into(), place }]);
        let asked = asked.await.unwrap();
        assert!(asked.starts_with("GET /search?q=kemang+raya&format=jsonv2&countrycodes=id&limit=6&viewbox="), "{asked}");
        assert!(asked.to_lowercase().contains("user-agent: rapi/"), "{asked}");
    }

    #[tokio::test]
    async fn a_service_that_is_not_there_is_a_lost_network() {
        // Nobody listens at the port of the discard protocol.
        let nominatim = Nominatim::try_new("http://127.0.0.1:9").unwrap();
        assert!(matches!(nominatim.search("kemang", None).await, Err(EngineError::Network)));
    }
}
