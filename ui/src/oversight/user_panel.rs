//! Somebody beside the list: the account, the work, the money, the devices; and what can be done.

use dioxus::prelude::*;
use rapi_core::orders::Zone;
use rapi_core::wire::admin::Permission;
use rapi_core::wire::auth::SessionItem;
use rapi_core::{Timestamp, wire::payments::WalletResponse};

use super::Kept;
use super::user::{Deed, RightsView, UserView, WorkView, permission};
use crate::controls::{Awaited, Button, ButtonKind, Choice, Failed, Icon, ManyChips, Notice, Skeleton, Tag, Tone};
use crate::desk::{Fact, Facts, Nothing, Panel, ReasonForm, Section};
use crate::formats::{Zoned, decimal, device, phone, whole};
use crate::orders::ServiceName;
use crate::text::{FluentValue, Text, Word, text};
use crate::vetting::vetting_status;

/// Somebody's account, and what can be done with it. What cannot be taken back is asked twice.
#[component]
pub fn UserPanel(
    view: Awaited<UserView>,
    now: Timestamp,
    #[props(default)] busy: bool,
    /// Hands up what is to be done, and the reason where there is one.
    on_deed: EventHandler<(Deed, String)>,
    /// Hands up everything that an admin may do from now on.
    on_rights: EventHandler<Vec<Permission>>,
    on_retry: EventHandler,
    on_close: EventHandler,
) -> Element {
    let text = text();
    let asking = use_signal(|| None::<Deed>);
    let view = match view {
        Awaited::Here(view) => view,
        Awaited::Loading => return rsx! { Panel { title: text.say(Word::Loading), on_close, Skeleton { lines: 9 } } },
        Awaited::Failed(code) => return rsx! { Panel { title: text.say(Word::AdminUsers), on_close, Failed { code, on_retry } } },
    };
    let (tone, status) = &view.status;
    let mark = rsx! { Tag { tone: *tone, label: status.say(text) } };
    let foot = (!view.deeds.is_empty()).then(|| rsx! { Deeds { deeds: view.deeds.clone(), asking, busy, on_deed } });
    rsx! {
        Panel { title: view.name.clone(), detail: view.kind.say(text), mark, foot, on_close,
            if let Some((reason, at)) = &view.suspended {
                Notice { tone: Tone::Bad, text: text.fill(Word::AdminSuspendedBecause, [("reason", reason.clone()), ("at", moment(*at, text))]) }
            }
            if let Some(until) = view.locked_until {
                Notice { tone: Tone::Warn, text: text.fill(Word::AdminLockedUntil, [("time", Zoned::within(until, Zone::Western).when(now, text))]) }
            }
            Account { view: view.clone() }
            if let Some(work) = &view.work {
                Work { work: work.clone(), vetting: view.vetting.as_ref().map(|status| vetting_status(status).1) }
            }
            Section { heading: text.say(Word::AdminOrders),
                Facts { facts: counts(&view, text) }
            }
            if let Some(wallet) = &view.wallet {
                Section { heading: text.say(Word::AdminWallet), Facts { facts: money(wallet, text) } }
            }
            if let Some(rights) = view.rights.clone() {
                Section { heading: text.say(Word::AdminPermissions), Rights { key: "{rights.held:?}", rights, busy, on_rights } }
            }
            Section { heading: text.say(Word::AdminSessions), Sessions { sessions: view.sessions.clone() } }
        }
    }
}

fn moment(at: Timestamp, text: Text) -> String {
    let at = Zoned::within(at, Zone::Western);
    format!("{}, {}", at.day(text), at.clock_with_zone(text.language()))
}

#[component]
fn Account(view: UserView) -> Element {
    let text = text();
    let proved = |said: String, is_proved: bool| if is_proved { said } else { text.fill(Word::AdminUnproved, [("what", said)]) };
    let mut facts = vec![Fact::new(text.say(Word::AdminEmail), proved(view.email.clone(), view.is_email_proved))];
    if let Some(number) = &view.phone {
        facts.push(Fact::new(text.say(Word::AdminPhone), proved(phone(number), view.is_phone_proved)));
    }
    facts.push(Fact::new(text.say(Word::AdminSince), moment(view.created_at, text)));
    let last = view.last_login.map_or_else(|| text.say(Word::AdminNever), |at| moment(at, text));
    facts.push(Fact::new(text.say(Word::AdminLastLogin), last));
    rsx! {
        Section { heading: text.say(Word::AdminAccount), Facts { facts } }
    }
}

