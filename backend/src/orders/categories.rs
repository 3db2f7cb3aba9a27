//! The kinds of service: how they begin, and how lists show them.

use std::collections::HashMap;

use rapi_core::wire::categories::CategoryItem;
use rapi_core::{Id, Rupiah};
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::prelude::*;
use uuid::Uuid;

use super::entities::category;
use super::store;
use crate::app::App;
use crate::platform::db::Stamp;
use crate::platform::memo::Memo;

/// So many are kept.
const KEPT: usize = 1_000;

/// What orders are called. Prices are not taken from here: they are read when an order is made.
pub struct Categories(Memo<Uuid, category::Model>);

impl Default for Categories {
    fn default() -> Self {
        Self(Memo::of(KEPT))
    }
}

impl Categories {
    /// A category by id.
    pub(super) async fn of(&self, app: &App, connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<category::Model>, DbErr> {
        if let Some(kept) = self.0.get(&app.db, app.now(), &id) {
            return Ok(Some(kept));
        }
        let epoch = app.db.changes().epoch();
        // The same as with people: what is not committed is not kept.
        let category = Id::new(id);
        let read = if app.db.is_shared() {
            store::categories::find(connection, category).await?
        } else {
            store::categories::find(app.db.read(), category).await?
        };
        match read {
            Some(row) => {
                self.0.put(app.now(), id, row.clone(), Stamp::new(epoch, &[("service_categories", id)]));
                Ok(Some(row))
            }
            None => store::categories::find(connection, category).await,
        }
    }

    /// Those of these ids that exist.
    pub(super) async fn among(
        &self,
        app: &App,
        connection: &impl ConnectionTrait,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> Result<HashMap<Uuid, category::Model>, DbErr> {
        let mut found = HashMap::new();
        for id in ids {
            if !found.contains_key(&id)
                && let Some(category) = self.of(app, connection, id).await?
            {
                found.insert(id, category);
            }
        }
        Ok(found)
    }
}

/// A category as lists show it.
pub(super) fn item(row: category::Model) -> CategoryItem {
    CategoryItem {
        id: Id::new(row.id),
        name: row.name,
        slug: row.slug,
        description: row.description,
        icon: row.icon,
        base_rate_per_5_minutes: Rupiah::new(row.base_rate_per_5_minutes),
        display_order: row.display_order,
    }
}

/// The categories every installation begins with; their ids are the same everywhere. In code because the two databases write a
/// UUID differently.
pub(super) struct FirstCategories;

/// 2026-11-22T00:00:00Z.
const MADE_AT: i64 = 1_795_305_600_000_000;

/// Slug, name, description, Lucide icon, rupiah for five minutes.
const FIRST: [(&str, &str, &str, &str, i64); 10] = [
    ("cleaning", "Bersih rumah", "Menyapu, mengepel, dan membersihkan ruangan", "brush-cleaning", 1_000),
    ("laundry-ironing", "Cuci & setrika", "Mencuci, menjemur, dan menyetrika pakaian di rumah", "shirt", 1_000),
    ("ac-service", "Servis AC", "Mencuci AC, menambah freon, dan memeriksa kerusakan", "air-vent", 3_000),
    ("plumbing", "Ledeng", "Keran bocor, saluran mampet, dan pompa air", "droplets", 2_500),
    ("electrical", "Listrik", "Stopkontak, lampu, dan korsleting", "zap", 2_500),
    ("handyman", "Tukang", "Perbaikan kecil, memasang rak, dan merakit perabot", "hammer", 2_000),
    ("gardening", "Kebun", "Memotong rumput, merapikan tanaman, dan menyiram", "sprout", 1_500),
    ("painting", "Cat", "Mengecat dinding, pagar, dan kusen", "paint-roller", 2_000),
    ("cooking", "Masak", "Memasak di dapur Anda", "cooking-pot", 1_500),
    ("massage", "Pijat", "Pijat relaksasi di rumah", "hand", 2_000),
];

impl MigrationName for FirstCategories {
    fn name(&self) -> &str {
        "m20261122_02_first_categories"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FirstCategories {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["id", "name", "slug", "description", "icon", "base_rate_per_5_minutes", "is_active", "display_order"];
        let mut insert = Query::insert();
        insert.into_table("service_categories").columns(columns.into_iter().chain(["created_at", "updated_at"]));
        for (place, (slug, name, description, icon, rate)) in (1i32..).zip(FIRST) {
            let values: [SimpleExpr; 10] = [
                first_id(place).into(),
                name.into(),
                slug.into(),
                description.into(),
                icon.into(),
                rate.into(),
                true.into(),
                place.into(),
                MADE_AT.into(),
                MADE_AT.into(),
            ];
            insert.values(values).map_err(|error| DbErr::Migration(error.to_string()))?;
        }
        manager.get_connection().execute(&insert).await.map(|_| ())
    }
}

/// A fixed UUID v7: the time of [`MADE_AT`], the place in the list.
fn first_id(place: i32) -> Uuid {
    let (millis, place) = (MADE_AT.unsigned_abs() / 1000, place.to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(millis, &[0, 0, 0, 0, 0, 0, place[0], place[1], place[2], place[3]]).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_first_categories_keep_their_ids_and_cleaning_its_price() {
        assert_eq!(first_id(1).to_string(), "01a2008d-7400-7000-8000-000000000001");
        assert_eq!((FIRST[0].0, FIRST[0].1, FIRST[0].4), ("cleaning", "Bersih rumah", 1_000));
        let slugs: HashSet<_> = FIRST.iter().map(|(slug, ..)| slug).collect();
        assert_eq!(slugs.len(), FIRST.len());
    }
}
