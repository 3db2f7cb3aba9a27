//! The proof of the books.

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::orders::Zone;
use rapi_core::wire::admin::LedgerCheckResponse;

use crate::controls::{Awaited, Button, ButtonKind, Failed, Glyph, Icon, Skeleton};
use crate::desk::{Fact, Facts, Head};
use crate::formats::{Zoned, whole};
use crate::text::{Word, text};

/// Do the books balance? Says it plainly, and when that was.
#[component]
pub fn LedgerScreen(check: Awaited<(LedgerCheckResponse, Timestamp)>, #[props(default)] busy: bool, on_check: EventHandler) -> Element {
    let text = text();
    rsx! {
        main { class: "desk",
            Head { title: text.say(Word::AdminLedger),
                Button { kind: ButtonKind::Line, small: true, icon: Icon::RefreshCw, label: text.say(Word::AdminLedgerAgain), busy, on_press: on_check }
            }
            match check {
                Awaited::Here((check, at)) => rsx! { Proof { check, at } },
                Awaited::Loading => rsx! { div { class: "card ledger", Skeleton { lines: 4 } } },
                Awaited::Failed(code) => rsx! { div { class: "card ledger", Failed { code, on_retry: on_check } } },
            }
        }
    }
}

#[component]
fn Proof(check: LedgerCheckResponse, at: Timestamp) -> Element {
    let text = text();
    let at = Zoned::within(at, Zone::Western);
    let (icon, class, title, explained) = if check.is_balanced {
        (Icon::Check, "ledger-sign ledger-good", Word::AdminLedgerGood, Word::AdminLedgerGoodExplained)
    } else {
        (Icon::TriangleAlert, "ledger-sign ledger-bad", Word::AdminLedgerBad, Word::AdminLedgerBadExplained)
    };
    let number = |number: i64| whole(number, text.language());
    let facts = vec![
        Fact::new(text.say(Word::AdminLedgerJournals), number(check.journals)),
        Fact::new(text.say(Word::AdminLedgerEntries), number(check.entries)),
        Fact::new(text.say(Word::AdminLedgerSum), check.sum.to_string()),
        Fact::new(text.say(Word::AdminLedgerAt), format!("{}, {}", at.day(text), at.clock_with_zone(text.language()))),
    ];
    rsx! {
        section { class: "card ledger", role: if check.is_balanced { "status" } else { "alert" },
            div { class: "ledger-top",
                span { class, Glyph { icon, size: 32 } }
                div { class: "column tight",
                    h2 { class: "ledger-title", {text.say(title)} }
                    p { class: "mute", {text.say(explained)} }
                }
            }
            Facts { facts }
        }
        if !check.faults.is_empty() {
            section { class: "card ledger", aria_label: text.say(Word::AdminLedgerFaults),
                h2 { {text.say(Word::AdminLedgerFaults)} }
                ul { class: "ledger-faults",
                    for (at, fault) in check.faults.into_iter().enumerate() {
                        li { key: "{at}", class: "break", "{fault}" }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::Rupiah;

    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn screen(faults: Vec<String>) -> String {
        drawn(Language::Indonesian, move || {
            let (is_balanced, sum) = (faults.is_empty(), Rupiah::ZERO);
            let check = LedgerCheckResponse { is_balanced, journals: 12, entries: 1_284, sum, faults: faults.clone() };
            rsx! { LedgerScreen { check: Awaited::Here((check, Timestamp::default())), on_check: |()| {} } }
        })
    }

    #[test]
    fn whether_the_books_balance_is_said_plainly() {
        let good = screen(Vec::new());
        assert!(good.contains("Buku besar seimbang") && good.contains("1.284") && !good.contains("role=\"alert\""), "{good}");
        let bad = screen(vec!["journal 7 sums to 5".into()]);
        assert!(bad.contains("tidak seimbang") && bad.contains("journal 7 sums to 5") && bad.contains("role=\"alert\""), "{bad}");
    }
}
