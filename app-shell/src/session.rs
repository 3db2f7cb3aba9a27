//! Between the engine and the screens: what is known goes to the frame, what is wanted to the engine.

use std::sync::Arc;

use dioxus::prelude::*;
use rapi_core::wire::people::DeviceType;
use rapi_engine::{Connection, Engine, EngineConfig, Host, SessionState, Snapshot};
use rapi_ui::App;
use rapi_ui::shell::{Door, Frame, Person};
use rapi_ui::sign_in::{Reach, SignInForm, SignInState, WRONG_ROLE};

use crate::home::Home;

/// Opens the engine on `home`; a session that was kept for a person of another app is ended.
pub async fn open(app: App, api_url: &str, home: &Home) -> anyhow::Result<Engine> {
    let host = Host::system(home.folder());
    let config = EngineConfig {
        api_url: api_url.trim_end_matches('/').to_owned(),
        data_dir: home.folder().to_owned(),
        device_id: home.device_id(|| host.ids.new_uuid().to_string())?,
        device_type: DeviceType::Desktop,
        device_name: None,
    };
    let engine = Engine::open(config, host).await?;
    if engine.snapshot().session.user().is_some_and(|user| !app.admits(user)) {
        let engine = engine.clone();
        tokio::spawn(async move { engine.sign_out().await });
    }
    Ok(engine)
}

/// The whole app: follows the engine, and signs in and out as people ask for it.
#[component]
pub fn Session() -> Element {
    let app = use_context::<App>();
    let engine = use_context::<Engine>();
    let home = use_context::<Home>();
    let known = use_snapshots(&engine);
    let mut attempt = use_signal(SignInState::default);
    let at_the_door = engine.clone();
    let sign_in = move |form| {
        let engine = at_the_door.clone();
        attempt.set(SignInState::Busy);
        spawn(async move { attempt.set(try_sign_in(app, &engine, form).await) });
    };
    let sign_out = move |()| {
        let engine = engine.clone();
        // It fails only when the engine is closed, and with it the window.
        spawn(async move { drop(engine.sign_out().await) });
    };
    let language = home.language();
    let keep_language = move |language| {
        if let Err(error) = home.keep_language(language) {
            eprintln!("the language cannot be kept: {error}");
        }
    };
    let door = Door::of(app, person(&known.read()), &attempt.read());
    rsx! {
        Frame { app, door, language, on_sign_in: sign_in, on_sign_out: sign_out, on_language: keep_language }
    }
}

/// The newest snapshot of the engine, always.
fn use_snapshots(engine: &Engine) -> Signal<Arc<Snapshot>> {
    let mut known = use_signal(|| engine.snapshot());
    let snapshots = engine.snapshots();
    use_future(move || {
        let mut snapshots = snapshots.clone();
        async move {
            while snapshots.changed().await.is_ok() {
                let newest = snapshots.borrow_and_update().clone();
                known.set(newest);
            }
        }
    });
    known
}

/// Signs in; a person of another app is out again before anything of hers is shown.
async fn try_sign_in(app: App, engine: &Engine, form: SignInForm) -> SignInState {
    match engine.sign_in(&form.who, form.password.expose()).await {
        Ok(user) if app.admits(&user) => SignInState::Idle,
        Ok(_) => {
            // It fails only when the engine is closed: then nobody is signed in either.
            drop(engine.sign_out().await);
            SignInState::refused(WRONG_ROLE)
        }
        Err(error) => SignInState::refused(error.code()),
    }
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
