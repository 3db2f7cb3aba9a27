//! Money over HTTP.

mod admin;
mod bills;
mod wallet;

use crate::gateway::Routes;

/// What it serves.
pub fn routes() -> Routes {
    Routes { private: bills::routes().merge(wallet::routes()).merge(admin::routes()), ..Routes::default() }
}
