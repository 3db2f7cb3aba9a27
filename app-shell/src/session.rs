//! Between the engine and the screens: what is known goes to the frame, what is wanted to the engine.

mod wishes;

use std::sync::Arc;
use std::time::Duration;

use dioxus::history::provide_history_context;
use dioxus::prelude::*;
use rapi_core::wire::people::DeviceType;
use rapi_engine::{Connection, Engine, EngineConfig, Host, SessionState, Snapshot};
use rapi_ui::App;
use rapi_ui::controls::Darkroom;
use rapi_ui::outside::OutsideView;
use rapi_ui::shell::{Door, Frame, Person, Reach, ReachBanner, Waiting, WaitingSheet};

use crate::args::Args;
use crate::finding::Service;
use crate::home::Home;
use crate::hooks::{Album, Known, Toaster, ToasterRoot, use_now, use_photo, use_snapshots};
use crate::key_store::{KeyStore, Secrets, system};
use crate::opening::{Opened, Opening};
use crate::serving::use_serving;
use crate::{Inside, Receiver, Speaking, Start};

/// What this device is.
const DEVICE: DeviceType = if cfg!(target_os = "android") {
    DeviceType::Android
} else if cfg!(target_os = "ios") {
    DeviceType::Ios
} else {
    DeviceType::Desktop
};

/// Opens the engine on `home`; a session that was kept for a person of another app is ended.
pub async fn open(app: App, args: &Args, home: &Home) -> anyhow::Result<(Engine, Receiver)> {
    let mut host = Host::system(home.folder());
    let keys = if args.secrets == Secrets::System { system(app, home.folder()) } else { None };
    let file = host.secrets.clone();
    // A key store is asked, and waited for, on a thread that may wait.
    host.secrets = Arc::new(tokio::task::spawn_blocking(move || KeyStore::open(keys, file)).await?);
    let receiver = Receiver::new(args.position, args.speed, &mut host);
    let config = EngineConfig {
        api_url: args.api.trim_end_matches('/').to_owned(),
        data_dir: home.folder().to_owned(),
        device_id: home.device_id(|| host.ids.new_uuid().to_string())?,
        device_type: DEVICE,
        device_name: None,
    };
    let engine = Engine::open(config, host).await?;
    if engine.snapshot().session.user().is_some_and(|user| !app.admits(user)) {
        let engine = engine.clone();
        tokio::spawn(async move { engine.sign_out().await });
    }
    Ok((engine, receiver))
}

/// All that is in the window, which may be there before the engine is open.
#[component]
pub fn Root() -> Element {
    use_serving();
    let opening = use_context::<Opening>();
    let mut opened = use_signal(|| opening.opened());
    use_future(move || {
        let opening = opening.clone();
        async move {
            if opened.peek().is_none() {
                opened.set(opening.wait().await);
            }
        }
    });
    match opened() {
        Some(opened) => rsx! { Session { opened } },
        None => rsx! { Unopened {} },
    }
}

/// The window while there is nothing to be known yet.
#[component]
fn Unopened() -> Element {
    let (app, speaking) = (use_context::<App>(), use_context::<Speaking>());
    let now = use_now(Duration::from_secs(1));
    rsx! { Frame { app, door: Door::Opening, language: speaking.language(), now, on_wish: |_| {}, on_language: |_| {} } }
}

/// The whole app: follows the engine, and signs in and out as people ask for it.
#[component]
fn Session(opened: Opened) -> Element {
    let app = use_context::<App>();
    let (engine, receiver) = use_hook(|| opened.parts());
    use_hook(|| (provide_context(engine.clone()), provide_context(receiver)));
    let speaking = use_context::<Speaking>();
    let known = use_snapshots(&engine);
    use_context_provider(|| known);
    Toaster::provide();
    Album::provide();
    let service = use_context::<Service>();
    use_hook(|| service.finder().map(provide_context));
    use_context_provider(|| Darkroom(use_photo));
    let outside = use_signal(|| OutsideView::first(app));
    let now = use_now(Duration::from_secs(1));
    let language = speaking.language();
    let told = speaking.clone();
    let on_wish = move |wish| wishes::grant(engine.clone(), told.clone(), outside, now, wish);
    let keep_language = move |language| speaking.keep(language);
    // What changes all the time is looked at by those who show it; here only who stands where matters.
    let door = use_memo(move || Door::of(person(&known.read()), &outside.read()));
    rsx! {
        Frame { app, door: door(), language, now, on_wish, on_language: keep_language,
            Indoors {}
        }
    }
}

/// What whoever is inside sees: the app's own pages, under the banner that says when there is no network.
#[component]
fn Indoors() -> Element {
    let (start, Inside(inside), known) = (use_context::<Start>(), use_context::<Inside>(), use_context::<Known>());
    use_hook(|| provide_history_context(start.history()));
    let speaking = use_context::<Speaking>();
    use_effect(move || speaking.follow(known.peek().session.user().and_then(|user| user.language.known().copied())));
    let banner = use_memo(move || (reach(known.read().connection), known.read().pending.len()));
    let (reach, waiting) = banner();
    let settled = use_settled(reach);
    let mut looks = use_signal(|| false);
    rsx! {
        div { class: "shell",
            ReachBanner { reach: settled, waiting, on_details: move |()| looks.set(true) }
            {inside()}
            if looks() {
                WhatWaits { on_close: move |()| looks.set(false) }
            }
            ToasterRoot {}
        }
    }
}

/// What was done without network, and waits.
#[component]
fn WhatWaits(on_close: EventHandler) -> Element {
    let known = use_context::<Known>();
    let known = known.read();
    let waiting =
        known.pending.iter().map(|pending| Waiting { key: pending.key.to_string(), what: pending.what.clone(), at: pending.submitted_at });
    rsx! { WaitingSheet { waiting: waiting.collect::<Vec<_>>(), on_close } }
}

/// `reach`, but offline only once it has lasted: a moment without network is nobody's business.
fn use_settled(reach: Reach) -> Reach {
    let mut settled = use_signal(|| Reach::Connecting);
    let mut newest = use_signal(|| reach);
    if *newest.peek() != reach {
        newest.set(reach);
    }
    use_resource(move || {
        let reach = newest();
        async move {
            if reach == Reach::Offline {
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
            // On the way back it is still not reached.
            if reach != Reach::Connecting {
                settled.set(reach);
            }
        }
    });
    settled()
}

fn person(known: &Snapshot) -> Person<'_> {
    match &known.session {
        SessionState::Starting => Person::Unknown,
        SessionState::SignedOut { reason } => Person::Nobody(reason.as_deref()),
        SessionState::SignedIn(user) => Person::Here(user, reach(known.connection)),
    }
}

const fn reach(connection: Connection) -> Reach {
    match connection {
        Connection::Offline => Reach::Offline,
        Connection::Connecting => Reach::Connecting,
        Connection::Online => Reach::Online,
    }
}

#[cfg(test)]
mod tests;
