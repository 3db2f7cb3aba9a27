//! Approving and rejecting papers.

use rapi_core::Id;
use rapi_core::wire::admin::VerificationItem;
use rapi_core::wire::events::Event;
use rapi_core::wire::people::VerificationStatus;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::queue::item_of;
use crate::app::App;
use crate::notifications;
use crate::notifications::service::Notice;
use crate::platform::{ApiError, ApiResult, Tx, events};
use crate::users::audits::{self, Deed};
use crate::users::entities::verification;
use crate::users::store::UserId;

/// What an admin decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::users) enum Decision {
    /// She may take orders.
    Approve,
    /// She has to mend her papers.
    Reject {
        /// What is wrong with them.
        reason: String,
    },
}

impl Decision {
    const fn status(&self) -> VerificationStatus {
        match self {
            Self::Approve => VerificationStatus::Approved,
            Self::Reject { .. } => VerificationStatus::Rejected,
        }
    }

    const fn action(&self) -> &'static str {
        match self {
            Self::Approve => "verification.approve",
            Self::Reject { .. } => "verification.reject",
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Approve => None,
            Self::Reject { reason } => Some(reason),
        }
    }

    fn notice(&self) -> Notice {
        let template = match self {
            Self::Approve => "VERIFICATION_APPROVED",
            Self::Reject { .. } => "VERIFICATION_REJECTED",
        };
        let data = self.reason().map_or_else(|| json!({}), |reason| json!({ "rejection_reason": reason }));
        Notice { template, data, action_url: Some("rapi://verification".to_owned()) }
    }
}

/// Decides, tells the provider, and writes down who did.
///
/// # Errors
/// 404 for unknown papers; 409 `already_decided`.
pub(in crate::users) async fn decide(app: &App, tx: &Tx, admin: UserId, id: Uuid, decision: &Decision) -> ApiResult<VerificationItem> {
    let now = app.now();
    let done = verification::Entity::update_many()
        .col_expr(verification::Column::Status, Expr::value(decision.status().as_str()))
        .col_expr(verification::Column::RejectionReason, Expr::value(decision.reason().map(str::to_owned)))
        .col_expr(verification::Column::VerifiedBy, Expr::value(admin.uuid()))
        .col_expr(verification::Column::VerifiedAt, Expr::value(now.micros()))
        .col_expr(verification::Column::UpdatedAt, Expr::value(now.micros()))
        .filter(verification::Column::Id.eq(id))
        .filter(verification::Column::Status.eq(VerificationStatus::Pending.as_str()))
        .exec(tx)
        .await?;
    let row = verification::Entity::find_by_id(id).one(tx).await?.ok_or_else(|| ApiError::not_found("verification"))?;
    if done.rows_affected == 0 {
        return Err(ApiError::conflict("already_decided", format!("these papers are {}", row.status)));
    }
    let provider = Id::new(row.user_id);
    events::tell(tx, &app.ids, now, provider, &Event::VerificationChanged { status: decision.status().into() });
    notifications::service::notify(app, tx, provider, decision.notice()).await?;
    let details = json!({ "user_id": row.user_id, "rejection_reason": decision.reason() });
    audits::note(app, tx, admin, Deed { action: decision.action(), subject_type: "verification", subject_id: id, details }).await?;
    item_of(tx, &row).await
}
