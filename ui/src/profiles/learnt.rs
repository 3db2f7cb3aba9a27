//! What a provider has learnt, and where she works: lists that grow by a sheet.

use dioxus::prelude::*;
use rapi_core::wire::people::{Certification, ServiceArea};

use crate::controls::{Button, ButtonKind, FieldKind, Icon, IconButton, ListLine, Sheet, TextField, typed};
use crate::text::{Word, text};

/// What is being added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adding {
    /// Something learnt.
    Certificate,
    /// A place to work in.
    Area,
}

/// The sheet for what is being added. It has a form of its own, so it stands outside the form of the profile.
#[component]
pub fn AddingSheet(adding: Signal<Option<Adding>>, certificates: Signal<Vec<Certification>>, areas: Signal<Vec<ServiceArea>>) -> Element {
    let (mut adding, mut certificates, mut areas) = (adding, certificates, areas);
    let on_close = move |()| adding.set(None);
    match adding() {
        None => rsx! {},
        Some(Adding::Certificate) => rsx! {
            CertificateSheet {
                on_close,
                on_add: move |one| {
                    certificates.write().push(one);
                    adding.set(None);
                },
            }
        },
        Some(Adding::Area) => rsx! {
            AreaSheet {
                on_close,
                on_add: move |one| {
                    areas.write().push(one);
                    adding.set(None);
                },
            }
        },
    }
}

/// What she has learnt.
#[component]
pub fn Certificates(kept: Signal<Vec<Certification>>, on_add: EventHandler) -> Element {
    let text = text();
    let mut kept = kept;
    let detail = |one: &Certification| {
        let parts = [one.issuer.clone(), one.year.map(|year| year.to_string())];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")).filter(|words| !words.is_empty())
    };
    let lines: Vec<_> = kept.read().iter().map(|one| (one.name.clone(), detail(one))).collect();
    rsx! {
        Kept {
            title: text.say(Word::ProfileCertificates),
            add: text.say(Word::ProfileCertificateAdd),
            icon: Icon::BadgeCheck,
            lines,
            on_add,
            on_remove: move |at| { kept.write().remove(at); },
        }
    }
}

/// Where she works.
#[component]
pub fn Areas(kept: Signal<Vec<ServiceArea>>, on_add: EventHandler) -> Element {
    let text = text();
    let mut kept = kept;
    let lines: Vec<_> = kept.read().iter().map(|one| (one.city.clone(), Some(one.province.clone()))).collect();
    rsx! {
        Kept {
            title: text.say(Word::ProfileAreas),
            add: text.say(Word::ProfileAreaAdd),
            icon: Icon::MapPin,
            lines,
            on_add,
            on_remove: move |at| { kept.write().remove(at); },
        }
    }
}

/// A list that grows and shrinks.
#[component]
fn Kept(
    title: String,
    add: String,
    icon: Icon,
    lines: Vec<(String, Option<String>)>,
    on_add: EventHandler,
    on_remove: EventHandler<usize>,
) -> Element {
    let text = text();
    rsx! {
        section { class: "card", aria_label: "{title}",
            div { class: "between",
                h2 { "{title}" }
                Button { kind: ButtonKind::Soft, small: true, icon: Icon::Plus, label: add, on_press: on_add }
            }
            for (at, (name, detail)) in lines.into_iter().enumerate() {
                div { key: "{at}", class: "profile-line",
                    ListLine {
                        icon,
                        title: name.clone(),
                        detail,
                        end: rsx! {
                            IconButton { icon: Icon::Trash2, label: text.fill(Word::ProfileRemove, [("name", name)]), on_press: move |()| on_remove.call(at) }
                        },
                    }
                }
            }
        }
    }
}

/// Something she has learnt.
#[component]
fn CertificateSheet(on_add: EventHandler<Certification>, on_close: EventHandler) -> Element {
    let text = text();
    let mut missing = use_signal(|| false);
    let add = move |event: FormEvent| {
        event.prevent_default();
        let [name, issuer, year] = ["learnt-name", "learnt-issuer", "learnt-year"].map(|field| typed(&event, field).trim().to_owned());
        missing.set(name.is_empty());
        if !name.is_empty() {
            let year = year.parse().ok().filter(|year| (1950..=2100).contains(year));
            on_add.call(Certification { name, issuer: Some(issuer).filter(|issuer| !issuer.is_empty()), year });
        }
    };
    rsx! {
        Sheet { title: text.say(Word::ProfileCertificateAdd), on_close,
            form { class: "column", novalidate: true, onsubmit: add,
                TextField { kind: FieldKind::Text, name: "learnt-name", label: text.say(Word::ProfileCertificateName), fault: missing().then(|| text.say(Word::ProfileMissing)) }
                TextField { kind: FieldKind::Text, name: "learnt-issuer", label: text.say(Word::ProfileCertificateIssuer) }
                TextField { kind: FieldKind::Digits, name: "learnt-year", label: text.say(Word::ProfileCertificateYear) }
                Button { kind: ButtonKind::Submit, label: text.say(Word::PhotoAdd) }
            }
        }
    }
}

/// A place she works in.
#[component]
fn AreaSheet(on_add: EventHandler<ServiceArea>, on_close: EventHandler) -> Element {
    let text = text();
    let mut faults = use_signal(|| (false, false));
    let add = move |event: FormEvent| {
        event.prevent_default();
        let [city, province] = ["area-city", "area-province"].map(|field| typed(&event, field).trim().to_owned());
        faults.set((city.is_empty(), province.is_empty()));
        if !city.is_empty() && !province.is_empty() {
            on_add.call(ServiceArea { city, province });
        }
    };
    let fault = |is_missing: bool| is_missing.then(|| text.say(Word::ProfileMissing));
    rsx! {
        Sheet { title: text.say(Word::ProfileAreaAdd), on_close,
            form { class: "column", novalidate: true, onsubmit: add,
                TextField { kind: FieldKind::Text, name: "area-city", label: text.say(Word::ProfileAreaCity), fault: fault(faults().0) }
                TextField { kind: FieldKind::Text, name: "area-province", label: text.say(Word::ProfileAreaProvince), fault: fault(faults().1) }
                Button { kind: ButtonKind::Submit, label: text.say(Word::PhotoAdd) }
            }
        }
    }
}
