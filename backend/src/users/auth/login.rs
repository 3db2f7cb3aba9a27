//! Signing in by e-mail or phone.

use rapi_core::wire::auth::{LoginRequest, TokensResponse};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::super::entities::{registration, user};
use super::super::{lockouts, passwords, sessions, store};
use crate::app::App;
use crate::gateway::Peer;
use crate::platform::{ApiError, ApiResult, Tx};

/// Who might be meant by what was submitted.
enum Account {
    Person(Box<user::Model>),
    /// Registered, the address not proved yet.
    Waiting(Box<registration::Model>),
    Nobody,
}

impl Account {
    fn password_hash(&self) -> Option<&str> {
        match self {
            Self::Person(row) => row.password_hash.as_deref(),
            Self::Waiting(row) => row.password_hash.as_deref(),
            Self::Nobody => None,
        }
    }

    fn person(&self) -> Option<Uuid> {
        match self {
            Self::Person(row) => Some(row.id),
            Self::Waiting(_) | Self::Nobody => None,
        }
    }
}

/// Signs in. Unknown identifiers cost the same work and count the same failures.
///
/// # Errors
/// 401 `invalid_credentials`; 423 `account_locked`; with the right password 403 `not_verified` or `account_suspended`.
pub(in crate::users) async fn login(app: &App, request: &LoginRequest, peer: &Peer) -> ApiResult<TokensResponse> {
    let submitted = Submitted::of(request);
    let key = lockouts::key(app, submitted.text());
    lockouts::require_open(app.db.read(), &key, app.now()).await?;
    let account = submitted.find(app.db.read()).await?;
    let is_right = passwords::matches(app, &request.password, account.password_hash()).await?;

    let tx = app.db.write().await?;
    let now = app.now();
    let lockout = lockouts::locked(&tx, &key, now).await?;
    lockouts::require(lockout, now)?;
    if !is_right {
        let after = lockout.on_failure(now);
        lockouts::store(&tx, &key, account.person(), after, now).await?;
        tx.commit().await?;
        lockouts::require(after, now)?;
        return Err(ApiError::unauthorized("invalid_credentials", "no account has this identifier and password"));
    }
    lockouts::store(&tx, &key, account.person(), lockout.on_success(), now).await?;
    let opened = admit(app, &tx, &account, peer).await;
    // A refusal keeps the failures forgotten: the password was right.
    tx.commit().await?;
    opened
}

async fn admit(app: &App, tx: &Tx, account: &Account, peer: &Peer) -> ApiResult<TokensResponse> {
    let Account::Person(known) = account else {
        return Err(ApiError::forbidden("not_verified", "prove the address with the code that was sent"));
    };
    // Looked at again: the password may have been changed while it was compared.
    let person = user::Entity::find_by_id(known.id).lock_exclusive().one(tx).await?;
    let person = person.filter(|person| person.password_hash == known.password_hash);
    let person = person.ok_or_else(|| ApiError::unauthorized("invalid_credentials", "the password was changed just now"))?;
    if !person.is_active {
        return Err(ApiError::forbidden("account_suspended", "this account was suspended"));
    }
    if !person.is_verified {
        return Err(ApiError::forbidden("not_verified", "prove the address with the code that was sent"));
    }
    user::Entity::update_many()
        .col_expr(user::Column::LastLogin, Expr::value(app.now().micros()))
        .filter(user::Column::Id.eq(person.id))
        .exec(tx)
        .await?;
    sessions::open(app, tx, &person, peer).await
}

/// An identifier in its one spelling, as far as it has one.
enum Submitted {
    Email(String),
    Phone(String),
}

impl Submitted {
    fn of(request: &LoginRequest) -> Self {
        let plain = |text: &str| text.trim().to_lowercase();
        match (&request.email, &request.phone) {
            (_, Some(phone)) => Self::Phone(super::phone(phone).map_or_else(|_| plain(phone), |phone| phone.as_str().to_owned())),
            (email, None) => Self::Email(plain(email.as_deref().unwrap_or_default())),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Email(text) | Self::Phone(text) => text,
        }
    }

    async fn find(&self, connection: &impl ConnectionTrait) -> Result<Account, DbErr> {
        let (person, column) = match self {
            Self::Email(email) => (store::by_email(connection, email).await?, registration::Column::Email),
            Self::Phone(phone) => (store::by_phone(connection, phone).await?, registration::Column::Phone),
        };
        if let Some(person) = person {
            return Ok(Account::Person(Box::new(person)));
        }
        let waiting = registration::Entity::find().filter(column.eq(self.text())).order_by_desc(registration::Column::Id).limit(1);
        Ok(waiting.one(connection).await?.map_or(Account::Nobody, |row| Account::Waiting(Box::new(row))))
    }
}
