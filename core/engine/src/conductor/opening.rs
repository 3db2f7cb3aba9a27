//! From what was remembered to a conductor that goes on from there.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rapi_core::outbox::Outbox;
use rapi_core::session::SessionMachine;
use rapi_core::tracking::{Batcher, TrackingRules};
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinSet;

use super::following::Following;
use super::session::KeptSession;
use super::{Conductor, Inbox, Reach, Waiting};
use crate::api::{ApiClient, Http, tls_config};
use crate::config::EngineConfig;
use crate::error::EngineError;
use crate::host::Host;
use crate::snapshot::{SessionState, Snapshot};
use crate::store::{Slot, Store, StoreError};

/// Opens the files in the data folder; nothing is sent before [`Conductor::run`].
pub(crate) async fn open(config: EngineConfig, host: Host) -> Result<Conductor, EngineError> {
    let tls = tls_config()?;
    let http = Http::try_new(&config.api_url, tls.clone())?;
    let store = Store::open(&config.data_dir).await?;
    let kept = KeptSession::load(&*host.secrets)?;
    keep_owner(&store, &kept).await?;
    let entries = store.entries().await?;
    let whats = entries.iter().map(|kept| (kept.entry.key, kept.what.clone())).collect::<HashMap<_, _>>();
    let last_seq = store.get(Slot::LastSeq).await?.unwrap_or_default();
    let available = store.get(Slot::Available).await?.unwrap_or_default();
    let batches = store.get(Slot::Batcher).await?.unwrap_or_default();
    let (sender, messages) = mpsc::unbounded_channel();
    let inbox = Inbox(sender);
    let snapshot = Snapshot {
        session: kept.user.map_or(SessionState::SignedOut { reason: None }, SessionState::SignedIn),
        orders: store.orders().await?.into_iter().map(|detail| (detail.order.id, detail)).collect(),
        last_seq,
        ..Snapshot::default()
    };
    let mut conductor = Conductor {
        api: ApiClient::new(http.clone(), inbox.clone(), host.ids.clone()),
        session: SessionMachine::restore(kept.session),
        outbox: Outbox::restore(entries.into_iter().map(|kept| kept.entry).collect()),
        batcher: Batcher::restore(TrackingRules::default(), batches),
        following: Following::new(last_seq, available),
        whats,
        unkept: HashSet::new(),
        waiting: Waiting::default(),
        reach: Reach::Nothing,
        publishes: None,
        wake: Arc::new(Notify::new()),
        epoch: 0,
        tasks: JoinSet::new(),
        published: watch::Sender::new(Arc::new(Snapshot::default())),
        snapshot,
        config,
        host,
        http,
        tls,
        store,
        inbox,
        messages,
    };
    conductor.list_pending();
    conductor.publish();
    Ok(conductor)
}

/// What is stored belongs to whoever is signed in, or was last; another person's is forgotten.
async fn keep_owner(store: &Store, kept: &KeptSession) -> Result<(), StoreError> {
    let owner: Option<rapi_core::Id<rapi_core::values::User>> = store.get(Slot::Owner).await?;
    match &kept.user {
        Some(user) if owner != Some(user.id) => {
            store.forget_person().await?;
            store.put(Slot::Owner, &user.id).await
        }
        _ => Ok(()),
    }
}
