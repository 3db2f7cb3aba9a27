//! Many hands in one wallet.

use serde_json::json;

use super::houses::{self, Houses};
use super::*;
use crate::jobs::wallet;

/// An order whose work is done and whose bill of [`PRICE`] is open.
pub(super) async fn worked(houses: &Houses, client: &Client, provider: &Client, number: usize) -> String {
    let order = houses.ordered(number, client).await;
    let provider = houses.at(number, provider);
    for step in ["accept", "depart", "arrive", "work-session/start", "work-session/stop"] {
        provider.post(&format!("orders/{order}/{step}"), json!({})).await.expect(200);
    }
    order
}

/// Pays the newest order of the client from the wallet.
pub(super) async fn paid(houses: &Houses, cast: &Cast, number: usize) {
    let client = houses.at(number, &cast.client);
    let newest = client.get("orders?limit=1").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    client.post(&format!("orders/{newest}/payment/pay"), json!({ "payment_method": "WALLET" })).await.expect(200);
}

/// So many hands, and money for so many of them.
const HANDS: usize = 50;
const ENOUGH_FOR: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn fifty_who_spend_one_wallet_at_once_leave_it_exactly_right() {
    houses::on_both(async |houses| {
        let cast = houses.cast(5).await;
        houses.fund(&cast.client, i64::try_from(ENOUGH_FOR).unwrap() * PRICE + PRICE / 2).await;
        let jobs = cast.providers.iter().map(async |provider| {
            let mut orders = Vec::new();
            for number in 0..HANDS / 5 {
                orders.push(worked(&houses, &cast.client, provider, number).await);
            }
            orders
        });
        let orders = join_all(jobs).await.concat();
        let pay = |order: &String| (&cast.client, format!("orders/{order}/payment/pay"), json!({ "payment_method": "WALLET" }));
        let replies = houses.at_once(0, orders.iter().map(pay).collect()).await;
        let expected = BTreeMap::from([("200".to_owned(), ENOUGH_FOR), ("422 insufficient_balance".to_owned(), HANDS - ENOUGH_FOR)]);
        assert_eq!(outcomes(&replies), expected);
        assert_eq!(wallet(&cast.client).await, [PRICE / 2, 0, 0]);
        let statement = cast.client.get("wallet/transactions?limit=100").await.expect(200);
        let mut balances: Vec<_> =
            statement["items"].as_array().unwrap().iter().map(|line| line["balance_after"].as_i64().unwrap()).collect();
        balances.reverse();
        let falling = (0..=ENOUGH_FOR).rev().map(|left| PRICE / 2 + i64::try_from(left).unwrap() * PRICE);
        assert_eq!(balances, falling.collect::<Vec<_>>(), "one line a payment, each below the one before");

        // What was paid is what the providers have; now fifty hands in one of their wallets.
        let mut earned = Vec::new();
        for provider in &cast.providers {
            earned.push(wallet(provider).await);
        }
        let sum = |index: usize| earned.iter().map(|wallet| wallet[index]).sum::<i64>();
        assert_eq!(sum(0), i64::try_from(ENOUGH_FOR).unwrap() * EARNINGS);
        assert_eq!(sum(1), i64::try_from(HANDS - ENOUGH_FOR).unwrap() * EARNINGS, "what is not paid yet is pending");
        let (richest, before) = cast.providers.iter().zip(&earned).max_by_key(|(_, wallet)| wallet[0]).unwrap();
        let amount = 25_000;
        let body = json!({ "amount": amount, "bank_name": "BCA", "bank_account_number": "1234567890", "bank_account_name": "Wati" });
        let hands = (0..HANDS).map(|_| (richest, "wallet/withdrawals".to_owned(), body.clone())).collect();
        let replies = houses.at_once(1, hands).await;
        let fits = before[0] / amount;
        let fitting = usize::try_from(fits).unwrap();
        let expected = BTreeMap::from([("201".to_owned(), fitting), ("422 insufficient_balance".to_owned(), HANDS - fitting)]);
        assert_eq!(outcomes(&replies), expected);
        assert_eq!(wallet(richest).await, [before[0] - fits * amount, before[1], fits * amount]);
        houses.end().await;
    })
    .await;
}
