//! Earnings on their way to the bank, and what an admin decides on them.

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::orders::Zone;
use rapi_core::values::{Id, User};
use rapi_core::wire::OrUnknown;
use rapi_core::wire::admin::{AdminWithdrawalItem, WithdrawalsSort};
use rapi_core::wire::payments::WithdrawalStatus;

use crate::controls::{Button, ButtonKind, Chips, Choice, Empty, Icon, ListState, Notice, Tag, TagTone, Tone};
use crate::desk::{Cell, Column, Fact, Facts, Head, Panel, ReasonForm, Row, Rows, Section, Sorting, Table};
use crate::formats::Zoned;
use crate::oversight::{Kept, time_cell};
use crate::text::{Text, Word, text};

/// What can be done with a withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payout {
    /// The transfer is on its way.
    Approve,
    /// The bank has the money.
    Complete,
    /// The money goes back to the provider's balance.
    Reject,
}

impl Payout {
    /// What can be done with a withdrawal that has come so far.
    #[must_use]
    pub fn of(status: &OrUnknown<WithdrawalStatus>) -> &'static [Self] {
        match status.known() {
            Some(WithdrawalStatus::Pending) => &[Self::Reject, Self::Approve],
            Some(WithdrawalStatus::Processing) => &[Self::Reject, Self::Complete],
            _ => &[],
        }
    }
}

fn status_of(status: &OrUnknown<WithdrawalStatus>) -> (TagTone, Kept) {
    match status {
        OrUnknown::Known(WithdrawalStatus::Pending) => (TagTone::Warn, Kept::Word(Word::AdminPayoutPending)),
        OrUnknown::Known(WithdrawalStatus::Processing) => (TagTone::Info, Kept::Word(Word::AdminPayoutProcessing)),
        OrUnknown::Known(WithdrawalStatus::Completed) => (TagTone::Good, Kept::Word(Word::AdminPayoutCompleted)),
        OrUnknown::Known(WithdrawalStatus::Rejected) => (TagTone::Quiet, Kept::Word(Word::AdminPayoutRejected)),
        OrUnknown::Unknown(other) => (TagTone::Quiet, Kept::Text(other.clone())),
    }
}

/// The columns of the list.
#[must_use]
pub fn withdrawal_columns(text: Text) -> Vec<Column> {
    vec![
        Column::new(text.say(Word::AdminOrderNumber), "1fr"),
        Column::new(text.say(Word::RoleProvider), "1.3fr"),
        Column::new(text.say(Word::AdminValue), "0.9fr").at_end().sorting_all(),
        Column::new(text.say(Word::AdminBank), "1.2fr").with_second(text.say(Word::AdminAccountNumber)).giving_way(),
        Column::new(text.say(Word::AdminStatus), "1.3fr"),
        Column::new(text.say(Word::AdminAsked), "1.1fr").giving_way().sorting_all(),
    ]
}

/// What the backend is asked for, when the list is sorted so.
#[must_use]
pub const fn withdrawal_sort(sorting: Option<Sorting>) -> Option<WithdrawalsSort> {
    match sorting {
        Some(Sorting { column: 2, is_down: false }) => Some(WithdrawalsSort::Amount),
        Some(Sorting { column: 2, is_down: true }) => Some(WithdrawalsSort::AmountDesc),
        Some(Sorting { column: 5, is_down: false }) => Some(WithdrawalsSort::Oldest),
        _ => None,
    }
}

/// A line of the list.
#[must_use]
pub fn withdrawal_row(item: &AdminWithdrawalItem, now: Timestamp, text: Text) -> Row {
    let withdrawal = &item.withdrawal;
    let (tone, status) = status_of(&withdrawal.status);
    let cells = vec![
        Cell::words(&withdrawal.withdrawal_number),
        Cell::words(item.provider_name.as_deref().unwrap_or("–")),
        Cell::money(withdrawal.amount),
        Cell::words(&withdrawal.bank_name).with(&withdrawal.bank_account_number_masked),
        Cell::tag(tone, status.say(text)),
        time_cell(withdrawal.created_at, now, text),
    ];
    Row { key: withdrawal.id.to_string(), cells }
}

/// All withdrawals, one of them open beside.
#[component]
pub fn WithdrawalsScreen(
    rows: ReadSignal<Rows>,
    state: ListState,
    /// How the list as a whole is sorted, unless newest first.
    sorting: Option<Sorting>,
    filter: Option<WithdrawalStatus>,
    open: Option<String>,
    panel: Option<Element>,
    #[props(default)] saving: bool,
    on_filter: EventHandler<Option<WithdrawalStatus>>,
    on_sort: EventHandler<Option<Sorting>>,
    on_open: EventHandler<String>,
    on_more: EventHandler,
    on_retry: EventHandler,
    on_csv: EventHandler,
) -> Element {
    let text = text();
    let choices = std::iter::once(Choice::new(None, text.say(Word::AdminAll)));
    let known = WithdrawalStatus::ALL.iter().map(|status| Choice::new(Some(*status), status_of(&(*status).into()).1.say(text)));
    let choices = choices.chain(known).collect();
    let filters = rsx! { Chips { label: text.say(Word::AdminStatus), choices, chosen: Some(filter), on_choose: on_filter } };
    let (title, advice) = if filter.is_some() {
        (Word::AdminNothingFound, Word::AdminNothingFoundAdvice)
    } else {
        (Word::AdminPayoutsEmpty, Word::AdminPayoutsEmptyAdvice)
    };
    let empty = rsx! { Empty { icon: Icon::Banknote, title: text.say(title), advice: text.say(advice) } };
    rsx! {
        main { class: "desk",
            Head { title: text.say(Word::AdminWithdrawals), on_csv, saving, filters }
            div { class: "desk-split",
                Table { label: text.say(Word::AdminWithdrawals), columns: withdrawal_columns(text), rows, state, open, empty, sorting, on_sort, on_open, on_more, on_retry }
                {panel}
            }
        }
    }
}