#[component]
fn Work(work: WorkView, vetting: Option<Kept>) -> Element {
    let text = text();
    let mut facts = Vec::new();
    if let Some(vetting) = vetting {
        facts.push(Fact::new(text.say(Word::AdminIdentity), vetting.say(text)));
    }
    facts.push(Fact::new(text.say(Word::AdminReach), text.say(if work.is_online { Word::AdminOnline } else { Word::AdminOffline })));
    if !work.services.is_empty() {
        let services = work.services.iter().map(|slug| ServiceName::Category(slug.clone()).say(text));
        facts.push(Fact::new(text.say(Word::AdminServices), services.collect::<Vec<_>>().join(", ")));
    }
    let stars = work.average.map_or_else(
        || text.say(Word::NoRatingYet),
        |stars| {
            let (stars, said) = (decimal(stars, text.language()), whole(work.ratings, text.language()));
            text.fill(Word::AdminStarsOf, [("stars", FluentValue::from(stars)), ("count", work.ratings.into()), ("said", said.into())])
        },
    );
    facts.push(Fact::new(text.say(Word::AdminStars), stars));
    if let Some(at) = work.seen_at {
        facts.push(Fact::new(text.say(Word::AdminSeen), moment(at, text)));
    }
    rsx! {
        Section { heading: text.say(Word::AdminWork), Facts { facts } }
    }
}

fn counts(view: &UserView, text: Text) -> Vec<Fact> {
    let number = |number: i64| whole(number, text.language());
    vec![
        Fact::new(text.say(Word::AdminOrdersOpen), number(view.orders.open)),
        Fact::new(text.say(Word::AdminStatusCompleted), number(view.orders.completed)),
        Fact::new(text.say(Word::AdminStatusCancelled), number(view.orders.cancelled)),
        Fact::new(text.say(Word::AdminOrdersTotal), number(view.orders.total)),
    ]
}

fn money(wallet: &WalletResponse, text: Text) -> Vec<Fact> {
    vec![
        Fact::new(text.say(Word::AdminBalance), wallet.balance.to_string()),
        Fact::new(text.say(Word::AdminBalancePending), wallet.pending_balance.to_string()),
        Fact::new(text.say(Word::AdminBalanceFrozen), wallet.frozen_balance.to_string()),
    ]
}

/// What an admin may do, to be chosen; saved once something else is chosen.
#[component]
fn Rights(rights: RightsView, busy: bool, on_rights: EventHandler<Vec<Permission>>) -> Element {
    let text = text();
    let mut chosen = use_signal(|| rights.held.clone());
    if !rights.can_change() {
        let held = rights.held.iter().map(|one| text.say(permission(*one))).chain(rights.unknown.iter().cloned());
        return rsx! { p { class: "small", {held.collect::<Vec<_>>().join(", ")} } };
    }
    let same = |one: &Permission| chosen.read().contains(one) == rights.held.contains(one);
    let (is_changed, may_be) = (!Permission::ALL.iter().all(same), rights.may_become(&chosen.read()));
    rsx! {
        ManyChips {
            label: text.say(Word::AdminPermissions),
            choices: Permission::ALL.iter().map(|one| Choice::new(*one, text.say(permission(*one)))).collect::<Vec<_>>(),
            chosen: chosen(),
            on_toggle: move |one| {
                let mut chosen = chosen.write();
                match chosen.iter().position(|held| *held == one) {
                    Some(at) => drop(chosen.remove(at)),
                    None => chosen.push(one),
                }
            },
        }
        if !may_be {
            p { class: "field-fault", role: "alert", {text.say(Word::AdminPermissionsOwn)} }
        } else if is_changed {
            Button { kind: ButtonKind::Primary, small: true, busy, label: text.say(Word::AdminPermissionsSave), on_press: move |()| on_rights.call(chosen.peek().clone()) }
        }
    }
}

/// Devices that are signed in.
#[component]
fn Sessions(sessions: Vec<SessionItem>) -> Element {
    let text = text();
    if sessions.is_empty() {
        return rsx! { Nothing { said: text.say(Word::AdminNoSessions) } };
    }
    rsx! {
        ul { class: "desk-sessions",
            for session in sessions {
                li { key: "{session.id}", class: "desk-session",
                    span { class: "strong break", {session.user_agent.as_deref().map_or_else(|| text.say(Word::AdminDeviceUnknown), device)} }
                    span { class: "small mute",
                        {text.fill(Word::AdminLastUsed, [("at", moment(session.last_used_at, text))])}
                        if let Some(address) = &session.ip_address {
                            " · {address}"
                        }
                    }
                }
            }
        }
    }
}

