//! Finding places by their addresses, by the service that was named when the app was started.

use std::rc::Rc;
use std::sync::Arc;

use rapi_engine::Geocoder;
use rapi_ui::map::{FoundPlace, PlaceFinder};

/// The service, if one was named.
#[derive(Clone)]
pub(crate) struct Service(pub Option<Arc<dyn Geocoder>>);

impl Service {
    /// As the screens ask it.
    pub fn finder(&self) -> Option<PlaceFinder> {
        let geocoder = self.0.clone()?;
        Some(PlaceFinder(Rc::new(move |words, near| {
            let geocoder = geocoder.clone();
            Box::pin(async move {
                let found = geocoder.search(&words, near).await.map_err(|error| error.code().to_owned())?;
                Ok(found.into_iter().map(|found| FoundPlace { address: found.address, place: found.place }).collect())
            })
        })))
    }
}
