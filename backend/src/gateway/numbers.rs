//! Names for requests that bring none: one that no other process has used, and a number. They need not be hard to guess.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{HeaderValue, Request};
use tower_http::request_id::{MakeRequestId, RequestId};

use crate::platform::ids::random;

/// Counts requests, under a name of this process.
#[derive(Debug, Clone)]
pub(super) struct RequestNumbers {
    process: u64,
    next: Arc<AtomicU64>,
}

impl Default for RequestNumbers {
    fn default() -> Self {
        Self { process: u64::from_le_bytes(random()), next: Arc::default() }
    }
}

impl MakeRequestId for RequestNumbers {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        HeaderValue::try_from(format!("{:016x}-{number:x}", self.process)).ok().map(RequestId::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_requests_have_one_name_whichever_connection_they_came_by() {
        let numbers = RequestNumbers::default();
        let made = [numbers.clone(), numbers].into_iter().flat_map(|mut lane| (0..3).map(move |_| lane.make_request_id(&Request::new(()))));
        let names: std::collections::HashSet<_> = made.map(|id| id.unwrap().header_value().clone()).collect();
        assert_eq!(names.len(), 6);
    }
}
