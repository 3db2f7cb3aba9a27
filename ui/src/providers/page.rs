//! A provider's own page.

use chrono::Weekday;
use dioxus::prelude::*;
use rapi_core::dispatch::WorkingHours;
use rapi_core::wire::orders::RatingItem;
use rapi_core::wire::people::{CertificationItem, ProviderDetail};

use super::row::ProviderRow;
use crate::controls::{
    Average, Button, ButtonKind, Card, Face, Glyph, Icon, ListEnd, ListState, Picture, Tag, TagTone, TopBar, VerifiedBadge,
};
use crate::formats::{Zoned, clock_of};
use crate::orders::category_name;
use crate::text::{Text, Word, text};

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderView {
    /// What lists show of her.
    pub row: ProviderRow,
    /// The rest.
    pub detail: ProviderDetail,
    /// What was said of her, newest first; nothing before that is known.
    pub ratings: Option<Vec<RatingItem>>,
    /// How far that has come.
    pub state: ListState,
}

/// Draws her page.
#[component]
pub fn ProviderScreen(
    view: ProviderView,
    on_back: EventHandler,
    on_book: EventHandler,
    on_more: EventHandler,
    on_retry: EventHandler,
) -> Element {
    let text = text();
    let (row, detail) = (&view.row, &view.detail);
    rsx! {
        main { class: "screen",
            div { class: "screen-head", TopBar { title: text.say(Word::ProviderTitle), on_back } }
            div { class: "screen-body",
                Head { row: row.clone(), reviews: detail.provider.reputation.total_ratings }
                if let Some(bio) = detail.bio.clone().filter(|bio| !bio.is_empty()) {
                    Card { heading: text.say(Word::ProviderAbout), p { class: "break", "{bio}" } }
                }
                Services { detail: detail.clone() }
                Portfolio { urls: detail.portfolio_urls.clone() }
                Hours { hours: detail.working_hours.clone() }
                Certificates { certificates: detail.certifications.clone() }
                Ratings { ratings: view.ratings.clone(), state: view.state.clone(), on_more, on_retry }
                p { class: "mute small centred", {text.fill(Word::ProviderSince, [("day", Zoned::of(detail.member_since, "").day(text))])} }
            }
            div { class: "screen-foot",
                Button { kind: ButtonKind::Primary, label: text.say(Word::ProviderBook), on_press: on_book }
            }
        }
    }
}

/// Face, name, badge and numbers.
#[component]
fn Head(row: ProviderRow, reviews: i64) -> Element {
    let text = text();
    let (tone, word) = if row.is_online { (TagTone::Good, Word::ProviderOnline) } else { (TagTone::Quiet, Word::ProviderOffline) };
    let under = row.under(text);
    rsx! {
        div { class: "provider-head",
            Face { name: row.name.clone(), url: row.photo.clone(), large: true }
            div { class: "line-words",
                h2 { class: "provider-name", "{row.name} " VerifiedBadge {} }
                p { class: "line-detail provider-numbers",
                    Average { rating: row.rating }
                    if reviews > 0 {
                        span { {text.fill(Word::ProviderRatingCount, [("count", reviews)])} }
                    }
                }
                if !under.is_empty() {
                    p { class: "line-detail", "{under}" }
                }
                div { class: "provider-tag", Tag { tone, label: text.say(word) } }
            }
        }
    }
}

/// What she does, where, and for about how much.
#[component]
fn Services(detail: ProviderDetail) -> Element {
    let text = text();
    let areas: Vec<String> = detail.service_areas.iter().map(|area| area.city.clone()).collect();
    rsx! {
        Card { heading: text.say(Word::ProviderServices),
            div { class: "chips",
                for category in detail.categories {
                    span { key: "{category.slug}", class: "label", {category_name(&category, text)} }
                }
            }
            if !areas.is_empty() {
                p { class: "fact", Glyph { icon: Icon::MapPin, size: 18 } span { class: "break", {areas.join(", ")} } }
            }
            if let Some(rate) = detail.provider.hourly_rate {
                p { class: "fact", Glyph { icon: Icon::Banknote, size: 18 }
                    span {
                        span { class: "strong", {text.fill(Word::ProviderHourly, [("rate", rate.to_string())])} }
                        br {}
                        span { class: "mute small", {text.say(Word::ProviderHourlyAdvice)} }
                    }
                }
            }
        }
    }
}

