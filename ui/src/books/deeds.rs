//! What admins did, in words.

use rapi_core::Rupiah;
use rapi_core::wire::admin::Permission;
use serde_json::Value;

use crate::oversight::permission;
use crate::text::{Text, Word};

/// What a deed is called.
pub(super) fn deed(action: &str) -> Option<Word> {
    Some(match action {
        "category.add" => Word::AdminDeedCategoryAdd,
        "category.change" => Word::AdminDeedCategoryChange,
        "order.cancel" => Word::AdminDeedOrderCancel,
        "user.permissions" => Word::AdminDeedUserPermissions,
        "user.reinstate" => Word::AdminDeedUserReinstate,
        "user.sign_out" => Word::AdminDeedUserSignOut,
        "user.suspend" => Word::AdminDeedUserSuspend,
        "user.unlock" => Word::AdminDeedUserUnlock,
        "verification.approve" => Word::AdminDeedVerificationApprove,
        "verification.reject" => Word::AdminDeedVerificationReject,
        "verification.view" => Word::AdminDeedVerificationView,
        "withdrawal.approve" => Word::AdminDeedWithdrawalApprove,
        "withdrawal.complete" => Word::AdminDeedWithdrawalComplete,
        "withdrawal.reject" => Word::AdminDeedWithdrawalReject,
        _ => return None,
    })
}

/// What kind of thing it was done to; a kind from the future keeps its name.
pub(super) fn subject(kind: &str, text: Text) -> String {
    let word = match kind {
        "category" => Word::AdminCategory,
        "order" => Word::OrderTitle,
        "user" => Word::AdminAccount,
        "verification" => Word::AdminVerification,
        "withdrawal" => Word::AdminWithdrawals,
        other => return other.to_owned(),
    };
    text.say(word)
}

/// `Alasan: hujan · Jumlah: Rp50.000`, without what is absent and without ids, which say nothing to people.
pub(super) fn in_a_line(details: &Value, text: Text) -> String {
    let told = facts(details, text).into_iter().filter(|fact| fact.name != text.say(Word::AdminAccount));
    told.map(|fact| fact.said()).collect::<Vec<_>>().join(" · ")
}

/// A detail of a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Detail {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub value: String,
}

impl Detail {
    fn said(&self) -> String {
        if self.name.is_empty() { self.value.clone() } else { format!("{}: {}", self.name, self.value) }
    }
}

/// The details of a deed, without what is absent.
pub(super) fn facts(details: &Value, text: Text) -> Vec<Detail> {
    let detail = |name: &str, value: &Value| Some(Detail { name: called(name, text), value: valued(name, value, text)? });
    match details {
        Value::Object(fields) => fields.iter().filter_map(|(name, value)| detail(name, value)).collect(),
        other => detail("", other).into_iter().collect(),
    }
}

/// What a field is called; one from the future keeps its name.
fn called(field: &str, text: Text) -> String {
    let word = match field {
        "amount" => Word::Amount,
        "base_rate_per_5_minutes" => Word::AdminCategoryRate,
        "description" => Word::AdminCategoryDescription,
        "display_order" => Word::AdminCategoryPlace,
        "icon" => Word::AdminCategoryIcon,
        "is_active" => Word::AdminStatus,
        "name" => Word::AdminName,
        "permissions" => Word::AdminPermissions,
        "reason" | "rejection_reason" => Word::AdminReason,
        "slug" => Word::AdminCategorySlug,
        "user_id" => Word::AdminAccount,
        "withdrawal_number" => Word::AdminOrderNumber,
        other => return other.to_owned(),
    };
    text.say(word)
}

fn valued(field: &str, value: &Value, text: Text) -> Option<String> {
    Some(match (field, value) {
        (_, Value::Null) => return None,
        ("amount" | "base_rate_per_5_minutes", Value::Number(amount)) => Rupiah::new(amount.as_i64()?).to_string(),
        ("is_active", Value::Bool(is_active)) => text.say(if *is_active { Word::AdminCategoryOn } else { Word::AdminCategoryOff }),
        ("permissions", Value::Array(held)) => held.iter().map(|one| right(one, text)).collect::<Vec<_>>().join(", "),
        (_, Value::String(words)) => words.clone(),
        (_, other) => other.to_string(),
    })
}

fn right(name: &Value, text: Text) -> String {
    let known = serde_json::from_value::<Permission>(name.clone()).ok();
    known.map_or_else(|| name.as_str().unwrap_or_default().to_owned(), |held| text.say(permission(held)))
}

#[cfg(test)]
mod tests {
    use dioxus::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::drawn::drawn;
    use crate::text::{Language, text};

    fn line(details: Value) -> String {
        drawn(Language::Indonesian, move || rsx! { {in_a_line(&details, text())} })
    }

    #[test]
    fn details_stand_in_a_line_without_what_is_absent_and_without_ids() {
        assert_eq!(line(json!({ "reason": "hujan", "rejection_reason": null, "user_id": "01a2" })), "Alasan: hujan");
        assert_eq!(line(json!({ "amount": 50_000, "withdrawal_number": "WD-1" })), "Jumlah: Rp50.000 · Nomor: WD-1");
        assert_eq!(line(Value::Null), "");
    }

    #[test]
    fn what_an_admin_may_is_told_in_words() {
        let said = line(json!({ "permissions": ["MONEY", "money", "teleport"] }));
        assert!(said.contains("Keuangan") && said.contains("teleport"), "{said}");
    }

    #[test]
    fn a_field_from_the_future_keeps_its_name() {
        assert_eq!(line(json!({ "count": 2 })), "count: 2");
    }

    #[test]
    fn a_deed_from_the_future_keeps_its_name() {
        assert_eq!([deed("order.cancel"), deed("order.teleport")], [Some(Word::AdminDeedOrderCancel), None]);
    }
}
