//! Why was she not offered this? For admins.

use std::collections::HashMap;

use rapi_core::wire::OrUnknown;
use rapi_core::wire::admin::{DispatchCandidate, DispatchExplanation};
use rapi_core::wire::orders::Party;
use rapi_core::{Id, Timestamp, values};

use super::entities::broadcast;
use super::offers::expires_at;
use super::{error, store};
use crate::app::App;
use crate::platform::ApiResult;
use crate::platform::db::Looks;
use crate::users;

/// Everybody considered for an order, asked or passed over.
///
/// # Errors
/// 404 unknown.
pub(super) async fn explain(app: &App, connection: &impl Looks, order: Id<values::Order>) -> ApiResult<DispatchExplanation> {
    let row = store::orders::find(connection, order).await?.ok_or_else(error::no_order)?;
    let considered = store::broadcasts::of_order(connection, order).await?;
    let people: Vec<_> = considered.iter().map(|row| Id::new(row.provider_id)).collect();
    let parties = users::service::parties(app, connection, &people).await?;
    Ok(DispatchExplanation {
        broadcast_time: row.broadcast_time.map(Timestamp::from_micros),
        gives_up_at: expires_at(app, &row),
        candidates: considered.into_iter().map(|row| candidate(row, &parties)).collect(),
    })
}

fn candidate(row: broadcast::Model, parties: &HashMap<Id<values::User>, Party>) -> DispatchCandidate {
    let provider_id = Id::new(row.provider_id);
    let reason = |word: String| word.parse().map_or(OrUnknown::Unknown(word), OrUnknown::Known);
    DispatchCandidate {
        provider_id,
        full_name: parties.get(&provider_id).map(|party| party.full_name.clone()).unwrap_or_default(),
        wave: row.wave,
        distance_km: (row.distance_meters / 10.0).round() / 100.0,
        was_offered: row.was_offered,
        passed_over: row.passed_over.map(reason),
        notified_at: Timestamp::from_micros(row.notified_at),
        seen_at: row.seen_at.map(Timestamp::from_micros),
        declined_at: row.declined_at.map(Timestamp::from_micros),
        is_accepted: row.is_accepted,
    }
}
