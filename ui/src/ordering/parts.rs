//! The parts of the form below the place: what, when, how it is paid, and what it would cost.

use dioxus::prelude::*;
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::orders::QuoteResponse;
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::{Rupiah, Timestamp};

use super::draft::{Asked, Draft, Faults, Preferred};
use super::moment::{Later, days, times};
use crate::controls::{Chips, Choice, Face, FieldKind, Glyph, Icon, IconButton, Select, TextField, ValueLine};
use crate::formats::{clock_of, duration_words};
use crate::orders::{category_icon, category_name, method_icon, method_word};
use crate::text::{Word, text};

/// How long the work may take, in minutes, to choose from.
const LENGTHS: [i64; 5] = [60, 120, 180, 240, 480];

/// What is asked for: one of the categories, or something else in words.
#[component]
pub(super) fn ServiceField(draft: Signal<Draft>, faults: Faults, categories: Vec<CategoryItem>) -> Element {
    let text = text();
    let named = |category: &CategoryItem| {
        Choice::new(Asked::Category(category.id), category_name(category, text)).with_icon(category_icon(category))
    };
    let other = Choice::new(Asked::Custom, text.say(Word::CategoryOther)).with_icon(Icon::Ellipsis);
    let choices: Vec<_> = categories.iter().map(named).chain([other]).collect();
    let asked = draft.read().asked.clone();
    let is_custom = asked == Some(Asked::Custom);
    // Whoever came for something sees that; the others choose.
    let mut chooses = use_signal(|| asked.is_none());
    let settled = choices.iter().find(|choice| Some(&choice.value) == asked.as_ref()).filter(|_| !chooses()).cloned();
    rsx! {
        div { class: "column",
            h3 { {text.say(Word::FormWhat)} }
            if let Some(choice) = settled {
                section { class: "card chosen",
                    div { class: "chosen-service",
                        span { class: "line-icon", Glyph { icon: choice.icon.unwrap_or(Icon::Sparkles), size: 22 } }
                        span { class: "grow strong break", "{choice.label}" }
                        button { class: "link", r#type: "button", onclick: move |_| chooses.set(true), {text.say(Word::FormChange)} }
                    }
                }
            } else {
            Chips { label: text.say(Word::FormWhat), choices, chosen: asked, on_choose: move |asked| draft.write().asked = Some(asked) }
            }
            if let Some(word) = faults.asked {
                p { class: "field-fault", role: "alert", {text.say(word)} }
            }
            if is_custom {
                TextField {
                    kind: FieldKind::Text,
                    name: "custom",
                    label: text.say(Word::FormCustom),
                    initial_value: draft.peek().custom.clone(),
                    fault: faults.custom.map(|word| text.say(word)),
                    on_typed: move |custom| draft.write().custom = custom,
                }
            }
        }
    }
}

/// Who is asked first, and the way to ask everybody.
#[component]
pub(super) fn PreferredCard(preferred: Preferred, on_everybody: EventHandler) -> Element {
    let text = text();
    rsx! {
        section { class: "card preferred-card",
            Face { name: preferred.name.clone(), url: preferred.photo.clone() }
            div { class: "line-words",
                p { class: "strong break", {text.fill(Word::FormPreferred, [("name", preferred.name.clone())])} }
                p { class: "mute small", {text.say(Word::FormPreferredAdvice)} }
            }
            IconButton { icon: Icon::X, label: text.say(Word::FormEverybody), on_press: on_everybody }
        }
    }
}

/// At once, or on a day and time by the clocks of the place.
#[component]
pub(super) fn WhenField(draft: Signal<Draft>, faults: Faults, now: Timestamp) -> Element {
    let text = text();
    let (later, zone) = (draft.read().later, draft.read().zone());
    let choices = vec![
        Choice::new(false, text.say(Word::FormNow)).with_icon(Icon::Zap),
        Choice::new(true, text.say(Word::FormLater)).with_icon(Icon::CalendarClock),
    ];
    let set_later = move |is_later: bool| draft.write().later = is_later.then(Later::usual);
    rsx! {
        div { class: "column",
            h3 { {text.say(Word::FormWhen)} }
            Chips { label: text.say(Word::FormWhen), choices, chosen: Some(later.is_some()), on_choose: set_later }
            if let Some(later) = later {
                div { class: "pair",
                    Select {
                        name: "day",
                        label: text.say(Word::FormDay),
                        choices: days(now, zone, text).into_iter().map(|(ahead, name)| Choice::new(ahead, name)).collect::<Vec<_>>(),
                        chosen: Some(later.days),
                        on_choose: move |days| {
                            let open = times(now, zone, days);
                            let minute = if open.contains(&later.minute) { later.minute } else { open.first().copied().unwrap_or(later.minute) };
                            draft.write().later = Some(Later { days, minute });
                        },
                    }
                    Select {
                        key: "{later.days}",
                        name: "time",
                        label: text.say(match zone.iana() {
                            "Asia/Jakarta" => Word::FormTimeWib,
                            "Asia/Makassar" => Word::FormTimeWita,
                            _ => Word::FormTimeWit,
                        }),
                        choices: times(now, zone, later.days).into_iter().map(|minute| Choice::new(minute, clock_of(minute, text.language()))).collect::<Vec<_>>(),
                        chosen: Some(later.minute),
                        on_choose: move |minute| draft.write().later = Some(Later { minute, ..later }),
                    }
                }
                if let Some(word) = faults.later {
                    p { class: "field-fault", role: "alert", {text.say(word)} }
                }
            }
        }
    }
}

/// How it will be paid, and the most it may cost.
#[component]
pub(super) fn PayFields(draft: Signal<Draft>, faults: Faults, balance: Option<Rupiah>) -> Element {
    let text = text();
    let method = draft.read().method;
    let ways = PaymentMethod::ALL.iter().map(|method| Choice::new(*method, text.say(method_word(*method))).with_icon(method_icon(*method)));
    let typed = draft.read().cap_amount().map(|cap| cap.to_string());
    let advice = typed.map_or_else(|| text.say(Word::FormCapAdvice), |cap| text.fill(Word::FormCapChosen, [("cap", cap)]));
    rsx! {
        div { class: "column",
            h3 { {text.say(Word::PayWith)} }
            Chips { label: text.say(Word::PayWith), choices: ways.collect::<Vec<_>>(), chosen: Some(method), on_choose: move |method| draft.write().method = method }
            if let Some(balance) = balance.filter(|_| method == PaymentMethod::Wallet) {
                p { class: "mute small", {text.fill(Word::PayBalance, [("balance", balance.to_string())])} }
            }
        }
        TextField {
            kind: FieldKind::Digits,
            name: "cap",
            label: text.say(Word::FormCap),
            initial_value: draft.peek().cap.clone(),
            fault: faults.cap.map(|word| text.say(word)),
            hint: advice,
            on_typed: move |cap| draft.write().cap = cap,
        }
    }
}

/// What it would cost.
#[component]
pub(super) fn QuoteCard(draft: Signal<Draft>, quote: Option<QuoteResponse>) -> Element {
    let text = text();
    let minutes = draft.read().minutes;
    let lengths = LENGTHS.map(|minutes| Choice::new(minutes, duration_words(minutes, text)));
    let cap = draft.read().cap_amount();
    rsx! {
        section { class: "card", aria_label: text.say(Word::FormQuote),
            h2 { {text.say(Word::FormQuote)} }
            Chips { label: text.say(Word::FormLength), choices: lengths.to_vec(), chosen: Some(minutes), on_choose: move |minutes| draft.write().minutes = minutes }
            div { class: "bill-lines quote-lines", "aria-live": "polite",
                match quote {
                    Some(quote) => rsx! { QuoteLines { quote, minutes, cap } },
                    None => rsx! { p { class: "mute small", {text.say(Word::FormQuoteMissing)} } },
                }
            }
            p { class: "mute small", {text.say(Word::FormQuoteAdvice)} }
        }
    }
}

#[component]
fn QuoteLines(quote: QuoteResponse, minutes: i64, cap: Option<Rupiah>) -> Element {
    let text = text();
    let rate = quote.base_amount.times_ratio(5, minutes).unwrap_or_default();
    let total = cap.map_or(quote.total_amount, |cap| quote.base_amount.min(cap) + quote.service_fee);
    rsx! {
        ValueLine { name: text.say(Word::FormRate), value: text.fill(Word::OrderRate, [("rate", rate.to_string())]) }
        if quote.service_fee.is_positive() {
            ValueLine { name: text.say(Word::BillServiceFee), value: quote.service_fee.to_string() }
        }
        if let Some(cap) = cap {
            ValueLine { name: text.say(Word::FormCapLine), value: cap.to_string() }
        }
        ValueLine { name: text.fill(Word::FormEstimate, [("time", duration_words(minutes, text))]), value: total.to_string(), strong: true }
    }
}
