//! One's own account.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_core::LatLng;
use rapi_core::wire::PageQuery;
use rapi_core::wire::people::{LocationItem, MediaPurpose, PatchLocationRequest, PatchMeRequest};
use rapi_engine::Intent;
use rapi_ui::App;
use rapi_ui::account::{AddressForm, AddressSheet, AddressesScreen, DevicesScreen, EditNameSheet, PhoneSheet, PhoneStep, ProfileScreen};
use rapi_ui::controls::{FilePicker, PickedFile, Tone};
use rapi_ui::map::JAKARTA;
use rapi_ui::text::{Word, text};

use super::back;
use crate::hooks::{use_acting, use_engine, use_fetched, use_now, use_photo, use_toaster, use_user};
use crate::{Receiver, Speaking};

/// What lies over the profile.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    Nothing,
    Name,
    Phone(PhoneStep),
}

/// Who one is, and what can be done about it; `more` stands among the lines.
#[component]
pub fn ProfilePage(more: Option<Element>) -> Element {
    let (app, engine, toaster, text) = (use_context::<App>(), use_engine(), use_toaster(), text());
    let mut me = use_fetched(|api| async move { api.me().await });
    let photo_url = use_memo(move || me.ready().and_then(|me| me.user.profile_photo));
    let photo = use_photo(photo_url.into());
    let known = use_user();
    let user = me.ready().map(|me| me.user).or(known);
    let acting = use_acting();
    let mut over = use_signal(|| Over::Nothing);
    let mut saved = move |said| {
        over.set(Over::Nothing);
        me.again();
        toaster.say(Tone::Good, text.say(said));
    };
    let navigator = navigator();
    let speaking = use_context::<Speaking>();
    let (asks, proves) = (engine.clone(), engine.clone());
    let sends = engine.clone();
    let change_photo = move |file: PickedFile| {
        let (engine, api) = (sends.clone(), sends.api());
        let changed = async move {
            let media = api.upload(MediaPurpose::ProfilePhoto, &file.name, file.bytes).await?;
            engine.perform(Intent::PatchMe(PatchMeRequest { profile_photo: Some(media.url), ..PatchMeRequest::default() })).await
        };
        acting.call(changed, move |_| saved(Word::Saved));
    };
    let Some(user) = user else { return rsx! {} };
    rsx! {
        ProfileScreen {
            app,
            user: user.clone(),
            photo,
            on_name: move |()| over.set(Over::Name),
            on_phone: move |()| over.set(Over::Phone(PhoneStep::Number)),
            on_addresses: (app == App::Client).then(|| EventHandler::new(move |()| { navigator.push("/addresses"); })),
            on_devices: move |()| { navigator.push("/devices"); },
            on_language: move |language| speaking.choose(language, acting),
            on_sign_out: move |()| {
                let engine = engine.clone();
                // It fails only when the engine is closed, and with it the window.
                spawn(async move { drop(engine.sign_out().await) });
            },
            more,
            photo_picker: rsx! {
                FilePicker { label: text.say(Word::PhotoChange), on_picked: change_photo, on_unreadable: move |name: String| toaster.say(Tone::Warn, text.fill(Word::PhotoUnreadable, [("name", name)])) }
            },
        }
        match over() {
            Over::Nothing => rsx! {},
            Over::Name => rsx! {
                EditNameSheet {
                    name: user.full_name,
                    busy: acting.busy(),
                    on_save: move |name| {
                        let request = PatchMeRequest { full_name: Some(name), ..PatchMeRequest::default() };
                        acting.perform(Intent::PatchMe(request), move |_| saved(Word::Saved));
                    },
                    on_close: move |()| over.set(Over::Nothing),
                }
            },
            Over::Phone(step) => rsx! {
                PhoneSheet {
                    step,
                    busy: acting.busy(),
                    fault: acting.fault(),
                    on_number: move |number: String| {
                        let api = asks.api();
                        acting.call(async move { api.ask_phone_code(&number).await }, move |()| over.set(Over::Phone(PhoneStep::Code)));
                    },
                    on_code: move |code: String| {
                        let api = proves.api();
                        acting.call(async move { api.verify_phone(&code).await }, move |_| saved(Word::PhoneSaved));
                    },
                    on_close: move |()| over.set(Over::Nothing),
                }
            },
        }
    }
}

/// Where one is signed in.
#[component]
pub fn DevicesPage() -> Element {
    let (engine, acting) = (use_engine(), use_acting());
    let mut sessions = use_fetched(|api| async move { api.sessions(PageQuery { limit: Some(100), cursor: None }).await });
    let now = use_now(Duration::from_secs(30));
    let end = move |id| {
        let api = engine.api();
        acting.call(async move { api.end_session(id).await }, move |()| sessions.again());
    };
    rsx! {
        DevicesScreen {
            sessions: sessions.ready().map(|page| page.items),
            fault: sessions.fault(),
            busy: acting.busy(),
            now: now(),
            on_end: end,
            on_retry: move |()| sessions.again(),
            on_back: |()| back(),
        }
    }
}

/// The address that is being written; `None` within is a new one.
type Editing = Option<Option<LocationItem>>;

/// The saved addresses.
#[component]
pub fn AddressesPage() -> Element {
    let (engine, acting, toaster, text) = (use_engine(), use_acting(), use_toaster(), text());
    let mut addresses = use_fetched(|api| async move { api.locations().await });
    let mut editing = use_signal(|| Editing::None);
    let here = use_context::<Receiver>().place().or_else(|| LatLng::try_new(JAKARTA.0, JAKARTA.1).ok());
    let mut saved = move || {
        editing.set(None);
        addresses.again();
        toaster.say(Tone::Good, text.say(Word::AddressSaved));
    };
    let deletes = engine.clone();
    let save = move |form: AddressForm| match editing.peek().clone().flatten() {
        None => acting.perform(Intent::SaveLocation(form.into()), move |_| saved()),
        Some(known) => {
            let (api, request) = (engine.api(), changes(form));
            acting.call(async move { api.patch_location(known.id, &request).await }, move |_| saved());
        }
    };
    let delete = use_callback(move |id| {
        let api = deletes.api();
        acting.call(async move { api.delete_location(id).await }, move |()| {
            editing.set(None);
            addresses.again();
        });
    });
    rsx! {
        AddressesScreen {
            addresses: addresses.ready(),
            fault: addresses.fault(),
            on_new: move |()| editing.set(Some(None)),
            on_open: move |address| editing.set(Some(Some(address))),
            on_retry: move |()| addresses.again(),
            on_back: |()| back(),
        }
        if let Some(known) = editing()
            && let Some(place) = known.as_ref().and_then(|known| LatLng::try_new(known.latitude, known.longitude).ok()).or(here)
        {
            AddressSheet {
                known: known.clone(),
                place,
                busy: acting.busy(),
                on_save: save,
                on_delete: known.map(|known| EventHandler::new(move |()| delete.call(known.id))),
                on_close: move |()| editing.set(None),
            }
        }
    }
}

fn changes(form: AddressForm) -> PatchLocationRequest {
    PatchLocationRequest {
        label: form.label,
        latitude: Some(form.place.latitude()),
        longitude: Some(form.place.longitude()),
        address: Some(form.address),
        is_primary: form.is_primary.then_some(true),
        ..PatchLocationRequest::default()
    }
}
