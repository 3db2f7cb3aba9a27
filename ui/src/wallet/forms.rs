//! Putting money in and taking it out.

use dioxus::prelude::*;
use rapi_core::values::Rupiah;
use rapi_core::wire::payments::{PaymentMethod, TopUpRequest, WithdrawalRequest};
use rapi_core::wire::{Checks, Validate};

use crate::controls::{Button, ButtonKind, Chips, Choice, FieldKind, Icon, Sheet, TextField, typed};
use crate::text::{Word, text};

/// Amounts that are offered at a tap.
const AMOUNTS: [i64; 4] = [50_000, 100_000, 200_000, 500_000];

/// Reads an amount as people type it: `50.000`, `Rp 50000`.
fn amount(typed: &str) -> Option<Rupiah> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_plain = typed.chars().all(|letter| letter.is_ascii_digit() || ". ,Rp".contains(letter));
    digits.parse().ok().filter(|_| is_plain).map(Rupiah::new)
}

/// The request to put in what was typed, or nothing when the backend would refuse it.
fn top_up(typed: &str, payment_method: PaymentMethod) -> Option<TopUpRequest> {
    let request = TopUpRequest { amount: amount(typed)?, payment_method };
    let mut checks = Checks::default();
    request.validate(&mut checks);
    checks.finish().is_ok().then_some(request)
}

/// Asks how much, and how.
#[component]
pub fn TopUpSheet(busy: bool, on_send: EventHandler<TopUpRequest>, on_close: EventHandler) -> Element {
    let text = text();
    let mut method = use_signal(|| PaymentMethod::EWallet);
    // The field keeps its own text; a tap on an amount gives it another one, and with it another key.
    let mut offered = use_signal(|| 100_000);
    let mut is_faulty = use_signal(|| false);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let request = top_up(&typed(&event, "amount"), method());
        is_faulty.set(request.is_none());
        if let Some(request) = request.filter(|_| !busy) {
            on_send.call(request);
        }
    };
    rsx! {
        Sheet { title: text.say(Word::TopUp), on_close,
            form { class: "column", novalidate: true, onsubmit: send,
                Chips {
                    label: text.say(Word::Amount),
                    choices: AMOUNTS.map(|amount| Choice::new(amount, Rupiah::new(amount).to_string())).to_vec(),
                    chosen: offered(),
                    on_choose: move |amount| offered.set(amount),
                }
                TextField {
                    key: "{offered}",
                    kind: FieldKind::Digits,
                    name: "amount",
                    label: text.say(Word::Amount),
                    initial_value: Rupiah::new(offered()).to_string(),
                    fault: is_faulty().then(|| text.say(Word::TopUpAmountUnclear)),
                }
                Chips {
                    label: text.say(Word::PayWith),
                    choices: vec![
                        Choice::new(PaymentMethod::EWallet, text.say(Word::PayByEWallet)).with_icon(Icon::Smartphone),
                        Choice::new(PaymentMethod::BankTransfer, text.say(Word::PayByTransfer)).with_icon(Icon::Landmark),
                    ],
                    chosen: method(),
                    on_choose: move |chosen| method.set(chosen),
                }
                Button { kind: ButtonKind::Submit, busy, label: text.say(Word::TopUp) }
            }
        }
    }
}

/// Asks how much, and to which account.
#[component]
pub fn WithdrawSheet(busy: bool, balance: Rupiah, on_send: EventHandler<WithdrawalRequest>, on_close: EventHandler) -> Element {
    let text = text();
    let mut faults = use_signal(Vec::<&'static str>::new);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let field = |name| typed(&event, name).trim().to_owned();
        let request = WithdrawalRequest {
            amount: amount(&field("amount")).filter(|amount| *amount <= balance).unwrap_or_default(),
            bank_name: field("bank_name"),
            bank_account_number: field("bank_account_number").replace([' ', '-'], "").into(),
            bank_account_name: field("bank_account_name"),
        };
        let mut checks = Checks::default();
        request.validate(&mut checks);
        let found = checks.finish().err().unwrap_or_default();
        let names = ["amount", "bank_name", "bank_account_number", "bank_account_name"];
        faults.set(names.into_iter().filter(|name| found.iter().any(|fault| fault.field == *name)).collect());
        if found.is_empty() && !busy {
            on_send.call(request);
        }
    };
    let fault = |name: &str, word| faults.read().contains(&name).then(|| text.say(word));
    rsx! {
        Sheet { title: text.say(Word::Withdraw), on_close,
            form { class: "column", novalidate: true, onsubmit: send,
                TextField {
                    kind: FieldKind::Digits,
                    name: "amount",
                    label: text.say(Word::Amount),
                    hint: text.fill(Word::WithdrawAtMost, [("balance", balance.to_string())]),
                    fault: fault("amount", Word::WithdrawAmountUnclear),
                }
                TextField { kind: FieldKind::Text, name: "bank_name", label: text.say(Word::BankName), fault: fault("bank_name", Word::BankNameMissing) }
                TextField { kind: FieldKind::Digits, name: "bank_account_number", label: text.say(Word::BankNumber), fault: fault("bank_account_number", Word::BankNumberUnclear) }
                TextField { kind: FieldKind::Name, name: "bank_account_name", label: text.say(Word::BankHolder), fault: fault("bank_account_name", Word::BankHolderMissing) }
                Button { kind: ButtonKind::Submit, busy, label: text.say(Word::Withdraw) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let read = ["50000", "50.000", "Rp50.000", "Rp 50,000"].map(amount);
        assert_eq!(read, [Some(Rupiah::new(50_000)); 4]);
        assert_eq!(["", "lima", "5e4"].map(amount), [None; 3]);
    }

    #[test]
    fn what_the_backend_would_refuse_is_not_sent() {
        let request = |typed| top_up(typed, PaymentMethod::EWallet);
        assert!(request("10.000").is_some());
        assert_eq!([request("9.999"), request("10.000.001")], [None, None]);
        assert_eq!(top_up("10.000", PaymentMethod::Cash), None);
    }
}