#[component]
fn Portfolio(urls: Vec<String>) -> Element {
    let text = text();
    if urls.is_empty() {
        return rsx! {};
    }
    rsx! {
        Card { heading: text.say(Word::ProviderPortfolio),
            div { class: "portfolio",
                for (at, url) in urls.into_iter().enumerate() {
                    Picture { key: "{url}", url: Some(url), alt: text.fill(Word::ProviderPortfolioPhoto, [("number", at + 1)]) }
                }
            }
        }
    }
}

const DAYS: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// When she works, day by day.
#[component]
fn Hours(hours: Option<WorkingHours>) -> Element {
    let text = text();
    let names = text.say(Word::WeekdaysShort);
    rsx! {
        Card { heading: text.say(Word::ProviderHours),
            match hours {
                None => rsx! { p { class: "mute", {text.say(Word::ProviderAlways)} } },
                Some(hours) => rsx! {
                    dl { class: "hours",
                        for (day, name) in DAYS.into_iter().zip(names.split_whitespace()) {
                            dt { key: "{name}", "{name}" }
                            dd { {of_day(&hours, day, text)} }
                        }
                    }
                },
            }
        }
    }
}

/// `08.00–12.00, 13.00–17.00`.
fn of_day(hours: &WorkingHours, day: Weekday, text: Text) -> String {
    let clock = |minute: u16| clock_of(minute, text.language());
    let spans: Vec<String> = hours.on(day).iter().map(|open| format!("{}–{}", clock(open.from()), clock(open.to()))).collect();
    if spans.is_empty() { text.say(Word::ProviderDayOff) } else { spans.join(", ") }
}

#[component]
fn Certificates(certificates: Vec<CertificationItem>) -> Element {
    let text = text();
    if certificates.is_empty() {
        return rsx! {};
    }
    let line = |one: &CertificationItem| {
        let year = one.year.map(|year| year.to_string());
        [one.issuer.clone(), year].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    rsx! {
        Card { heading: text.say(Word::ProviderCertificates),
            for (at, one) in certificates.iter().enumerate() {
                div { key: "{at}",
                    p { class: "strong break", "{one.name}" }
                    p { class: "mute small break", {line(one)} }
                }
            }
        }
    }
}

/// What clients said.
#[component]
fn Ratings(ratings: Option<Vec<RatingItem>>, state: ListState, on_more: EventHandler, on_retry: EventHandler) -> Element {
    let text = text();
    rsx! {
        Card { heading: text.say(Word::ProviderRatings),
            match ratings {
                None => rsx! {},
                Some(ratings) if ratings.is_empty() => rsx! { p { class: "mute", {text.say(Word::ProviderNoRatings)} } },
                Some(ratings) => rsx! {
                    for rating in ratings {
                        div { key: "{rating.order_id}", class: "review",
                            div { class: "between",
                                span { class: "strong clip", "{rating.client_name}" }
                                span { class: "mute small", {Zoned::of(rating.created_at, "").day(text)} }
                            }
                            Given { stars: rating.rating }
                            if let Some(review) = rating.review.filter(|review| !review.is_empty()) {
                                p { class: "break", "{review}" }
                            }
                        }
                    }
                },
            }
            ListEnd { state, lines: 3, on_more, on_retry }
        }
    }
}

#[component]
fn Given(stars: i32) -> Element {
    rsx! {
        div { class: "given-stars", role: "img", aria_label: text().fill(Word::StarsOf, [("stars", stars)]),
            for star in 1..=5 {
                span { key: "{star}", class: if star <= stars { "star-on" } else { "star-off" }, Glyph { icon: Icon::Star, size: 16 } }
            }
        }
    }
}
