//! One-time codes: sent, tried, used once. What was sent is kept as a keyed fingerprint.
//!
//! A code is asked for by an identifier that may belong to nobody: then a decoy is kept, so that cool-downs and wrong tries
//! look the same whoever is known.

use std::time::Duration;

use rapi_core::Timestamp;
use rapi_core::session::{Matches, OTP_TRIES, OtpRefused, OtpState};
use rapi_core::wire::Secret;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entities::otp;
use crate::app::App;
use crate::platform::{ApiError, ApiResult, Tx};

/// Old rows are only good for the cool-down.
const SWEPT_AFTER: Duration = Duration::from_secs(24 * 3600);

/// What a code is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Proves the address of a new account; the subject is the registration.
    Register,
    /// Sets a new password; the subject is the person.
    Reset,
    /// Proves a phone number; the subject is the person.
    Phone,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Register => "REGISTER",
            Self::Reset => "RESET",
            Self::Phone => "PHONE",
        }
    }
}

/// Whose code: a purpose and a fingerprint of what the person submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    purpose: Purpose,
    identifier: String,
}

impl Slot {
    /// The codes sent to `identifier` for `purpose`.
    pub(super) fn new(app: &App, purpose: Purpose, identifier: &str) -> Self {
        Self { purpose, identifier: app.vault.fingerprint("otp-identifier", identifier) }
    }

    fn fingerprint(&self, app: &App, code: &str) -> String {
        app.vault.fingerprint("otp", &format!("{}:{}:{code}", self.purpose.as_str(), self.identifier))
    }

    fn filter(&self) -> Condition {
        Condition::all().add(otp::Column::Purpose.eq(self.purpose.as_str())).add(otp::Column::Identifier.eq(&self.identifier))
    }
}

/// What a code, once right, is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct About {
    /// The registration or person; `None` makes a decoy.
    pub(super) subject: Option<Uuid>,
    /// The phone number it proves.
    pub(super) phone: Option<String>,
}

/// A code on its way to a person.
pub(super) struct Sent {
    /// The six digits.
    pub(super) code: String,
    /// Good until then.
    pub(super) expires_at: Timestamp,
}

/// Refuses another code within the cool-down.
///
/// # Errors
/// 429 with the time left.
pub(super) async fn require_cool(connection: &impl ConnectionTrait, slot: &Slot, now: Timestamp) -> ApiResult<()> {
    let last = otp::Entity::find().filter(slot.filter()).order_by_desc(otp::Column::SentAt).limit(1).one(connection).await?;
    match last.map(|row| state(&row).may_resend(now)) {
        Some(Err(too_soon)) => Err(ApiError::slow_down("a code was asked for less than a minute ago", too_soon.until.since(now))),
        _ => Ok(()),
    }
}

/// How many codes are good at this moment.
pub(super) async fn live(connection: &impl ConnectionTrait, slot: &Slot, now: Timestamp) -> Result<u64, DbErr> {
    otp::Entity::find().filter(slot.filter()).filter(otp::Column::OtpExpiresAt.gt(now.micros())).count(connection).await
}

/// Makes a code. Earlier ones for the same stay good, except that there is only one at a time to reset a password or prove a phone.
pub(super) async fn issue(app: &App, tx: &Tx, slot: &Slot, about: About) -> Result<Sent, DbErr> {
    let now = app.now();
    otp::Entity::delete_many().filter(otp::Column::OtpExpiresAt.lt((now - SWEPT_AFTER).micros())).exec(tx).await?;
    if slot.purpose != Purpose::Register {
        otp::Entity::delete_many().filter(slot.filter()).exec(tx).await?;
    }
    let (code, sent) = (app.ids.otp(), OtpState::sent(now));
    let row = otp::ActiveModel {
        id: Set(app.ids.uuid()),
        purpose: Set(slot.purpose.as_str().to_owned()),
        identifier: Set(slot.identifier.clone()),
        subject_id: Set(about.subject),
        phone: Set(about.phone),
        otp_code: Set(slot.fingerprint(app, &code)),
        tries: Set(0),
        sent_at: Set(sent.sent_at.micros()),
        otp_expires_at: Set(sent.expires_at.micros()),
    };
    otp::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(Sent { code, expires_at: sent.expires_at })
}

/// Looks whether `code` is right, and counts it when it is not, in a transaction of its own: the count stays whatever follows.
///
/// # Errors
/// 422 `otp_wrong`, `otp_expired`, `otp_too_many_tries`.
pub(super) async fn check(app: &App, slot: &Slot, code: &Secret) -> ApiResult<otp::Model> {
    let tx = app.db.write().await?;
    let rows = otp::Entity::find().filter(slot.filter()).order_by_desc(otp::Column::SentAt).lock_exclusive().all(&tx).await?;
    let wanted = slot.fingerprint(app, code.expose());
    let right = rows.iter().find(|row| row.subject_id.is_some() && row.otp_code == wanted);
    let judged = right.or(rows.first()).ok_or_else(|| refused(OtpRefused::Expired))?;
    let matches = if right.is_some() { Matches::Yes } else { Matches::No };
    match state(judged).verify(matches, app.now()) {
        Ok(()) => Ok(judged.clone()),
        Err(why) => {
            let more = Expr::col(otp::Column::Tries).add(1);
            let few = otp::Column::Tries.lt(i32::try_from(OTP_TRIES).unwrap_or(i32::MAX));
            otp::Entity::update_many().col_expr(otp::Column::Tries, more).filter(slot.filter()).filter(few).exec(&tx).await?;
            tx.commit().await?;
            Err(refused(why))
        }
    }
}

/// Uses a code that was right, and makes all others for the same worthless.
///
/// # Errors
/// 422 `otp_expired` when somebody used it in between.
pub(super) async fn spend(tx: &Tx, slot: &Slot, right: &otp::Model) -> ApiResult<()> {
    let mine = otp::Entity::delete_many().filter(otp::Column::Id.eq(right.id)).exec(tx).await?;
    if mine.rows_affected == 0 {
        return Err(refused(OtpRefused::Expired));
    }
    otp::Entity::delete_many().filter(slot.filter()).exec(tx).await?;
    Ok(())
}

/// What is said when a code does not count.
pub(super) fn refused(why: OtpRefused) -> ApiError {
    ApiError::unprocessable(why.code(), why.to_string())
}

fn state(row: &otp::Model) -> OtpState {
    OtpState {
        tries: u32::try_from(row.tries).unwrap_or(OTP_TRIES),
        expires_at: Timestamp::from_micros(row.otp_expires_at),
        sent_at: Timestamp::from_micros(row.sent_at),
    }
}
