//! Changing what clients see of a provider.

use dioxus::prelude::*;
use rapi_core::values::Rupiah;
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::people::{Certification, PatchProviderProfileRequest, ProviderProfileResponse, ServiceArea};

use super::hours::HoursFault;
use super::hours_editor::field_names;
use super::learnt::{Adding, AddingSheet, Areas, Certificates};
use super::{HoursDraft, HoursEditor};
use crate::controls::{Button, ButtonKind, Choice, FieldKind, ManyChips, Notice, TextArea, TextField, Tone, typed};
use crate::formats::read_rupiah;
use crate::orders::{category_icon, category_name};
use crate::text::{Word, text};

/// The largest hourly rate that can be named.
const DEAREST: i64 = 10_000_000;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Faults {
    rate: Option<Word>,
    hours: Option<HoursFault>,
    services: Option<Word>,
}

/// The form: hands up everything that can be changed but the pictures, which the app itself keeps.
#[component]
pub fn ProfileEditor(
    profile: ProviderProfileResponse,
    categories: Vec<CategoryItem>,
    /// The field of pictures.
    portfolio: Element,
    #[props(default)] busy: bool,
    on_save: EventHandler<PatchProviderProfileRequest>,
) -> Element {
    let text = text();
    let services = use_signal(|| profile.service_types.clone());
    let certificates = use_signal(|| certifications(&profile));
    let areas = use_signal(|| service_areas(&profile));
    let hours = use_signal(|| HoursDraft::of(profile.working_hours.as_ref()));
    let mut faults = use_signal(Faults::default);
    let mut adding = use_signal(|| None::<Adding>);
    let save = move |event: FormEvent| {
        event.prevent_default();
        let rate = rate(&typed(&event, "rate"));
        let checked = hours.peek().check(|span| {
            let (from, to) = field_names(span);
            (typed(&event, &from), typed(&event, &to))
        });
        let found = Faults {
            rate: rate.err(),
            hours: checked.as_ref().err().copied(),
            services: services.peek().is_empty().then_some(Word::ProfileServicesMissing),
        };
        faults.set(found);
        if let (Ok(rate), Ok(hours), None, false) = (rate, checked, found.services, busy) {
            on_save.call(PatchProviderProfileRequest {
                bio: Some(typed(&event, "bio").trim().to_owned()),
                service_types: Some(services.peek().clone()),
                hourly_rate: Some(rate),
                certifications: Some(certificates.peek().clone()),
                working_hours: Some(hours),
                service_areas: Some(areas.peek().clone()),
                portfolio_urls: None,
            });
        }
    };
    rsx! {
        form { class: "profile-form", novalidate: true, aria_label: text.say(Word::ProviderProfileTitle), onsubmit: save,
            About { bio: profile.bio.clone(), rate: profile.hourly_rate, fault: faults().rate }
            Services { categories, services, fault: faults().services }
            section { class: "card",
                h2 { {text.say(Word::ProfileHours)} }
                p { class: "small mute", {text.say(Word::ProfileHoursHint)} }
                HoursEditor { draft: hours, fault: faults().hours }
            }
            section { class: "card", {portfolio} }
            Certificates { kept: certificates, on_add: move |()| adding.set(Some(Adding::Certificate)) }
            Areas { kept: areas, on_add: move |()| adding.set(Some(Adding::Area)) }
            if faults() != Faults::default() {
                Notice { tone: Tone::Bad, text: text.say(Word::VerifyFaults) }
            }
            Button { kind: ButtonKind::Submit, label: text.say(Word::Save), busy, test_id: "save-profile" }
        }
        AddingSheet { adding, certificates, areas }
    }
}

/// Who she is, and what an hour of hers is about.
#[component]
fn About(bio: Option<String>, rate: Option<Rupiah>, fault: Option<Word>) -> Element {
    let text = text();
    rsx! {
        section { class: "card",
            h2 { {text.say(Word::ProfileAbout)} }
            TextArea { name: "bio", label: text.say(Word::ProfileBio), hint: text.say(Word::ProfileBioHint), initial_value: bio.unwrap_or_default(), rows: 4 }
            TextField {
                kind: FieldKind::Digits,
                name: "rate",
                label: text.say(Word::ProfileRate),
                hint: text.say(Word::ProfileRateHint),
                fault: fault.map(|word| text.say(word)),
                initial_value: rate.map(|rate| rate.get().to_string()).unwrap_or_default(),
            }
        }
    }
}

/// What she can be ordered for.
#[component]
fn Services(categories: Vec<CategoryItem>, services: Signal<Vec<String>>, fault: Option<Word>) -> Element {
    let text = text();
    let mut services = services;
    let choice =
        |category: &CategoryItem| Choice::new(category.slug.clone(), category_name(category, text)).with_icon(category_icon(category));
    rsx! {
        section { class: "card",
            h2 { {text.say(Word::ProfileServices)} }
            p { class: "small mute", {text.say(Word::ProfileServicesHint)} }
            ManyChips {
                label: text.say(Word::ProfileServices),
                choices: categories.iter().map(choice).collect::<Vec<_>>(),
                chosen: services(),
                on_toggle: move |slug: String| services.with_mut(|chosen| toggle(chosen, slug)),
            }
            if let Some(word) = fault {
                p { class: "field-fault", role: "alert", {text.say(word)} }
            }
        }
    }
}

fn toggle(chosen: &mut Vec<String>, slug: String) {
    match chosen.iter().position(|one| *one == slug) {
        Some(at) => drop(chosen.remove(at)),
        None => chosen.push(slug),
    }
}

/// The rate that was written; nothing written is nothing.
fn rate(written: &str) -> Result<Rupiah, Word> {
    if written.trim().is_empty() {
        return Ok(Rupiah::ZERO);
    }
    let rate = read_rupiah(written)?;
    if rate.get() <= DEAREST { Ok(rate) } else { Err(Word::ProfileRateFaulty) }
}

fn certifications(profile: &ProviderProfileResponse) -> Vec<Certification> {
    let item = |kept: &rapi_core::wire::people::CertificationItem| Certification {
        name: kept.name.clone(),
        issuer: kept.issuer.clone(),
        year: kept.year,
    };
    profile.certifications.iter().map(item).collect()
}

fn service_areas(profile: &ProviderProfileResponse) -> Vec<ServiceArea> {
    profile.service_areas.iter().map(|kept| ServiceArea { city: kept.city.clone(), province: kept.province.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_may_be_written_with_dots_or_not_at_all() {
        assert_eq!([rate("30.000"), rate(" 30000 "), rate("")], [Ok(Rupiah::new(30_000)), Ok(Rupiah::new(30_000)), Ok(Rupiah::ZERO)]);
        assert!([rate("-5"), rate("lots"), rate("10000001")].iter().all(Result::is_err));
    }

    #[test]
    fn a_service_is_chosen_and_taken_back() {
        let mut chosen = vec!["cleaning".to_owned()];
        toggle(&mut chosen, "cooking".into());
        toggle(&mut chosen, "cleaning".into());
        assert_eq!(chosen, ["cooking"]);
    }
}