/// A withdrawal beside the list: where the money goes, and the decision, asked twice.
#[component]
pub fn WithdrawalPanel(
    item: AdminWithdrawalItem,
    #[props(default)] busy: bool,
    /// Hands up the decision, and the reason where there is one.
    on_decide: EventHandler<(Payout, String)>,
    on_person: EventHandler<Id<User>>,
    on_close: EventHandler,
) -> Element {
    let text = text();
    let mut asking = use_signal(|| None::<Payout>);
    let withdrawal = &item.withdrawal;
    let (tone, status) = status_of(&withdrawal.status);
    let payouts = Payout::of(&withdrawal.status);
    let foot = (!payouts.is_empty()).then(|| rsx! { Decision { payouts: payouts.to_vec(), asking, busy, on_decide } });
    let number = item
        .bank_account_number
        .as_ref()
        .map_or_else(|| withdrawal.bank_account_number_masked.clone(), |number| number.expose().to_owned());
    let moment = |at: Timestamp| {
        let at = Zoned::within(at, Zone::Western);
        format!("{}, {}", at.day(text), at.clock_with_zone(text.language()))
    };
    let mut dates = vec![Fact::new(text.say(Word::AdminAsked), moment(withdrawal.created_at))];
    if let Some(at) = withdrawal.processed_at {
        dates.push(Fact::new(text.say(Word::AdminDecided), moment(at)));
    }
    let bank = vec![
        Fact::new(text.say(Word::AdminBank), withdrawal.bank_name.clone()),
        Fact::new(text.say(Word::AdminAccountNumber), number),
        Fact::new(text.say(Word::AdminAccountName), withdrawal.bank_account_name.clone()),
    ];
    let provider = item.provider_id;
    // What was asked about may have been decided by now.
    if asking().is_some_and(|payout| !payouts.contains(&payout)) {
        asking.set(None);
    }
    rsx! {
        Panel { title: withdrawal.amount.to_string(), detail: withdrawal.withdrawal_number.clone(), mark: rsx! { Tag { tone, label: status.say(text) } }, foot, on_close,
            if let Some(notes) = &withdrawal.admin_notes {
                Notice { tone: Tone::Info, text: text.fill(Word::AdminNotes, [("notes", notes.clone())]) }
            }
            button { class: "desk-party", r#type: "button", onclick: move |_| on_person.call(provider),
                span { class: "tiny mute", {text.say(Word::RoleProvider)} }
                span { class: "strong break", {item.provider_name.clone().unwrap_or_else(|| "–".to_owned())} }
            }
            Section { heading: text.say(Word::AdminBankAccount), Facts { facts: bank } }
            Section { heading: text.say(Word::AdminTimeline), Facts { facts: dates } }
        }
    }
}

#[component]
fn Decision(payouts: Vec<Payout>, asking: Signal<Option<Payout>>, busy: bool, on_decide: EventHandler<(Payout, String)>) -> Element {
    let text = text();
    let mut asking = asking;
    match asking() {
        Some(Payout::Reject) => rsx! {
            ReasonForm {
                title: text.say(Word::AdminPayoutRejectTitle),
                explained: text.say(Word::AdminPayoutRejectExplained),
                label: text.say(Word::AdminPayoutNotes),
                templates: [Word::AdminPayoutWrongAccount, Word::AdminPayoutWrongName].map(|word| text.say(word)).to_vec(),
                yes: text.say(Word::AdminPayoutReject),
                busy,
                on_send: move |notes| on_decide.call((Payout::Reject, notes)),
                on_close: move |()| asking.set(None),
            }
        },
        Some(payout) => rsx! {
            p { class: "strong", {text.say(if payout == Payout::Approve { Word::AdminPayoutApproveSure } else { Word::AdminPayoutCompleteSure })} }
            div { class: "pair",
                Button { kind: ButtonKind::Line, small: true, label: text.say(Word::Back), on_press: move |()| asking.set(None) }
                Button { kind: ButtonKind::Primary, small: true, busy, label: text.say(name(payout)), on_press: move |()| on_decide.call((payout, String::new())) }
            }
        },
        None => rsx! {
            div { class: "pair",
                for payout in payouts {
                    Button {
                        key: "{payout:?}",
                        kind: if payout == Payout::Reject { ButtonKind::Danger } else { ButtonKind::Primary },
                        small: true,
                        label: text.say(name(payout)),
                        on_press: move |()| asking.set(Some(payout)),
                    }
                }
            }
        },
    }
}

const fn name(payout: Payout) -> Word {
    match payout {
        Payout::Approve => Word::AdminPayoutApprove,
        Payout::Complete => Word::AdminPayoutComplete,
        Payout::Reject => Word::AdminPayoutReject,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_that_is_in_the_bank_or_was_given_back_is_decided_on_no_more() {
        let of = |status: WithdrawalStatus| Payout::of(&status.into());
        assert_eq!(of(WithdrawalStatus::Pending), [Payout::Reject, Payout::Approve]);
        assert_eq!(of(WithdrawalStatus::Processing), [Payout::Reject, Payout::Complete]);
        assert_eq!([of(WithdrawalStatus::Completed), of(WithdrawalStatus::Rejected)], [[]; 2]);
    }
}
