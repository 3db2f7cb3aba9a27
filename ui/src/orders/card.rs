//! An order in a list.

use dioxus::prelude::*;
use rapi_core::values::Order;
use rapi_core::wire::orders::{OrderItem, Party};
use rapi_core::{Id, Rupiah, Timestamp};

use super::{ServiceName, Standing};
use crate::controls::{Glyph, Tag};
use crate::formats::Zoned;
use crate::text::text;

/// Who looks at the order: it names the other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whoever ordered.
    Client,
    /// Whoever works.
    Provider,
}

impl Side {
    /// The other one of `order`, once there is one.
    #[must_use]
    pub const fn other(self, order: &OrderItem) -> Option<&Party> {
        match self {
            Self::Client => order.provider.as_ref(),
            Self::Provider => Some(&order.client),
        }
    }
}

/// What a card says.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderCardView {
    /// Which order.
    pub id: Id<Order>,
    /// Its name for people.
    pub number: String,
    /// What.
    pub service: ServiceName,
    /// How it stands.
    pub standing: Standing,
    /// With or for whom.
    pub person: Option<String>,
    /// Where.
    pub address: String,
    /// When it is wanted.
    pub at: Timestamp,
    /// The zone of the place.
    pub time_zone: String,
    /// The bill, once there is one.
    pub total: Option<Rupiah>,
}

impl OrderCardView {
    /// `order` as `side` sees it.
    #[must_use]
    pub fn of(order: &OrderItem, side: Side) -> Self {
        Self {
            id: order.id,
            number: order.order_number.clone(),
            service: ServiceName::of(order),
            standing: Standing::of(order),
            person: side.other(order).map(|party| party.full_name.clone()),
            address: order.service_address.clone(),
            at: order.requested_time,
            time_zone: order.time_zone.clone(),
            total: Some(order.total_amount).filter(|total| total.is_positive()),
        }
    }
}

/// The card; opens the order.
#[component]
pub fn OrderCard(view: OrderCardView, now: Timestamp, on_open: EventHandler<Id<Order>>) -> Element {
    let text = text();
    let id = view.id;
    let when = Zoned::of(view.at, &view.time_zone).when(now, text);
    let under = [view.person.clone(), Some(when)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    rsx! {
        button { class: "order-card", r#type: "button", onclick: move |_| on_open.call(id),
            span { class: "line-icon", Glyph { icon: view.service.icon(), size: 22 } }
            span { class: "order-card-words",
                span { class: "order-card-top",
                    span { class: "line-title clip", {view.service.say(text)} }
                    if let Some(total) = view.total {
                        span { class: "order-card-total", "{total}" }
                    }
                }
                span { class: "line-detail", "{under}" }
                span { class: "line-detail clip", "{view.address}" }
                span { class: "order-card-tag", Tag { tone: view.standing.tone(), label: text.say(view.standing.word()) } }
            }
        }
    }
}
