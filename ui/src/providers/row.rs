//! A provider in a list.

use dioxus::prelude::*;
use rapi_core::Id;
use rapi_core::values::User;
use rapi_core::wire::people::{ProviderArea, ProviderItem};

use crate::controls::{Average, Face, VerifiedBadge};
use crate::formats::distance;
use crate::text::{Text, Word, text};

/// What a line says of her.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderRow {
    /// Who.
    pub id: Id<User>,
    /// Her name.
    pub name: String,
    /// Where her photo is to be had.
    pub photo: Option<String>,
    /// Average of her ratings.
    pub rating: Option<f64>,
    /// Orders she completed.
    pub jobs: i64,
    /// How far away she is.
    pub distance_km: Option<f64>,
    /// Roughly where she is.
    pub area: Option<ProviderArea>,
    /// Can she be asked now?
    pub is_online: bool,
}

impl ProviderRow {
    /// Of an item of the list.
    #[must_use]
    pub fn of(item: &ProviderItem) -> Self {
        Self {
            id: item.id,
            name: item.full_name.clone(),
            photo: item.profile_photo.clone(),
            rating: item.reputation.average_rating,
            jobs: item.reputation.total_completed_orders,
            distance_km: item.distance_km,
            area: item.area.clone(),
            is_online: item.is_available,
        }
    }

    /// Her work and how far she is: `312 pekerjaan · 1,2 km`.
    #[must_use]
    pub fn under(&self, text: Text) -> String {
        let jobs = (self.jobs > 0).then(|| text.fill(Word::ProviderJobs, [("count", self.jobs)]));
        let far = self.distance_km.map(|km| distance(km, text.language()));
        [jobs, far].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// The line; opens her page. What stands within it is put at its end.
#[component]
pub fn ProviderLine(row: ProviderRow, on_open: EventHandler<Id<User>>, children: Element) -> Element {
    let (text, id) = (text(), row.id);
    let under = row.under(text);
    rsx! {
        div { class: "provider-line",
            button { class: "provider-open", r#type: "button", onclick: move |_| on_open.call(id),
                span { class: if row.is_online { "provider-face provider-online" } else { "provider-face" },
                    Face { name: row.name.clone(), url: row.photo.clone() }
                }
                span { class: "line-words",
                    span { class: "person-name", span { class: "clip", "{row.name}" } VerifiedBadge {} }
                    span { class: "line-detail provider-numbers",
                        Average { rating: row.rating }
                        if !under.is_empty() {
                            span { "{under}" }
                        }
                    }
                }
            }
            {children}
        }
    }
}