/// The buttons; whatever hurts asks first.
#[component]
fn Deeds(deeds: Vec<Deed>, asking: Signal<Option<Deed>>, busy: bool, on_deed: EventHandler<(Deed, String)>) -> Element {
    let text = text();
    let mut asking = asking;
    // What was asked about may have been done by now.
    match asking().filter(|deed| deeds.contains(deed)) {
        Some(Deed::Suspend) => rsx! {
            ReasonForm {
                title: text.say(Word::AdminSuspendTitle),
                explained: text.say(Word::AdminSuspendExplained),
                label: text.say(Word::AdminReason),
                templates: [Word::AdminSuspendFraud, Word::AdminSuspendConduct, Word::AdminSuspendShared].map(|word| text.say(word)).to_vec(),
                yes: text.say(Word::AdminSuspendYes),
                busy,
                on_send: move |reason| on_deed.call((Deed::Suspend, reason)),
                on_close: move |()| asking.set(None),
            }
        },
        Some(deed) => rsx! {
            p { class: "strong", {text.say(sure(deed))} }
            div { class: "pair",
                Button { kind: ButtonKind::Line, small: true, label: text.say(Word::Back), on_press: move |()| asking.set(None) }
                Button { kind: ButtonKind::Primary, small: true, busy, label: text.say(name(deed)), on_press: move |()| on_deed.call((deed, String::new())) }
            }
        },
        None => rsx! {
            div { class: "desk-deeds",
                for deed in deeds {
                    Button {
                        key: "{deed:?}",
                        kind: if deed == Deed::Suspend { ButtonKind::Danger } else { ButtonKind::Line },
                        small: true,
                        icon: icon(deed),
                        label: text.say(name(deed)),
                        on_press: move |()| asking.set(Some(deed)),
                    }
                }
            }
        },
    }
}

const fn name(deed: Deed) -> Word {
    match deed {
        Deed::Suspend => Word::AdminSuspend,
        Deed::Reinstate => Word::AdminReinstate,
        Deed::Unlock => Word::AdminUnlock,
        Deed::EndSessions => Word::AdminEndSessions,
    }
}

const fn sure(deed: Deed) -> Word {
    match deed {
        Deed::Suspend => Word::AdminSuspendTitle,
        Deed::Reinstate => Word::AdminReinstateSure,
        Deed::Unlock => Word::AdminUnlockSure,
        Deed::EndSessions => Word::AdminEndSessionsSure,
    }
}

const fn icon(deed: Deed) -> Icon {
    match deed {
        Deed::Suspend => Icon::X,
        Deed::Reinstate => Icon::Check,
        Deed::Unlock => Icon::Lock,
        Deed::EndSessions => Icon::LogOut,
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::admin::AccountStatus;
    use rapi_core::wire::people::UserType;

    use super::super::user::tests::account;
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    #[test]
    fn what_an_admin_may_do_can_be_chosen_and_of_others_nothing_is_said() {
        let html = |kind| {
            drawn(Language::English, move || {
                let mut detail = account(kind, AccountStatus::Active);
                detail.permissions = vec![Permission::Orders.into()];
                let view = UserView::of(&detail, &[], true);
                rsx! {
                    UserPanel { view: Awaited::Here(view), now: Timestamp::default(), on_deed: |_| {}, on_rights: |_| {}, on_retry: |()| {}, on_close: |()| {} }
                }
            })
        };
        let admin = html(UserType::Admin);
        assert_eq!((admin.matches("aria-pressed").count(), admin.matches(r#"aria-pressed="true""#).count()), (6, 1), "{admin}");
        assert!(!admin.contains("Save permissions") && !html(UserType::Client).contains("aria-pressed"));
    }

    #[test]
    fn a_suspended_account_says_why_and_offers_the_way_back() {
        let html = drawn(Language::Indonesian, || {
            let view = UserView::of(&account(UserType::Client, AccountStatus::Suspended), &[], false);
            rsx! {
                UserPanel { view: Awaited::Here(view), now: Timestamp::default(), on_deed: |_| {}, on_rights: |_| {}, on_retry: |()| {}, on_close: |()| {} }
            }
        });
        assert!(html.contains("Penipuan") && html.contains("Pulihkan akun") && !html.contains("Tangguhkan akun"), "{html}");
    }
}
