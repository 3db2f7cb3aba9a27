//! A category that is made or changed.

use dioxus::prelude::*;
use rapi_core::values::Rupiah;
use rapi_core::wire::categories::{AdminCategoryItem, CreateCategoryRequest, PatchCategoryRequest};

use super::category_icon;
use crate::controls::{Button, ButtonKind, FieldKind, Glyph, Switch, TextArea, TextField, typed};
use crate::desk::Panel;
use crate::formats::read_rupiah;
use crate::text::{Word, text};

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CategoryChange {
    /// Name.
    pub name: String,
    /// Stable short name; only of new ones.
    pub slug: String,
    /// In a sentence.
    pub description: String,
    /// Name of a Lucide icon.
    pub icon: String,
    /// The price of five minutes, as typed.
    pub rate: String,
    /// Its place in the list, as typed; last when empty.
    pub place: String,
    /// Can it be ordered?
    pub is_active: bool,
}

/// What is wrong with each field, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CategoryFault {
    /// With the name.
    pub name: Option<Word>,
    /// With the short name.
    pub slug: Option<Word>,
    /// With the price.
    pub rate: Option<Word>,
    /// With the place.
    pub place: Option<Word>,
}

impl CategoryChange {
    /// What stands there before anything is changed.
    #[must_use]
    pub fn of(item: &AdminCategoryItem) -> Self {
        let category = &item.category;
        Self {
            name: category.name.clone(),
            slug: category.slug.clone(),
            description: category.description.clone().unwrap_or_default(),
            icon: category.icon.clone().unwrap_or_default(),
            rate: category.base_rate_per_5_minutes.get().to_string(),
            place: category.display_order.to_string(),
            is_active: item.is_active,
        }
    }

    /// Can this be sent?
    ///
    /// # Errors
    /// The faults that are plain without asking anybody.
    pub fn check(&self) -> Result<(), CategoryFault> {
        let is_plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
        let is_slug = !self.slug.is_empty() && self.slug.len() <= 100 && self.slug.bytes().all(is_plain);
        let is_place = self.place.trim().is_empty() || self.place.trim().parse::<i32>().is_ok_and(|place| (0..=10_000).contains(&place));
        let fault = CategoryFault {
            name: (self.name.trim().is_empty() || self.name.chars().count() > 100).then_some(Word::AdminCategoryNameFault),
            slug: (!is_slug).then_some(Word::AdminCategorySlugFault),
            rate: self.amount().err(),
            place: (!is_place).then_some(Word::AdminCategoryPlaceFault),
        };
        if fault == CategoryFault::default() { Ok(()) } else { Err(fault) }
    }

    /// The price, if it can be one.
    fn amount(&self) -> Result<Rupiah, Word> {
        let amount = read_rupiah(&self.rate)?;
        if (1..=1_000_000).contains(&amount.get()) { Ok(amount) } else { Err(Word::AdminCategoryRateFault) }
    }

    fn display_order(&self) -> Option<i32> {
        self.place.trim().parse().ok()
    }

    /// As a new category; `None` while it cannot be sent.
    #[must_use]
    pub fn creates(&self) -> Option<CreateCategoryRequest> {
        self.check().ok()?;
        Some(CreateCategoryRequest {
            name: self.name.trim().to_owned(),
            slug: self.slug.clone(),
            description: some(&self.description),
            icon: some(&self.icon),
            base_rate_per_5_minutes: self.amount().ok()?,
            display_order: self.display_order(),
        })
    }

