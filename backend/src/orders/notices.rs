//! Notices about orders: what every template may speak of, and where it leads.

use rapi_core::{Id, values};
use sea_orm::DbErr;
use serde_json::{Map, Value, json};

use super::entities::order;
use crate::app::App;
use crate::notifications::service::{Notice, notify};
use crate::platform::db::Looks;
use crate::platform::{ApiResult, Tx};
use crate::users;

/// What a notice says of an order.
pub(super) struct About {
    order: Id<values::Order>,
    data: Map<String, Value>,
}

/// Reads what a notice may say of an order: `order_id`, `order_number`, `service_name`, the client's first name, the provider's name.
pub(super) async fn about(app: &App, connection: &impl Looks, row: &order::Model) -> Result<About, DbErr> {
    let people: Vec<_> = [Some(row.client()), row.provider()].into_iter().flatten().collect();
    let parties = users::service::parties(app, connection, &people).await?;
    let name = |person: Id<values::User>| parties.get(&person).map(|party| party.full_name.clone()).unwrap_or_default();
    let mut data = Map::new();
    data.insert("order_id".to_owned(), json!(row.id));
    data.insert("order_number".to_owned(), json!(row.order_number));
    data.insert("service_name".to_owned(), json!(service_name(app, connection, row).await?));
    data.insert("client_name".to_owned(), json!(first_name(&name(row.client()))));
    data.insert("provider_name".to_owned(), json!(row.provider().map(name).unwrap_or_default()));
    Ok(About { order: row.order_id(), data })
}

/// What the work is called: its category, or the client's own words.
async fn service_name(app: &App, connection: &impl Looks, row: &order::Model) -> Result<String, DbErr> {
    let Some(category) = row.service_category_id else {
        return Ok(row.custom_category_name.clone().unwrap_or_default());
    };
    let category = app.categories.of(app, connection, category).await?;
    Ok(category.map(|category| category.name).unwrap_or_default())
}

/// What strangers may know of a name.
#[must_use]
pub(super) fn first_name(full_name: &str) -> &str {
    full_name.split_whitespace().next().unwrap_or_default()
}

/// Sends a notice with some `more` (an object) to say.
pub(super) async fn send(app: &App, tx: &Tx, to: Id<values::User>, template: &'static str, about: &About, more: &Value) -> ApiResult<()> {
    let mut data = about.data.clone();
    data.extend(more.as_object().cloned().unwrap_or_default());
    let action_url = Some(format!("rapi://orders/{}", about.order));
    notify(app, tx, to, Notice { template, data: Value::Object(data), action_url }).await
}

/// Sends a notice to the client of an order.
pub(super) async fn to_client(app: &App, tx: &Tx, row: &order::Model, template: &'static str) -> ApiResult<()> {
    let about = about(app, tx, row).await?;
    send(app, tx, row.client(), template, &about, &json!({})).await
}

#[cfg(test)]
mod tests {
    use super::first_name;

    #[test]
    fn strangers_learn_the_first_name_alone() {
        assert_eq!(first_name("Siti Nurhaliza Putri"), "Siti");
        assert_eq!(first_name("  Budi"), "Budi");
        assert_eq!(first_name(""), "");
    }
}
