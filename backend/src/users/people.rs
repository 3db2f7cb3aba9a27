//! What others see of people: names, photos, stars; and the language each reads. Asked for with every order, and seldom changed.

use std::collections::HashMap;

use rapi_core::wire::orders::Party;
use rapi_core::wire::people::Language;
use rapi_core::{Id, values};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::entities::{profile, user};
use super::profiles;
use super::service::{self, ProviderFacts};
use crate::app::App;
use crate::platform::Tx;
use crate::platform::db::{ANY_ROW, Looks, RATINGS, Stamp};
use crate::platform::memo::Memo;

type User = Id<values::User>;

/// So many are kept.
const KEPT: usize = 100_000;

/// People who were asked for lately.
pub struct People {
    persons: Memo<User, Person>,
    providers: Memo<User, ProviderFacts>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Person {
    pub(super) party: Party,
    pub(super) language: Language,
    pub(super) has_phone: bool,
}

impl Default for People {
    fn default() -> Self {
        Self { persons: Memo::of(KEPT), providers: Memo::of(KEPT) }
    }
}

impl People {
    /// These people; unknown ids are absent. `connection` is asked for whom nothing is kept of.
    pub(super) async fn of(&self, app: &App, connection: &impl Looks, ids: &[User]) -> Result<HashMap<User, Person>, DbErr> {
        let now = app.now();
        let mut found: HashMap<User, Person> = ids.iter().filter_map(|id| Some((*id, self.persons.get(&app.db, now, id)?))).collect();
        let missing = |found: &HashMap<User, Person>| ids.iter().filter(|id| !found.contains_key(id)).copied().collect::<Vec<_>>();
        let unknown = missing(&found);
        if unknown.is_empty() {
            return Ok(found);
        }
        let epoch = app.db.changes().epoch();
        let stamp = |id: User| Stamp::new(epoch, &["users", "user_profiles", RATINGS].map(|table| (table, id.uuid())));
        // What a transaction wrote and has not committed must not be kept. On PostgreSQL it is trusted for no more than a second,
        // and a second connection beside the one of the transaction could wait for ever.
        let here = app.db.is_shared() || unknown.iter().all(|id| connection.is_committed(&stamp(*id)));
        let read = if here { read(connection, &unknown).await? } else { read(app.db.read(), &unknown).await? };
        for (id, person) in &read {
            self.persons.put(now, *id, person.clone(), stamp(*id));
        }
        found.extend(read);
        let unborn = missing(&found);
        if !unborn.is_empty() && !app.db.is_shared() {
            found.extend(self::read(connection, &unborn).await?);
        }
        Ok(found)
    }

    /// What a unit of work, which looks at the same few again and again, sees of these providers.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn providers(&self, app: &App, tx: &Tx, ids: &[User]) -> Result<HashMap<User, ProviderFacts>, DbErr> {
        let (now, epoch) = (app.now(), app.db.changes().epoch());
        let stamp =
            |id: User| Stamp::new(epoch, &[("users", id.uuid()), ("user_profiles", id.uuid()), ("provider_verifications", ANY_ROW)]);
        let kept = |id: &User| self.providers.get(&app.db, now, id).filter(|_| tx.sees_committed(&stamp(*id)));
        let mut found: HashMap<User, ProviderFacts> = ids.iter().filter_map(|id| Some((*id, kept(id)?))).collect();
        // In every test: what is kept is what is there.
        #[cfg(debug_assertions)]
        assert_eq!(found, service::provider_facts(tx, &found.keys().copied().collect::<Vec<_>>()).await?);
        let unknown: Vec<User> = ids.iter().filter(|id| !found.contains_key(id)).copied().collect();
        for (id, facts) in service::provider_facts(tx, &unknown).await? {
            let stamp = stamp(id);
            if tx.sees_committed(&stamp) {
                self.providers.put(now, id, facts.clone(), stamp);
            }
            found.insert(id, facts);
        }
        Ok(found)
    }
}

async fn read(connection: &impl ConnectionTrait, ids: &[User]) -> Result<HashMap<User, Person>, DbErr> {
    type Row = (Uuid, String, Option<String>, String, Option<String>, Option<f64>, Option<i64>);
    let profile = user::Entity::belongs_to(profile::Entity).from(user::Column::Id).to(profile::Column::UserId).into();
    let rows: Vec<Row> = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::FullName, user::Column::ProfilePhoto, user::Column::Language, user::Column::Phone])
        .columns([profile::Column::AverageRating, profile::Column::TotalRatings])
        .join(JoinType::LeftJoin, profile)
        .filter(user::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, full_name, profile_photo, language, phone, average, count)| {
            let average_rating = average.zip(count).and_then(|(average, count)| profiles::average(average, count));
            let party = Party { id: Id::new(id), full_name, profile_photo, average_rating };
            let language = language.parse().unwrap_or(Language::Indonesian);
            (Id::new(id), Person { party, language, has_phone: phone.is_some() })
        })
        .collect())
}
