//! What modules serve, each under its whole path: a router nested in another would take the common part off anew with every request.

use axum::Router;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::app::AppState;

/// Below this is everything that apps call.
pub(super) const API: &str = "/api/v1";

/// Handlers with their descriptions.
#[derive(Default)]
pub struct Endpoints(OpenApiRouter<AppState>);

impl Endpoints {
    /// Adds handlers of one path, which is told from [`API`] on.
    #[must_use]
    pub fn routes(self, (schemas, mut paths, handlers): UtoipaMethodRouter<AppState>) -> Self {
        paths.paths = paths.paths.into_iter().map(|(path, item)| (format!("{API}{path}"), item)).collect();
        Self(self.0.routes((schemas, paths, handlers)))
    }

    /// Both.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self(self.0.merge(other.0))
    }

    /// The router, and what describes it.
    pub(super) fn into_parts(self) -> (Router<AppState>, OpenApi) {
        self.0.split_for_parts()
    }
}
