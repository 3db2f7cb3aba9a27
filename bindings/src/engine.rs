//! The one object that apps hold.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rapi_engine::{Engine, Host};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::{EngineSettings, Person, RapiError, SessionSnapshot};

/// Hears of every change. Called from a thread of the engine; may call the engine back.
#[uniffi::export(with_foreign)]
pub trait SnapshotListener: Send + Sync {
    /// This is known now.
    fn on_snapshot(&self, snapshot: SessionSnapshot);
}

/// A running engine.
#[derive(uniffi::Object)]
pub struct RapiEngine {
    engine: Engine,
    runtime: Handle,
    listening: Mutex<Option<JoinHandle<()>>>,
}

#[uniffi::export(async_runtime = "tokio")]
impl RapiEngine {
    /// Opens what was remembered in the data folder and goes on from there.
    ///
    /// # Errors
    /// [`RapiError::Storage`] when the folder cannot be used, or another engine uses it.
    #[uniffi::constructor]
    pub async fn open(settings: EngineSettings) -> Result<Arc<Self>, RapiError> {
        let host = Host::system(&PathBuf::from(&settings.data_dir));
        let engine = Engine::open(settings.into(), host).await?;
        Ok(Arc::new(Self { engine, runtime: Handle::current(), listening: Mutex::default() }))
    }

    /// Signs in by e-mail address or phone number.
    ///
    /// # Errors
    /// [`RapiError::Refused`] with the backend's code, `Network`, `SecondFactor`, `Storage`, `Unreadable`, `Closed`.
    pub async fn sign_in(&self, email_or_phone: String, password: String) -> Result<Person, RapiError> {
        let user = self.engine.sign_in(&email_or_phone, &password).await?;
        Ok(Person::from(&user))
    }

    /// Forgets the session and everything of this person on the device.
    ///
    /// # Errors
    /// [`RapiError::Closed`].
    pub async fn sign_out(&self) -> Result<(), RapiError> {
        Ok(self.engine.sign_out().await?)
    }

    /// What is known now.
    #[must_use]
    pub fn snapshot(&self) -> SessionSnapshot {
        SessionSnapshot::from(&*self.engine.snapshot())
    }

    /// Tells `listener` what is known, now and whenever it changes, instead of whoever listened before; nobody when absent.
    pub fn set_listener(&self, listener: Option<Arc<dyn SnapshotListener>>) {
        let listening = listener.map(|listener| self.tell(listener));
        if let Some(before) = self.replace(listening) {
            before.abort();
        }
    }

    /// Stops, and returns when everything is on disk and the files are closed. The listener is let go by then.
    pub async fn close(&self) {
        if let Some(before) = self.replace(None) {
            before.abort();
            // It ends by being aborted; a listener that panicked has said so.
            let _ = before.await;
        }
        self.engine.clone().close().await;
    }
}

impl RapiEngine {
    /// Changes that mean nothing to a listener are kept from it.
    fn tell(&self, listener: Arc<dyn SnapshotListener>) -> JoinHandle<()> {
        let mut snapshots = self.engine.snapshots();
        self.runtime.spawn(async move {
            let mut told = None;
            loop {
                let newest = SessionSnapshot::from(&**snapshots.borrow_and_update());
                if told.as_ref() != Some(&newest) {
                    listener.on_snapshot(newest.clone());
                    told = Some(newest);
                }
                if snapshots.changed().await.is_err() {
                    break;
                }
            }
        })
    }

    fn replace(&self, listening: Option<JoinHandle<()>>) -> Option<JoinHandle<()>> {
        let mut kept = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *kept, listening)
    }
}

impl Drop for RapiEngine {
    fn drop(&mut self) {
        self.set_listener(None);
    }
}
