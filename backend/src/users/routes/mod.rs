//! What the module serves: extract, call, answer.

mod admin;
mod auth;
mod devices;
mod me;
mod media;
mod oversight;
mod places;
mod providers;
mod sessions;

use crate::gateway::Routes;

/// What it serves.
#[must_use]
pub fn routes() -> Routes {
    let private = me::routes()
        .merge(sessions::routes())
        .merge(places::routes())
        .merge(devices::routes())
        .merge(providers::routes())
        .merge(media::routes())
        .merge(admin::routes())
        .merge(oversight::routes());
    Routes { throttled: auth::routes(), private, ..Routes::default() }
}
