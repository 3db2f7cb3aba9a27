//! Paying through a gateway: a code to scan, or a page.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_core::values::TopUp;
use rapi_core::wire::payments::{PaymentMethod, PaymentResponse, PaymentStatus, TopUpResponse};
use rapi_core::{Id, Rupiah, Timestamp};

use crate::controls::{Glyph, Icon, QrCode};
use crate::formats::{Zoned, minutes_seconds};
use crate::orders::method_word;
use crate::text::{Word, text};

/// What a gateway gave to pay with, as long as it is good for that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeView {
    /// How much.
    pub amount: Rupiah,
    /// How.
    pub method: PaymentMethod,
    /// What there is to pay with.
    pub with: PayWith,
    /// Until when, and how long that still is.
    pub until: Option<(Timestamp, Duration)>,
}

/// What there is to pay with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayWith {
    /// A code to scan.
    Code(String),
    /// A page to open.
    Page(String),
    /// Nothing that anybody could do: the gateway is at it.
    Nothing,
    /// Nothing any more: its time is over, and the gateway has not said how it ended.
    Over,
}

impl ChargeView {
    /// Of a bill that a gateway has.
    #[must_use]
    pub fn of_bill(payment: &PaymentResponse, method: PaymentMethod, now: Timestamp) -> Self {
        let (code, page) = (payment.qr_string.as_ref(), payment.redirect_url.as_ref());
        Self::new(payment.total_amount, method, code, page, payment.pay_until, now)
    }

    /// Of money on its way into the wallet.
    #[must_use]
    pub fn of_top_up(top_up: &TopUpResponse, now: Timestamp) -> Self {
        let method = top_up.payment_method.known().copied().unwrap_or(PaymentMethod::EWallet);
        Self::new(top_up.amount, method, top_up.qr_string.as_ref(), top_up.redirect_url.as_ref(), top_up.pay_until, now)
    }

    fn new(
        amount: Rupiah,
        method: PaymentMethod,
        code: Option<&String>,
        page: Option<&String>,
        pay_until: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        let is_page = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        let with = match (code.filter(|code| !code.is_empty()), page.filter(is_page)) {
            _ if pay_until.is_some_and(|until| until <= now) => PayWith::Over,
            (Some(code), _) => PayWith::Code(code.clone()),
            (None, Some(page)) => PayWith::Page(page.clone()),
            (None, None) => PayWith::Nothing,
        };
        let until = pay_until.filter(|until| *until > now).map(|until| (until, until.since(now)));
        Self { amount, method, with, until }
    }
}

/// Money on its way into the wallet that can still be paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeLine {
    /// Which.
    pub id: Id<TopUp>,
    /// How much.
    pub amount: Rupiah,
    /// Until when.
    pub until: Timestamp,
}

impl ChargeLine {
    /// Of a top-up that waits for somebody to pay; nothing of any other.
    #[must_use]
    pub fn of(top_up: &TopUpResponse, now: Timestamp) -> Option<Self> {
        let view = ChargeView::of_top_up(top_up, now);
        let is_payable = top_up.status.is(&PaymentStatus::Processing) && matches!(view.with, PayWith::Code(_) | PayWith::Page(_));
        let (until, _) = view.until.filter(|_| is_payable)?;
        Some(Self { id: top_up.id, amount: top_up.amount, until })
    }
}

