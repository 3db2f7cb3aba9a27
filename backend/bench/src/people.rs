//! People, made below the data model: signing up is not what is measured.

use std::time::Duration;

use anyhow::Result;
use rapi_backend::app::App;
use rapi_core::wire::people::UserType;
use rapi_core::{Id, LatLng, Timestamp};
use serde_json::json;
use uuid::Uuid;

use crate::row;
use crate::rows::{Dice, Rows};

/// Tokens live longer than any run, and than a database that is kept for others.
const SIGNED_IN: Duration = Duration::from_secs(10 * 365 * 24 * 3600);
/// So many rows are kept in memory.
const BATCH: usize = 20_000;

/// Somebody signed in.
#[derive(Clone)]
pub struct Person {
    /// Who.
    pub id: Uuid,
    /// Her wallet.
    pub wallet: Uuid,
    /// The access token.
    pub token: String,
}

/// A provider to be made. [`Default`] is one who may be offered anything.
#[derive(Clone)]
pub struct Provider {
    /// Where.
    pub place: LatLng,
    /// When that was.
    pub seen: Timestamp,
    /// Does she offer cleaning? Else laundry.
    pub cleans: bool,
    /// Is she online?
    pub is_online: bool,
    /// When she works.
    pub hours: Option<serde_json::Value>,
    /// What she has earned.
    pub balance: i64,
}

impl Provider {
    /// Who may be offered anything, at `place`.
    pub const fn at(place: LatLng, seen: Timestamp) -> Self {
        Self { place, seen, cleans: true, is_online: true, hours: None, balance: 0 }
    }
}

/// What is written of people.
pub struct Crowd<'a> {
    app: &'a App,
    now: i64,
    dice: Dice,
    sign: Sign,
    tables: Vec<Rows>,
}

/// Are people to be signed in? A million signatures take their time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Everybody may call.
    In,
    /// Nobody will.
    Nothing,
}

const USERS: usize = 0;
const SESSIONS: usize = 1;
const PROFILES: usize = 2;
const SERVICES: usize = 3;
const PAPERS: usize = 4;
const PLACES: usize = 5;
const WALLETS: usize = 6;

impl<'a> Crowd<'a> {
    /// Nobody yet.
    pub fn new(app: &'a App) -> Self {
        Self::with(app, Sign::In)
    }

    /// Nobody yet.
    pub fn with(app: &'a App, sign: Sign) -> Self {
        let tables = vec![
            Rows::of("users", "id, email, phone, phone_verified_at, full_name, user_type, language, is_verified, created_at, updated_at"),
            Rows::of("refresh_tokens", "id, user_id, family_id, token, expires_at, session_started_at, created_at"),
            Rows::of(
                "user_profiles",
                "id, user_id, service_types, certifications, working_hours, service_areas, is_available, portfolio_urls, average_rating, \
                 total_ratings, rating_sum, created_at, updated_at",
            ),
            Rows::of("provider_services", "user_id, category_slug"),
            Rows::of(
                "provider_verifications",
                "id, user_id, id_card_number, id_card_fingerprint, id_card_photo_url, selfie_with_id_url, certificate_urls, \
                 portfolio_urls, bank_account_name, bank_name, bank_account_number, status, submitted_at, created_at, updated_at",
            ),
            Rows::of("provider_positions", "provider_id, latitude, longitude, recorded_at, is_fix, stored_at"),
            Rows::of("wallets", "id, user_id, account, balance, created_at, updated_at"),
        ];
        Self { app, now: app.now().micros(), dice: Dice::new(1), sign, tables }
    }

    /// A client with a wallet.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn client(&mut self) -> Result<Person> {
        let person = self.person(UserType::Client).await?;
        // Enough for any order.
        self.tables[WALLETS].add(row![person.wallet, person.id, "CLIENT_WALLET", 100_000_000i64, self.now, self.now]);
        Ok(person)
    }

    /// `count` clients.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn clients(&mut self, count: usize) -> Result<Vec<Person>> {
        let mut made = Vec::with_capacity(count);
        for _ in 0..count {
            made.push(self.client().await?);
        }
        Ok(made)
    }

    /// An approved provider.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn provider(&mut self, provider: &Provider) -> Result<Person> {
        let person = self.person(UserType::ServiceProvider).await?;
        let (now, ids) = (self.now, &self.app.ids);
        let slug = if provider.cleans { "cleaning" } else { "laundry-ironing" };
        let none = || json!([]);
        self.tables[PROFILES].add(row![
            ids.uuid(),
            person.id,
            json!([slug]),
            none(),
            provider.hours.clone(),
            none(),
            provider.is_online,
            none(),
            4.5f64,
            20i64,
            90i64,
            now,
            now
        ]);
        self.tables[SERVICES].add(row![person.id, slug]);
        let card = format!("{:032x}", person.id.as_u128());
        self.tables[PAPERS].add(row![
            ids.uuid(),
            person.id,
            "sealed",
            card,
            "photo",
            "selfie",
            none(),
            none(),
            "Wati Lestari",
            "BCA",
            "sealed",
            "APPROVED",
            now,
            now,
            now
        ]);
        self.tables[PLACES].add(row![person.id, provider.place.latitude(), provider.place.longitude(), provider.seen.micros(), false, now]);
        self.tables[WALLETS].add(row![person.wallet, person.id, "PROVIDER_EARNINGS", provider.balance, now, now]);
        Ok(person)
    }

    async fn person(&mut self, role: UserType) -> Result<Person> {
        if self.tables[USERS].len() >= BATCH {
            self.write().await?;
        }
        let (now, ids) = (self.now, &self.app.ids);
        let (id, session) = (ids.uuid(), ids.uuid());
        let tail = id.simple().to_string();
        let (email, phone) = (format!("{tail}@contoh.id"), format!("+62{tail}"));
        let name = ["Siti Ayu", "Wati Lestari", "Budi Santoso", "Dewi Anggraini"][self.dice.below(4)];
        self.tables[USERS].add(row![id, email, phone, now, name, role.as_str(), "id", true, now, now]);
        let mut token = String::new();
        if self.sign == Sign::In {
            let end = now + i64::try_from(SIGNED_IN.as_micros()).unwrap_or(i64::MAX / 2);
            self.tables[SESSIONS].add(row![ids.uuid(), id, session, session.to_string(), end, now, now]);
            token = token_of(self.app, id, session, role)?;
        }
        Ok(Person { id, wallet: ids.uuid(), token })
    }

    /// Writes everybody made so far, in one transaction.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn write(&mut self) -> Result<()> {
        // Positions are kept with the history.
        let places = self.app.history.write().await?;
        self.tables[PLACES].write(&places).await?;
        places.commit().await?;
        let tx = self.app.db.write().await?;
        for table in &mut self.tables {
            table.write(&tx).await?;
        }
        Ok(tx.commit().await?)
    }
}

/// An access token for a session that is in the table.
///
/// # Errors
/// When signing fails.
pub fn token_of(app: &App, user: Uuid, session: Uuid, role: UserType) -> Result<String> {
    Ok(app.keys.issue(Id::new(user), session, role, app.now(), SIGNED_IN)?)
}
