//! The broker's door and letter box: tokens are checked as for HTTP, batches of positions go to the location service.

use std::sync::Arc;

use async_trait::async_trait;
use axum::http::StatusCode;
use rapi_core::{Id, values};

use crate::app::AppState;
use crate::platform::ApiError;
use crate::platform::broker::{Admitted, Broker, Gate, Inbox, Listen, NotTaken, Refusal};
use crate::users::callers::NotAdmitted;
use crate::{location, users};

pub use crate::platform::broker::{Broker as RunningBroker, LateBus};

/// Starts the broker inside and lets `bus` publish through it.
///
/// # Errors
/// When an address cannot be bound.
pub async fn start(app: &AppState, bus: &LateBus) -> anyhow::Result<Broker> {
    let listen = Listen { tcp: app.settings.mqtt, ws: app.settings.mqtt_ws };
    let door = Arc::new(MqttDoor { app: Arc::clone(app) });
    Broker::start(listen, bus, Arc::clone(&app.clock), Arc::clone(&door) as _, door).await
}

/// Connects the broker with the backend.
struct MqttDoor {
    app: AppState,
}

#[async_trait]
impl Gate for MqttDoor {
    async fn admit(&self, user: &str, token: &str) -> Result<Admitted, Refusal> {
        match users::service::caller_of(&self.app, token).await {
            Ok(known) if known.user.to_string() == user => Ok(Admitted { user: known.user, session: known.session, role: known.role }),
            Ok(_) | Err(NotAdmitted::BadToken(_) | NotAdmitted::SessionEnded) => Err(Refusal::BadCredentials),
            Err(NotAdmitted::Unknown(error)) => {
                tracing::warn!(%error, "an MQTT connection cannot be checked");
                Err(Refusal::Unavailable)
            }
        }
    }

    async fn is_live(&self, admitted: Admitted) -> bool {
        users::service::session_is_live(self.app.db.read(), admitted.user, admitted.session).await.unwrap_or(true)
    }
}

#[async_trait]
impl Inbox for MqttDoor {
    async fn receive(&self, user: Id<values::User>, device: &str, payload: &[u8]) -> Result<(), NotTaken> {
        match location::service::receive(&self.app, user, device, payload).await {
            Ok(()) => Ok(()),
            // Sent again it would be as unreadable.
            Err(ApiError::Refused { status: StatusCode::UNPROCESSABLE_ENTITY, detail, .. }) => {
                tracing::info!(%user, detail, "a batch of positions cannot be read and is dropped");
                Ok(())
            }
            Err(error) => {
                tracing::warn!(%user, %error, "a batch of positions cannot be stored and will come again");
                Err(NotTaken)
            }
        }
    }
}
