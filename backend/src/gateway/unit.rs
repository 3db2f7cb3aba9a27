//! One request is one unit of work: its transaction, its idempotency key and its answer belong together.

use std::ops::Deref;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rapi_core::Timestamp;
use serde::Serialize;

use crate::app::App;
use crate::platform::answers::{self, Answer, Once};
use crate::platform::db::Tx;
use crate::platform::fail_points::{self, Point};
use crate::platform::{ApiError, ApiResult};

/// An open unit of work. Services are given it as `&Tx`; the handler ends it with an answer.
pub struct Unit {
    tx: Tx,
    once: Option<Once>,
    begun_at: Timestamp,
}

impl Unit {
    /// Begins, unless this request was answered before: then that answer comes back as [`ApiError::AnsweredBefore`].
    ///
    /// # Errors
    /// 409 `idempotency_key_reused`; the answer given before.
    pub async fn begin(app: &App, once: Option<Once>) -> ApiResult<Self> {
        let (tx, begun_at) = (app.db.write().await?, app.now());
        if let Some(once) = &once
            && let Some(answer) = answers::begin(&tx, once, begun_at).await?
        {
            // Whoever gave that answer may share a commit with us: it is not given again before it is durable.
            tx.commit().await?;
            return Err(ApiError::AnsweredBefore(answer));
        }
        Ok(Self { tx, once, begun_at })
    }

    /// Commits and answers 200.
    ///
    /// # Errors
    /// When the commit fails: then nothing happened.
    pub async fn ok(self, body: &impl Serialize) -> ApiResult<Response> {
        self.answer(StatusCode::OK, serde_json::to_string(body)?).await
    }

    /// Commits and answers 201.
    ///
    /// # Errors
    /// When the commit fails: then nothing happened.
    pub async fn created(self, body: &impl Serialize) -> ApiResult<Response> {
        self.answer(StatusCode::CREATED, serde_json::to_string(body)?).await
    }

    /// Commits and answers 204.
    ///
    /// # Errors
    /// When the commit fails: then nothing happened.
    pub async fn no_content(self) -> ApiResult<Response> {
        self.answer(StatusCode::NO_CONTENT, String::new()).await
    }

    async fn answer(self, status: StatusCode, body: String) -> ApiResult<Response> {
        let answer = Answer { status: status.as_u16(), body };
        if let Some(once) = &self.once {
            answers::keep(&self.tx, once, &answer, self.begun_at).await?;
        }
        self.tx.commit().await?;
        fail_points::pass(Point::Unanswered)?;
        Ok(render(answer))
    }
}

impl Deref for Unit {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.tx
    }
}

/// An answer, given for the first time or again.
pub(crate) fn render(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    if status == StatusCode::NO_CONTENT {
        return status.into_response();
    }
    (status, [(header::CONTENT_TYPE, JSON)], answer.body).into_response()
}

/// Answers 200 with JSON that is written already.
pub fn written(json: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, JSON)], json).into_response()
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
