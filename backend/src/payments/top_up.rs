//! A client adds money to the wallet, through the gateway.

use async_trait::async_trait;
use rapi_core::ledger::Journal;
use rapi_core::wire::Page;
use rapi_core::wire::payments::{PaymentStatus, TopUpRequest, TopUpResponse};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};
use serde_json::json;

use super::entities::top_ups::{ActiveModel, Column, Entity, Model};
use super::gateway::{self, Charge, Outcome, PaymentGateway as _};
use super::post::{JournalKind, Reference, post};
use super::store::word;
use super::tell;
use crate::app::{App, AppState};
use crate::platform::cursor::Window;
use crate::platform::jobs::{self, Handler, Job};
use crate::platform::{ApiError, ApiResult, Tx};

/// The deadline at which a gateway is asked how a top-up went.
pub(super) const SETTLE: &str = "payments.top_up";

/// Asks the gateway for the money.
///
/// # Errors
/// When the database or the gateway refuses.
pub(super) async fn begin(app: &App, tx: &Tx, client: Id<values::User>, request: &TopUpRequest) -> ApiResult<TopUpResponse> {
    let (id, now, gateway) = (app.ids.uuid(), app.now(), gateway::of(app));
    let charge = Charge { reference: id.to_string(), amount: request.amount, method: request.payment_method };
    let charged = gateway::charge(app, &charge).await?;
    let row = Model {
        id,
        user_id: client.uuid(),
        amount: request.amount.get(),
        currency: "IDR".to_owned(),
        payment_method: request.payment_method.as_str().to_owned(),
        payment_gateway: gateway.name().to_owned(),
        external_payment_id: charged.external_id,
        redirect_url: charged.redirect_url,
        qr_string: charged.qr_string,
        pay_until: Some((now + charged.open_for).micros()),
        status: PaymentStatus::Processing.as_str().to_owned(),
        created_at: now.micros(),
        updated_at: now.micros(),
    };
    tx.insert([row.clone().into_active_model().reset_all()]).await?;
    jobs::set(tx, &app.ids, now, SETTLE, id, now + charged.ask_after, json!({}));
    Ok(answer(row))
}

/// One of the client's own top-ups.
///
/// # Errors
/// 404.
pub(super) async fn find(connection: &impl ConnectionTrait, client: Id<values::User>, id: Id<values::TopUp>) -> ApiResult<TopUpResponse> {
    let mine = Entity::find_by_id(id.uuid()).filter(Column::UserId.eq(client.uuid()));
    mine.one(connection).await?.map(answer).ok_or_else(|| ApiError::not_found("top-up"))
}

/// The client's top-ups, newest first.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn list(connection: &impl ConnectionTrait, client: Id<values::User>, window: Window) -> ApiResult<Page<TopUpResponse>> {
    let mut query = Entity::find().filter(Column::UserId.eq(client.uuid()));
    if let Some(before) = window.before {
        query = query.filter(Column::Id.lt(before));
    }
    let rows = query.order_by_desc(Column::Id).limit(window.limit + 1).all(connection).await?;
    Ok(window.page(rows, |row| row.id, answer))
}

/// Asks the gateway how a top-up went.
pub(super) struct AskGateway(pub(super) AppState);

#[async_trait]
impl Handler for AskGateway {
    async fn run(&self, tx: &Tx, job: &Job) -> Result<(), ApiError> {
        let app = &self.0;
        let Some(top_up) = Entity::find_by_id(job.subject).lock_exclusive().one(tx).await? else { return Ok(()) };
        if top_up.status != PaymentStatus::Processing.as_str() {
            return Ok(());
        }
        let amount = Rupiah::new(top_up.amount);
        match gateway::of(app).outcome(&top_up.external_payment_id, amount).await? {
            Outcome::Paid => {
                let journal = Journal::top_up(Id::new(top_up.user_id), amount).map_err(ApiError::internal)?;
                let key = format!("top_up:{}", top_up.id);
                post(app, tx, &journal, JournalKind::TopUp, &key, Reference::TopUp(top_up.id)).await?;
                finish(app, tx, &top_up, PaymentStatus::Completed, "TOP_UP_SUCCESS").await
            }
            Outcome::Refused => finish(app, tx, &top_up, PaymentStatus::Failed, "TOP_UP_FAILED").await,
        }
    }
}

async fn finish(app: &App, tx: &Tx, top_up: &Model, status: PaymentStatus, notice: &'static str) -> ApiResult<()> {
    let done = ActiveModel { status: Set(status.as_str().to_owned()), updated_at: Set(app.now().micros()), ..Default::default() };
    Entity::update_many().set(done).filter(Column::Id.eq(top_up.id)).exec(tx).await?;
    let owner = Id::new(top_up.user_id);
    tell::reference_changed(app, tx, owner, top_up.id, status).await?;
    tell::of_wallet(app, tx, owner, notice, Rupiah::new(top_up.amount), &[("top_up_id", json!(top_up.id))]).await
}

fn answer(row: Model) -> TopUpResponse {
    TopUpResponse {
        id: Id::new(row.id),
        amount: Rupiah::new(row.amount),
        payment_method: word(row.payment_method),
        status: word(row.status),
        redirect_url: row.redirect_url,
        qr_string: row.qr_string,
        pay_until: row.pay_until.map(Timestamp::from_micros),
        created_at: Timestamp::from_micros(row.created_at),
    }
}