/// Draws it: what to do, with what, and until when by the clocks of `zone`, an IANA name.
#[component]
pub fn ChargeCard(charge: ChargeView, zone: String) -> Element {
    let text = text();
    let method = text.say(method_word(charge.method));
    let (title, advice) = match &charge.with {
        PayWith::Code(_) => (text.say(Word::ChargeScan), text.say(Word::ChargeScanAdvice)),
        PayWith::Page(_) => (text.fill(Word::ChargePage, [("method", method)]), text.say(Word::PayProcessingAdvice)),
        PayWith::Nothing => (text.fill(Word::PayProcessing, [("method", method)]), text.say(Word::PayProcessingAdvice)),
        PayWith::Over => (text.say(Word::ChargeOver), text.say(Word::ChargeOverAdvice)),
    };
    let icon = match &charge.with {
        PayWith::Code(_) => Icon::QrCode,
        PayWith::Page(_) => Icon::Landmark,
        PayWith::Nothing => Icon::RefreshCw,
        PayWith::Over => Icon::Clock,
    };
    rsx! {
        section { class: "card charge", "aria-busy": (charge.with == PayWith::Nothing).then_some("true"),
            div { class: "pay-state", role: "status",
                span { class: if charge.with == PayWith::Nothing { "line-icon spins" } else { "line-icon" }, Glyph { icon, size: 22 } }
                div { class: "line-words",
                    p { class: "strong", "{title}" }
                    p { class: "mute small", "{advice}" }
                }
            }
            if let PayWith::Code(code) = &charge.with {
                QrCode { value: code.clone(), label: text.fill(Word::ChargeCode, [("amount", charge.amount.to_string())]) }
                p { class: "charge-amount", "{charge.amount}" }
            }
            if let PayWith::Page(page) = &charge.with {
                a { class: "button button-primary", href: "{page}", target: "_blank", rel: "noopener", {text.say(Word::PayOpenPage)} }
            }
            if let Some((until, left)) = charge.until {
                p { class: "mute small centred", role: "timer",
                    {text.fill(Word::ChargeUntil, [("time", Zoned::of(until, &zone).clock_with_zone(text.language())), ("left", minutes_seconds(left))])}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::orders::samples::{at, payment};
    use crate::text::Language;

    fn charge(change: impl FnOnce(&mut PaymentResponse), now: &str) -> ChargeView {
        let mut bill = payment(PaymentMethod::EWallet, PaymentStatus::Processing);
        bill.pay_until = Some(at("05:18:00"));
        change(&mut bill);
        ChargeView::of_bill(&bill, PaymentMethod::EWallet, at(now))
    }

    #[test]
    fn a_code_is_shown_with_its_amount_and_how_long_it_is_good() {
        let view = charge(|bill| bill.qr_string = Some("00020101".into()), "05:04:30");
        assert_eq!(view.until, Some((at("05:18:00"), Duration::from_secs(13 * 60 + 30))));
        let html = drawn(Language::Indonesian, move || rsx! { ChargeCard { charge: view.clone(), zone: "" } });
        for part in ["class=\"qr\"", "Kode QR untuk membayar Rp24.600", "Berlaku sampai 12.18 WIB", "13:30"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn a_code_whose_time_is_over_is_not_shown_any_more() {
        let view = charge(|bill| bill.qr_string = Some("00020101".into()), "05:18:00");
        assert_eq!((&view.with, view.until), (&PayWith::Over, None));
        let html = drawn(Language::English, move || rsx! { ChargeCard { charge: view.clone(), zone: "" } });
        assert!(!html.contains("class=\"qr\"") && html.contains("no longer valid"), "{html}");
    }

    #[test]
    fn a_top_up_is_listed_as_long_as_it_can_be_paid_for() {
        let top_up = |status: PaymentStatus| TopUpResponse {
            id: Id::new(Default::default()),
            amount: Rupiah::new(50_000),
            payment_method: PaymentMethod::EWallet.into(),
            status: status.into(),
            redirect_url: None,
            qr_string: Some("00020101".into()),
            pay_until: Some(at("05:18:00")),
            created_at: at("05:03:00"),
        };
        let is_listed = |status, now| ChargeLine::of(&top_up(status), at(now)).is_some();
        assert!(is_listed(PaymentStatus::Processing, "05:04:00"));
        assert!(!is_listed(PaymentStatus::Processing, "05:18:00") && !is_listed(PaymentStatus::Completed, "05:04:00"));
    }

    #[test]
    fn only_pages_of_the_web_are_opened() {
        let with = |url: &str| charge(|bill| bill.redirect_url = Some(url.into()), "05:04:00").with;
        assert_eq!(with("https://pay.example/1"), PayWith::Page("https://pay.example/1".into()));
        assert_eq!(with("javascript:alert(1)"), PayWith::Nothing);
    }
}
