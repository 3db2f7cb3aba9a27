//! A job: shows it ahead of what the backend knows, and makes its moves.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::Receiver;
use rapi_app_shell::hooks::{Acting, Photo, use_acting, use_fetched, use_known, use_now, use_photo};
use rapi_app_shell::pages::back;
use rapi_core::values::Order;
use rapi_core::wire::orders::OrderDetail;
use rapi_core::wire::work::WorkNotesRequest;
use rapi_core::{Id, LatLng};
use rapi_engine::{Intent, Snapshot};
use rapi_ui::controls::{Button, ButtonKind, Empty, Failed, Icon, Shape, Skeleton, TopBar};
use rapi_ui::jobs::{JobScreen, JobView, MadeMove, Move, Moves};
use rapi_ui::orders::timeline;
use rapi_ui::text::{Word, text};

use crate::route::Route;

/// The job `id`.
#[component]
pub fn Job(id: Id<Order>) -> Element {
    let known = use_known();
    let detail = use_memo(move || known.read().orders.get(&id).cloned());
    let has_it = use_memo(move || detail.read().is_some());
    // What is older than what the engine keeps is asked for.
    let mut older = use_fetched(move |api| {
        let kept = has_it();
        async move { if kept { Ok(None) } else { api.order(id).await.map(Some) } }
    });
    match (detail(), older.ready().flatten(), older.fault()) {
        (Some(detail), _, _) | (None, Some(detail), _) => rsx! { Shown { key: "{id}", id, detail } },
        (None, None, Some(code)) if ["not_found", "forbidden", "not_yours"].contains(&code.as_str()) => rsx! { Missing {} },
        (None, None, Some(code)) => rsx! {
            Around { Failed { code, on_retry: move |()| older.again() } }
        },
        (None, None, None) => rsx! {
            Around { Skeleton { lines: 3, shape: Shape::Cards } }
        },
    }
}

/// A job that is known.
#[component]
fn Shown(id: Id<Order>, detail: OrderDetail) -> Element {
    let (text, acting) = (text(), use_acting());
    let receiver = use_context::<Receiver>();
    let now = use_now(Duration::from_secs(1));
    let moves = use_moves(id, &detail);
    let view = JobView::of(&detail, &moves).with_notes(&detail, use_known().read().notes_of(id));
    let face = use_signal(|| detail.order.client.profile_photo.clone());
    let face = use_photo(face.into());
    let here = use_memo({
        let receiver = receiver.clone();
        move || {
            let _ = now.read();
            receiver.place()
        }
    });
    let seen = use_known().read().tracking.get(&id).and_then(|fix| LatLng::try_new(fix.latitude?, fix.longitude?).ok());
    let place = view.place;
    let urls = view.photo_urls.clone();
    let photos = (!urls.is_empty()).then(|| {
        rsx! {
            for (number, url) in urls.into_iter().enumerate() {
                Photo { key: "{url}", url, alt: format!("{} {}", text.say(Word::JobPhotos), number + 1) }
            }
        }
    });
    // How it went is told once the work is over, and anew when the order moves after that.
    let told = (!view.step.is_running()).then_some(detail.order.updated_at);
    let mut moved = use_signal(|| told);
    if *moved.peek() != told {
        moved.set(told);
    }
    let happened = use_fetched(move |api| {
        let is_over = moved().is_some();
        async move { if is_over { api.timeline(id).await } else { Ok(Vec::new()) } }
    });
    let steps = timeline(&happened.ready().unwrap_or_default());
    let on_move = move |kind| {
        if let (Move::Depart, Some(place)) = (kind, place) {
            receiver.set_off(place);
        }
        make(acting, id, kind);
    };
    rsx! {
        JobScreen {
            view,
            now,
            here: here().or(seen),
            face,
            photos,
            steps,
            busy: acting.busy(),
            on_move,
            on_cancel: move |reason| acting.submit(Intent::Cancel { order: id, reason }),
            on_notes: move |words| {
                let request = WorkNotesRequest { provider_notes: Some(words), client_notes: None };
                acting.submit(Intent::WorkNotes { order: id, request });
            },
            on_back: |()| back(),
        }
    }
}

/// Makes a move; the screen goes on at once, the engine sends it when it can. Cash is confirmed by the backend's word alone.
fn make(acting: Acting, id: Id<Order>, kind: Move) {
    acting.submit(match kind {
        Move::Depart => Intent::Depart(id),
        Move::Arrive => Intent::Arrive(id),
        Move::Start => Intent::StartWork(id),
        Move::Pause => Intent::PauseWork(id),
        Move::Resume => Intent::ResumeWork(id),
        Move::Stop => Intent::StopWork(id),
        Move::ConfirmCash => Intent::ConfirmCash(id),
        // Comes with its reason, by itself.
        Move::Cancel => return,
    });
}

/// The moves that `detail` does not show yet.
fn use_moves(id: Id<Order>, detail: &OrderDetail) -> Moves {
    let known = use_known();
    let mut kept = use_signal(Moves::default);
    let known = known.read();
    let refused: Vec<String> = known.refused.iter().map(|refused| refused.key.to_string()).collect();
    let next = kept.peek().next(waiting(&known, id), &refused, detail);
    if *kept.peek() != next {
        kept.set(next.clone());
    }
    next
}

/// The moves of a job that wait to be sent.
pub fn waiting(known: &Snapshot, id: Id<Order>) -> Vec<MadeMove> {
    let moves = known
        .pending_of(id)
        .filter_map(|pending| Some(MadeMove { key: pending.key.to_string(), kind: Move::of(&pending.what)?, at: pending.submitted_at }));
    moves.collect()
}

/// Where the job will be.
#[component]
fn Around(children: Element) -> Element {
    let navigator = navigator();
    rsx! {
        main { class: "screen",
            div { class: "screen-head",
                TopBar { title: text().say(Word::JobTitle), on_back: move |()| { navigator.replace(Route::Home {}); } }
            }
            div { class: "screen-body", {children} }
        }
    }
}

/// There is none.
#[component]
fn Missing() -> Element {
    let (text, navigator) = (text(), navigator());
    rsx! {
        Around {
            Empty { icon: Icon::Briefcase, title: text.say(Word::JobMissing), advice: text.say(Word::JobMissingAdvice),
                Button { kind: ButtonKind::Soft, small: true, label: text.say(Word::JobHome), on_press: move |()| { navigator.replace(Route::Home {}); } }
            }
        }
    }
}
