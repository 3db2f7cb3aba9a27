//! Notes on the work: each side writes its own, both read both.

use dioxus::prelude::*;
use rapi_core::wire::work::WorkSessionResponse;

use super::Side;
use crate::controls::{Button, ButtonKind, Card, Icon, Sheet, Tag, TagTone, TextArea};
use crate::text::{Text, Word, text};

/// As many letters as the backend takes.
const MOST: usize = 2_000;

/// What both sides wrote about the work, for one of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotesView {
    /// By whoever looks at it.
    pub mine: Option<String>,
    /// Do these wait to be sent?
    pub waits: bool,
    /// By the other one.
    pub theirs: Option<String>,
}

impl NotesView {
    /// What `session` holds for `side`, who has written `waiting` since.
    #[must_use]
    pub fn of(session: Option<&WorkSessionResponse>, side: Side, waiting: Option<&str>) -> Self {
        let by_provider = session.and_then(|session| session.provider_notes.as_deref());
        let by_client = session.and_then(|session| session.client_notes.as_deref());
        let (mine, theirs) = match side {
            Side::Provider => (by_provider, by_client),
            Side::Client => (by_client, by_provider),
        };
        let said = |words: Option<&str>| words.map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
        Self { mine: said(waiting.or(mine)), waits: waiting.is_some(), theirs: said(theirs) }
    }

    /// Has nobody written anything?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.mine.is_none() && self.theirs.is_none()
    }
}

/// The notes, with a way to write one's own where that still makes sense; hands up the words.
#[component]
pub fn NotesCard(
    notes: NotesView,
    /// What the other one is called.
    other: String,
    on_write: Option<EventHandler<String>>,
) -> Element {
    let text = text();
    let mut writes = use_signal(|| false);
    if notes.is_empty() && on_write.is_none() {
        return rsx! {};
    }
    let label = if notes.mine.is_some() { Word::NotesChange } else { Word::NotesWrite };
    rsx! {
        Card { heading: text.say(Word::NotesTitle),
            if let Some(theirs) = &notes.theirs {
                Note { by: text.fill(Word::NotesBy, [("name", other.clone())]), words: theirs.clone() }
            }
            if let Some(mine) = &notes.mine {
                Note { by: text.say(Word::NotesByYou), words: mine.clone(), waits: notes.waits }
            }
            if notes.is_empty() {
                p { class: "mute small", {text.fill(Word::NotesNone, [("name", other.clone())])} }
            }
            if on_write.is_some() {
                Button { kind: ButtonKind::Soft, small: true, icon: Icon::Pencil, label: text.say(label), test_id: "notes", on_press: move |()| writes.set(true) }
            }
        }
        if let Some(on_write) = on_write.filter(|_| writes()) {
            NotesSheet {
                mine: notes.mine.clone().unwrap_or_default(),
                other,
                on_save: move |words| {
                    writes.set(false);
                    on_write.call(words);
                },
                on_close: move |()| writes.set(false),
            }
        }
    }
}

#[component]
fn Note(by: String, words: String, #[props(default)] waits: bool) -> Element {
    rsx! {
        div {
            div { class: "between",
                p { class: "small mute", "{by}" }
                if waits {
                    Tag { tone: TagTone::Warn, label: text().say(Word::NotesWait) }
                }
            }
            p { class: "break note-words", "{words}" }
        }
    }
}

/// Asks for one's own notes.
#[component]
fn NotesSheet(mine: String, other: String, on_save: EventHandler<String>, on_close: EventHandler) -> Element {
    let text = text();
    let mut written = use_signal(|| mine.clone());
    let mut fault = use_signal(|| None::<String>);
    let save = move |()| match check(&written.peek(), text) {
        Ok(words) => on_save.call(words),
        Err(said) => fault.set(Some(said)),
    };
    rsx! {
        Sheet { title: text.say(Word::NotesTitle), on_close,
            TextArea {
                name: "notes",
                label: text.say(Word::NotesYours),
                initial_value: mine,
                rows: 5,
                fault: fault(),
                hint: text.fill(Word::NotesReadBy, [("name", other)]),
                on_typed: move |words| written.set(words),
            }
            Button { kind: ButtonKind::Primary, label: text.say(Word::Save), on_press: save }
        }
    }
}

/// The words as they are sent; none take back what was written.
fn check(written: &str, text: Text) -> Result<String, String> {
    let words = written.trim();
    if words.chars().count() > MOST { Err(text.fill(Word::NotesTooLong, [("most", MOST)])) } else { Ok(words.to_owned()) }
}

#[cfg(test)]
mod tests {
    use rapi_core::work::SessionStatus;

    use super::*;
    use crate::drawn::drawn;
    use crate::orders::samples::session;
    use crate::text::Language;

    fn noted() -> WorkSessionResponse {
        let (by_provider, by_client) = (Some("Kran dapur diganti.".to_owned()), Some("Kucing tidur di garasi.".to_owned()));
        WorkSessionResponse { provider_notes: by_provider, client_notes: by_client, ..session(SessionStatus::Started, 60) }
    }

    fn card(notes: NotesView, may_write: bool) -> String {
        drawn(Language::Indonesian, move || {
            let on_write = may_write.then(|| EventHandler::new(|_: String| {}));
            rsx! { NotesCard { notes: notes.clone(), other: "Siti", on_write } }
        })
    }

    #[test]
    fn each_side_reads_its_own_notes_as_its_own() {
        let session = noted();
        let provider = NotesView::of(Some(&session), Side::Provider, None);
        let client = NotesView::of(Some(&session), Side::Client, None);
        assert_eq!((&provider.mine, &provider.theirs), (&client.theirs, &client.mine));
        assert_eq!(provider.mine.as_deref(), Some("Kran dapur diganti."));
    }

    #[test]
    fn what_waits_to_be_sent_is_shown_ahead_and_says_so() {
        let notes = NotesView::of(Some(&noted()), Side::Provider, Some("Kran dan keran taman diganti."));
        assert!(notes.waits);
        let html = card(notes, true);
        assert!(html.contains("Kran dan keran taman diganti.") && html.contains("Belum terkirim"), "{html}");
        assert!(html.contains("Ubah catatan") && html.contains("Dari Siti"), "{html}");
    }

    #[test]
    fn where_nobody_wrote_there_is_a_way_to_or_nothing() {
        let none = NotesView::of(None, Side::Provider, None);
        assert!(none.is_empty() && NotesView::of(None, Side::Client, Some(" ")).is_empty());
        assert!(card(none.clone(), true).contains("Tulis catatan"));
        assert!(!card(none, false).contains("Catatan"));
    }
}
