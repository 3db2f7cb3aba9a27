//! Two admins decide on one thing at once, and a gateway's word that two workers hear.

use std::collections::BTreeSet;

use serde_json::json;

use super::houses::{self, Houses};
use super::*;
use crate::jobs::wallet;

const NOTES: &str = "Nomor rekening tidak cocok";

async fn verification_decided_twice(houses: &Houses, admins: &[Client; 2], round: usize) {
    let applicant = houses.any().applicant().await;
    let queue = admins[0].get("admin/verifications?status=PENDING&limit=100").await.expect(200);
    let hers = queue["items"].as_array().unwrap().iter().find(|item| item["user"]["id"] == applicant.id.as_str()).unwrap();
    let path = |word: &str| format!("admin/verifications/{}/{word}", hers["id"].as_str().unwrap());
    let calls = vec![
        (&admins[0], path("approve"), json!({})),
        (&admins[1], path("reject"), json!({ "rejection_reason": "Foto buram" })),
        (&admins[1], path("approve"), json!({})),
    ];
    let replies = houses.at_once(round, calls).await;
    let expected = BTreeMap::from([("200".to_owned(), 1), ("409 already_decided".to_owned(), 2)]);
    assert_eq!(outcomes(&replies), expected);
    let status = if replies[1].status == 200 { "REJECTED" } else { "APPROVED" };
    let stands = applicant.get("me/verification").await.expect(200);
    assert_eq!((&stands["status"], stands["rejection_reason"].is_string()), (&json!(status), status == "REJECTED"));
    let told = until("the decision", async || {
        let told = feed(&applicant).await;
        told.iter().any(|event| event["data"]["status"] == status).then_some(told)
    })
    .await;
    let said: Vec<_> = told.iter().filter(|event| event["type"] == "verification.changed").map(|event| &event["data"]["status"]).collect();
    assert_eq!(said, [&json!("PENDING"), &json!(status)]);
}

async fn asked(provider: &Client) -> String {
    let body = json!({ "amount": 20_000, "bank_name": "BCA", "bank_account_number": "1234567890", "bank_account_name": "Wati" });
    provider.post("wallet/withdrawals", body).await.expect(201)["id"].as_str().unwrap().to_owned()
}

/// A pending one may be approved and then still be rejected; an approved one is completed or rejected.
async fn withdrawal_decided_twice(houses: &Houses, cast: &Cast, admins: &[Client; 2], round: usize) {
    let provider = &cast.providers[0];
    let [before, ..] = wallet(provider).await;
    let withdrawal = asked(provider).await;
    assert_eq!(wallet(provider).await, [before - 20_000, 0, 20_000]);
    let path = |word: &str| format!("admin/withdrawals/{withdrawal}/{word}");
    let reject = || (&admins[1], path("reject"), json!({ "admin_notes": NOTES }));
    let replies = houses.at_once(round, vec![(&admins[0], path("approve"), json!({})), reject()]).await;
    assert!(["200", "409 invalid_transition"].contains(&outcome(&replies[0]).as_str()) && replies[1].status == 200, "{replies:?}");
    assert_eq!(wallet(provider).await, [before, 0, 0], "given back once");

    let withdrawal = asked(provider).await;
    let path = |word: &str| format!("admin/withdrawals/{withdrawal}/{word}");
    admins[0].post(&path("approve"), json!({})).await.expect(200);
    let reject = || (&admins[1], path("reject"), json!({ "admin_notes": NOTES }));
    let complete = || (&admins[0], path("complete"), json!({}));
    let replies = houses.at_once(round, vec![complete(), reject(), complete(), reject()]).await;
    let of_each: Vec<_> = replies.iter().map(outcome).collect();
    let (lost, won) = ("409 invalid_transition", "200");
    if of_each[0] == won {
        assert_eq!(of_each, [won, lost, won, lost]);
        assert_eq!(wallet(provider).await, [before - 20_000, 0, 0]);
    } else {
        assert_eq!(of_each, [lost, won, lost, won]);
        assert_eq!(wallet(provider).await, [before, 0, 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_admins_decide_at_once_is_decided_once() {
    houses::on_both(async |houses| {
        let cast = houses.cast(1).await;
        let admins = [cast.admin.clone(), houses.any().admin().await];
        houses.fund(&cast.client, 10_000_000).await;
        let rounds = rounds(10);
        for _ in 0..rounds.div_ceil(3) {
            spending::worked(&houses, &cast.client, &cast.providers[0], 0).await;
            spending::paid(&houses, &cast, 0).await;
        }
        for round in 0..rounds {
            verification_decided_twice(&houses, &admins, round).await;
            withdrawal_decided_twice(&houses, &cast, &admins, round).await;
        }
        houses.end().await;
    })
    .await;
}

/// The simulated gateway is asked by whichever worker comes first; both processes have workers, and look at the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn a_top_up_is_credited_once_whichever_worker_hears_of_it() {
    houses::on_both(async |houses| {
        let client = houses.any().client().await;
        let body = |number: usize| json!({ "amount": 10_000 + number, "payment_method": "E_WALLET" });
        let count = rounds(2);
        let calls = (0..count).map(|number| (&client, "wallet/top-ups".to_owned(), body(number))).collect();
        let asked = houses.at_once(0, calls).await;
        assert_eq!(outcomes(&asked), BTreeMap::from([("201".to_owned(), count)]));
        let ids: BTreeSet<_> = asked.iter().map(|reply| reply.body["id"].as_str().unwrap()).collect();
        let told = until("every top-up", async || {
            let told = feed(&client).await;
            (told.iter().filter(|event| event["type"] == "payment.changed").count() >= count).then_some(told)
        })
        .await;
        let settled = told.iter().filter(|event| event["type"] == "payment.changed" && event["data"]["status"] == "COMPLETED");
        let settled: Vec<_> = settled.map(|event| event["data"]["reference_id"].as_str().unwrap()).collect();
        assert_eq!((settled.len(), settled.iter().copied().collect::<BTreeSet<_>>()), (count, ids));
        let sum: usize = (0..count).map(|number| 10_000 + number).sum();
        assert_eq!(wallet(&client).await, [i64::try_from(sum).unwrap(), 0, 0]);
        houses.end().await;
    })
    .await;
}