    /// What is different from `before`; `None` while it cannot be sent.
    #[must_use]
    pub fn changes(&self, before: &Self) -> Option<PatchCategoryRequest> {
        self.check().ok()?;
        let is_new = |new: &str, old: &str| (new.trim() != old).then(|| new.trim().to_owned());
        Some(PatchCategoryRequest {
            name: is_new(&self.name, &before.name),
            description: is_new(&self.description, &before.description),
            // An icon cannot be taken away, only replaced.
            icon: is_new(&self.icon, &before.icon).filter(|icon| !icon.is_empty()),
            base_rate_per_5_minutes: self.amount().ok().filter(|_| self.amount() != before.amount()),
            is_active: (self.is_active != before.is_active).then_some(self.is_active),
            display_order: self.display_order().filter(|_| self.display_order() != before.display_order()),
        })
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Makes a category, or changes the one of `before`.
#[component]
pub fn CategoryForm(
    before: Option<CategoryChange>,
    #[props(default)] busy: bool,
    on_send: EventHandler<CategoryChange>,
    on_close: EventHandler,
) -> Element {
    let text = text();
    let is_new = before.is_none();
    let start = before.unwrap_or(CategoryChange { is_active: true, ..CategoryChange::default() });
    let mut fault = use_signal(CategoryFault::default);
    let (mut is_active, icon_start) = (use_signal(|| start.is_active), start.icon.clone());
    let mut icon = use_signal(move || icon_start);
    let slug = start.slug.clone();
    let send = move |event: FormEvent| {
        event.prevent_default();
        if busy {
            return;
        }
        let change = CategoryChange {
            name: typed(&event, "name"),
            slug: if is_new { typed(&event, "slug").trim().to_owned() } else { slug.clone() },
            description: typed(&event, "description"),
            icon: typed(&event, "icon").trim().to_owned(),
            rate: typed(&event, "rate"),
            place: typed(&event, "place"),
            is_active: is_active(),
        };
        let checked = change.check();
        fault.set(checked.err().unwrap_or_default());
        if checked.is_ok() {
            on_send.call(change);
        }
    };
    let say = |word: Option<Word>| word.map(|word| text.say(word));
    let title = if is_new { text.say(Word::AdminCategoryNew) } else { start.name.clone() };
    let hint = (!is_new).then(|| text.say(Word::AdminCategoryRateHint));
    rsx! {
        Panel { title, detail: (!is_new).then(|| start.slug.clone()), on_close,
            form { class: "column", novalidate: true, onsubmit: send,
                TextField { kind: FieldKind::Text, name: "name", label: text.say(Word::AdminName), initial_value: start.name.clone(), fault: say(fault().name) }
                if is_new {
                    TextField { kind: FieldKind::Text, name: "slug", label: text.say(Word::AdminCategorySlug), fault: say(fault().slug), hint: text.say(Word::AdminCategorySlugHint) }
                }
                TextArea { name: "description", label: text.say(Word::AdminCategoryDescription), initial_value: start.description.clone(), rows: 2 }
                TextField { kind: FieldKind::Digits, name: "rate", label: text.say(Word::AdminCategoryRate), initial_value: start.rate.clone(), fault: say(fault().rate), hint }
                div { class: "pair",
                    TextField { kind: FieldKind::Digits, name: "place", label: text.say(Word::AdminCategoryPlace), initial_value: start.place.clone(), fault: say(fault().place) }
                    TextField { kind: FieldKind::Text, name: "icon", label: text.say(Word::AdminCategoryIcon), initial_value: start.icon.clone(), on_typed: move |typed| icon.set(typed) }
                }
                IconAdvice { name: icon() }
                if !is_new {
                    Switch { label: text.say(Word::AdminCategoryActive), on: is_active(), on_switch: move |on| is_active.set(on) }
                }
                Button { kind: ButtonKind::Submit, label: text.say(Word::Save), busy }
            }
        }
    }
}

/// The drawing of that name, as the apps show it.
#[component]
fn IconAdvice(name: String) -> Element {
    rsx! {
        p { class: "row small mute",
            span { class: "line-icon", Glyph { icon: category_icon(Some(name.trim())), size: 22 } }
            {text().say(Word::AdminCategoryIconHint)}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaning() -> CategoryChange {
        CategoryChange {
            name: "Bersih rumah".into(),
            slug: "cleaning".into(),
            description: "Menyapu dan mengepel".into(),
            icon: "sparkles".into(),
            rate: "1000".into(),
            place: "1".into(),
            is_active: true,
        }
    }

    #[test]
    fn only_what_changed_is_sent() {
        let dearer = CategoryChange { rate: "1.200".into(), is_active: false, ..cleaning() };
        let expected = PatchCategoryRequest {
            base_rate_per_5_minutes: Some(Rupiah::new(1_200)),
            is_active: Some(false),
            ..PatchCategoryRequest::default()
        };
        assert_eq!(dearer.changes(&cleaning()), Some(expected));
        assert_eq!(cleaning().changes(&cleaning()), Some(PatchCategoryRequest::default()));
    }

    #[test]
    fn a_new_category_without_a_place_comes_last() {
        let new = CategoryChange { place: String::new(), icon: " ".into(), ..cleaning() };
        let request = new.creates().expect("it can be sent");
        assert_eq!((request.display_order, request.icon, request.base_rate_per_5_minutes), (None, None, Rupiah::new(1_000)));
    }

    #[test]
    fn every_field_says_what_it_lacks() {
        let wrong =
            CategoryChange { name: " ".into(), slug: "Bersih Rumah".into(), rate: "gratis".into(), place: "-1".into(), ..cleaning() };
        let expected = CategoryFault {
            name: Some(Word::AdminCategoryNameFault),
            slug: Some(Word::AdminCategorySlugFault),
            rate: Some(Word::AmountUnclear),
            place: Some(Word::AdminCategoryPlaceFault),
        };
        assert_eq!(wrong.check(), Err(expected));
        assert_eq!(
            CategoryChange { rate: "0".into(), ..cleaning() }.check().map_err(|fault| fault.rate),
            Err(Some(Word::AdminCategoryRateFault))
        );
    }
}
