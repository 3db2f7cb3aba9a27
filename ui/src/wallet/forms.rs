//! Putting money in and taking it out.

use dioxus::prelude::*;
use rapi_core::values::Rupiah;
use rapi_core::wire::payments::{PaymentMethod, TopUpRequest, WithdrawalRequest};
use rapi_core::wire::{Checks, Validate};

use crate::controls::{Button, ButtonKind, Chips, Choice, FieldKind, Icon, Sheet, TextField, typed};
use crate::formats::read_rupiah;
use crate::text::{Word, text};

/// Amounts that are offered at a tap.
const AMOUNTS: [i64; 4] = [50_000, 100_000, 200_000, 500_000];

/// The request to put in what was typed, or what is wrong with it.
fn top_up(typed: &str, payment_method: PaymentMethod) -> Result<TopUpRequest, Word> {
    let request = TopUpRequest { amount: read_rupiah(typed)?, payment_method };
    let mut checks = Checks::default();
    request.validate(&mut checks);
    checks.finish().map(|()| request).map_err(|_| Word::TopUpAmountUnclear)
}

/// Asks how much, and how.
#[component]
pub fn TopUpSheet(busy: bool, on_send: EventHandler<TopUpRequest>, on_close: EventHandler) -> Element {
    let text = text();
    let mut method = use_signal(|| PaymentMethod::EWallet);
    // The field keeps its own text; a tap on an amount gives it another one, and with it another key.
    let mut offered = use_signal(|| 100_000);
    let mut fault = use_signal(|| None::<Word>);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let request = top_up(&typed(&event, "amount"), method());
        fault.set(request.as_ref().err().copied());
        if let Ok(request) = request
            && !busy
        {
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
                    fault: fault().map(|word| text.say(word)),
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
    let mut faults = use_signal(Vec::<(&'static str, Word)>::new);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let field = |name| typed(&event, name).trim().to_owned();
        let amount = read_rupiah(&field("amount"));
        let request = WithdrawalRequest {
            amount: amount.ok().filter(|amount| *amount <= balance).unwrap_or_default(),
            bank_name: field("bank_name"),
            bank_account_number: field("bank_account_number").replace([' ', '-'], "").into(),
            bank_account_name: field("bank_account_name"),
        };
        let mut checks = Checks::default();
        request.validate(&mut checks);
        let found = checks.finish().err().unwrap_or_default();
        let words = [
            ("amount", amount.err().unwrap_or(Word::WithdrawAmountUnclear)),
            ("bank_name", Word::BankNameMissing),
            ("bank_account_number", Word::BankNumberUnclear),
            ("bank_account_name", Word::BankHolderMissing),
        ];
        faults.set(words.into_iter().filter(|(name, _)| found.iter().any(|fault| fault.field == *name)).collect());
        if found.is_empty() && !busy {
            on_send.call(request);
        }
    };
    let fault = |name: &str| faults.read().iter().find(|(field, _)| *field == name).map(|(_, word)| text.say(*word));
    rsx! {
        Sheet { title: text.say(Word::Withdraw), on_close,
            form { class: "column", novalidate: true, onsubmit: send,
                TextField {
                    kind: FieldKind::Digits,
                    name: "amount",
                    label: text.say(Word::Amount),
                    hint: text.fill(Word::WithdrawAtMost, [("balance", balance.to_string())]),
                    fault: fault("amount"),
                }
                TextField { kind: FieldKind::Text, name: "bank_name", label: text.say(Word::BankName), fault: fault("bank_name") }
                TextField { kind: FieldKind::Digits, name: "bank_account_number", label: text.say(Word::BankNumber), fault: fault("bank_account_number") }
                TextField { kind: FieldKind::Name, name: "bank_account_name", label: text.say(Word::BankHolder), fault: fault("bank_account_name") }
                Button { kind: ButtonKind::Submit, busy, label: text.say(Word::Withdraw) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_backend_would_refuse_is_not_sent() {
        let request = |typed| top_up(typed, PaymentMethod::EWallet);
        assert!(request("10.000").is_ok());
        assert_eq!(["9.999", "10.000.001"].map(request), [Err(Word::TopUpAmountUnclear), Err(Word::TopUpAmountUnclear)]);
        assert_eq!(request("lima"), Err(Word::AmountUnclear));
        assert_eq!(top_up("10.000", PaymentMethod::Cash), Err(Word::TopUpAmountUnclear));
    }
}
