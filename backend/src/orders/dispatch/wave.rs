//! One wave: planned by the rules, written down, told.

use std::collections::HashMap;

use rapi_core::dispatch::{Candidate, Job, PassedOver, WavePlan, plan_wave, wave_at};
use rapi_core::wire::events::Event;
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::{Id, Timestamp, values};
use sea_orm::ActiveValue::Set;
use sea_orm::DbErr;
use serde_json::json;

use super::candidates::candidates;
use crate::app::App;
use crate::orders::deadlines::{self, Deadline};
use crate::orders::entities::{broadcast, order};
use crate::orders::store::broadcasts::Asked;
use crate::orders::{notices, store};
use crate::platform::events::tell;
use crate::platform::{ApiResult, Tx};

/// Offers an order for the first time, and sets when the search ends.
pub(in crate::orders) async fn begin(app: &App, tx: &Tx, row: &order::Model) -> ApiResult<()> {
    let now = app.now();
    Deadline::GiveUp.set(app, tx, row.order_id(), now + app.settings.dispatch.rules().give_up_after);
    if row.broadcast_time.is_some() {
        return send(app, tx, row, 0, Vec::new()).await;
    }
    store::orders::broadcast_at(tx, row.order_id(), now).await?;
    let row = order::Model { broadcast_time: Some(now.micros()), updated_at: now.micros(), ..row.clone() };
    send(app, tx, &row, 0, Vec::new()).await
}

/// Sends out wave `number` of a pending order and sets the next.
pub(in crate::orders) async fn wave(app: &App, tx: &Tx, row: &order::Model, number: u32) -> ApiResult<()> {
    let before = store::broadcasts::of_order(tx, row.order_id()).await?;
    send(app, tx, row, number, before).await
}

/// `before`: what earlier waves wrote.
async fn send(app: &App, tx: &Tx, row: &order::Model, number: u32, before: Vec<broadcast::Model>) -> ApiResult<()> {
    let (now, rules) = (app.now(), app.settings.dispatch.rules());
    let job = job(app, tx, row, now).await?;
    let asked = before.iter().filter(|row| row.was_offered).map(|row| Id::new(row.provider_id)).collect();
    let candidates = candidates(app, tx, &job, &rules, &asked).await?;
    let plan = plan_wave(&candidates, &job, &wave_at(number, &job, &rules, now), &rules, now);
    let record = Record::new(row, number, now, &candidates, &job, before);
    record.write(app, tx, &plan).await?;
    offer(app, tx, row, &plan).await?;
    if let Some(next) = plan.next_wave_at {
        deadlines::set_wave(app, tx, row.order_id(), number.saturating_add(1), next);
    }
    Ok(())
}

/// The order as dispatch sees it.
async fn job(app: &App, tx: &Tx, row: &order::Model, now: Timestamp) -> Result<Job, DbErr> {
    let category = match row.service_category_id {
        Some(id) => app.categories.of(app, tx, id).await?,
        None => None,
    };
    Ok(Job {
        place: row.place()?,
        category_slug: category.map(|category| category.slug),
        payment_is_cash: row.payment_method()? == PaymentMethod::Cash,
        preferred_provider: row.preferred_provider_id.map(Id::new),
        broadcast_at: row.broadcast_time.map_or(now, Timestamp::from_micros),
        utc_offset_minutes: row.utc_offset_minutes,
    })
}

/// Tells those asked.
async fn offer(app: &App, tx: &Tx, row: &order::Model, plan: &WavePlan) -> ApiResult<()> {
    if plan.offers.is_empty() {
        return Ok(());
    }
    let event = Event::OfferNew { order_id: row.order_id(), offer_expires_at: plan.give_up_at };
    let about = notices::about(app, tx, row).await?;
    for offer in &plan.offers {
        tell(tx, &app.ids, app.now(), offer.provider, &event);
        let more = json!({ "distance_km": (offer.meters / 100.0).round() / 10.0, "offer_expires_at": plan.give_up_at });
        notices::send(app, tx, offer.provider, "NEW_OFFER", &about, &more).await?;
    }
    Ok(())
}

/// Writes a wave down: one row for each candidate, whose reason is the latest one.
struct Record<'a> {
    order: &'a order::Model,
    wave: i32,
    now: Timestamp,
    meters: HashMap<Id<values::User>, f64>,
    before: HashMap<Id<values::User>, broadcast::Model>,
}

impl<'a> Record<'a> {
    fn new(order: &'a order::Model, number: u32, now: Timestamp, near: &[Candidate], job: &Job, before: Vec<broadcast::Model>) -> Self {
        let meters = near.iter().map(|one| (one.provider, one.position.meters_to(job.place))).collect();
        let before = before.into_iter().map(|row| (Id::new(row.provider_id), row)).collect();
        Self { order, wave: i32::try_from(number).unwrap_or(i32::MAX), now, meters, before }
    }

    async fn write(&self, app: &App, tx: &Tx, plan: &WavePlan) -> Result<(), DbErr> {
        let offered = plan.offers.iter().map(|offer| (offer.provider, None));
        let news = |provider, reason: PassedOver| {
            let known = self.before.get(provider).and_then(|row: &broadcast::Model| row.passed_over.as_deref());
            known != Some(reason.as_str())
        };
        let passed_over = plan.passed_over.iter().filter(|(provider, reason)| news(provider, *reason));
        let mut new = Vec::new();
        for (provider, reason) in offered.chain(passed_over.map(|(provider, reason)| (*provider, Some(*reason)))) {
            let row = self.row(provider, reason);
            match self.before.get(&provider) {
                Some(before) => store::broadcasts::update(tx, before, row).await?,
                None => new.push(broadcast::ActiveModel {
                    id: Set(app.ids.uuid()),
                    order_id: Set(self.order.id),
                    provider_id: Set(provider.uuid()),
                    is_accepted: Set(false),
                    ..row
                }),
            }
        }
        store::broadcasts::insert(tx, new).await?;
        // Where others write, too, those asked before may have declined meanwhile.
        if tx.is_alone() {
            let now = plan.offers.iter().map(|offer| offer.provider);
            let asked = Asked::after(self.order.order_id(), self.before.values(), now);
            tx.keep(self.order.id, &asked);
        }
        Ok(())
    }

    fn row(&self, provider: Id<values::User>, reason: Option<PassedOver>) -> broadcast::ActiveModel {
        broadcast::ActiveModel {
            wave: Set(self.wave),
            distance_meters: Set(self.meters.get(&provider).copied().unwrap_or_default()),
            was_offered: Set(reason.is_none()),
            passed_over: Set(reason.map(|reason| reason.as_str().to_owned())),
            notified_at: Set(self.now.micros()),
            ..Default::default()
        }
    }
}
