//! What the conductor is told, and by whom.

use rapi_core::Id;
use rapi_core::tracking::Fix;
use rapi_core::values::Order;
use rapi_core::wire::Secret;
use rapi_core::wire::auth::TokensResponse;
use rapi_core::wire::events::EventsResponse;
use rapi_core::wire::orders::{OfferItem, OrderDetail, OrderItem};
use rapi_core::wire::people::UserSummary;
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::draft::Draft;
use crate::error::EngineError;
use crate::intent::{Intent, IntentKey};
use crate::link::LinkEvent;

type Answer<T> = Result<T, EngineError>;

/// Something for the conductor to take in.
pub(crate) enum Message {
    /// An access token is wanted, other than the refused one.
    Token { refused: Option<String>, reply: oneshot::Sender<Answer<String>> },
    /// The backend has let somebody in.
    SignedIn { tokens: Box<TokensResponse>, reply: oneshot::Sender<Answer<UserSummary>> },
    /// The user leaves. Answers the refresh token to be ended.
    SignOut { reply: oneshot::Sender<Option<Secret>> },
    /// The user wants something.
    Submit { intent: Box<Intent>, reply: oneshot::Sender<Answer<IntentKey>>, result: Option<oneshot::Sender<Answer<Value>>> },
    /// What is filled in of a form so far is wanted.
    Draft { draft: Draft, reply: oneshot::Sender<Answer<Option<Value>>> },
    /// A form was filled in further; nothing when it is not to be kept any longer.
    KeepDraft { draft: Draft, filled_in: Option<Value> },
    /// The network may have come back.
    Wake,
    /// The device knows where it is.
    Fix(Fix),
    /// Something done in the background came to its end; told to whom it was begun for.
    Done { epoch: u64, done: Done },
}

/// What came of something done in the background.
pub(crate) enum Done {
    Refreshed {
        key: Uuid,
        result: Box<Answer<TokensResponse>>,
    },
    Answered {
        key: Uuid,
        result: Answer<Value>,
    },
    Link(LinkEvent),
    Feed(Answer<EventsResponse>),
    Order {
        id: Id<Order>,
        result: Box<Answer<OrderDetail>>,
    },
    Orders(Answer<Vec<OrderItem>>),
    Offers(Answer<Vec<OfferItem>>),
    Available(Answer<bool>),
    Me(Box<Answer<UserSummary>>),
    /// The batch went by request instead of MQTT.
    Fixes {
        sequence: u64,
        result: Answer<()>,
    },
}

/// The way to the conductor. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Inbox(pub(crate) mpsc::UnboundedSender<Message>);

impl Inbox {
    /// Tells it; silently nothing when the engine is closed.
    pub(crate) fn tell(&self, message: Message) {
        let _ = self.0.send(message);
    }

    /// Asks it and waits for the answer.
    pub(crate) async fn ask<T>(&self, message: impl FnOnce(oneshot::Sender<T>) -> Message) -> Answer<T> {
        let (reply, answer) = oneshot::channel();
        self.0.send(message(reply)).map_err(|_| EngineError::Closed)?;
        answer.await.map_err(|_| EngineError::Closed)
    }

    pub(crate) async fn token(&self, refused: Option<String>) -> Answer<String> {
        self.ask(|reply| Message::Token { refused, reply }).await?
    }
}
