//! 32 providers reach for one order, round after round.

use std::collections::BTreeMap;

use serde_json::json;

use super::houses::{self, Houses};
use super::*;

/// Why each order was closed to a provider; `None` where it was not.
type Closed = BTreeMap<String, Option<&'static str>>;

/// What each of the 32 must have been told in the end.
struct Race<'a> {
    houses: &'a Houses,
    cast: &'a Cast,
    closed: Vec<Closed>,
}

impl Race<'_> {
    /// An order, and everybody's answers to accepting it while `others` happen, too.
    async fn accepted_by_all(&self, round: usize, others: Vec<(&Client, &str, Value)>) -> (String, Vec<Reply>, Vec<Reply>) {
        self.still_here(round).await;
        let order = self.houses.ordered(round, &self.cast.client).await;
        let accept = |who| (who, format!("orders/{order}/accept"), json!({}));
        let mut calls: Vec<_> = self.cast.providers.iter().map(accept).collect();
        calls.extend(others.into_iter().map(|(who, step, body)| (who, format!("orders/{order}/{step}"), body)));
        let mut replies = self.houses.at_once(round, calls).await;
        let others = replies.split_off(self.cast.providers.len());
        (order, replies, others)
    }

    /// Positions count for ten minutes.
    async fn still_here(&self, round: usize) {
        if round % 500 == 499 {
            for (number, provider) in self.cast.providers.iter().enumerate() {
                let here = json!({ "is_available": true, "latitude": HOME.0 + number as f64 * 0.0005, "longitude": HOME.1 });
                provider.put("me/availability", here).await.expect(200);
            }
        }
    }

    fn expect(&mut self, order: &str, winner: Option<usize>, reason: &'static str) {
        for (number, closed) in self.closed.iter_mut().enumerate() {
            closed.insert(order.to_owned(), (Some(number) != winner).then_some(reason));
        }
    }

    /// One takes it, 31 hear that it is taken; then it is called off, so that she is free again.
    async fn one_wins(&mut self, round: usize) {
        let (order, replies, _) = self.accepted_by_all(round, Vec::new()).await;
        let expected = BTreeMap::from([("200".to_owned(), 1), ("409 order_already_taken".to_owned(), self.cast.providers.len() - 1)]);
        assert_eq!(outcomes(&replies), expected, "round {round}");
        let number = replies.iter().position(|reply| reply.status == 200).unwrap();
        let winner = self.houses.at(round + 1, &self.cast.providers[number]);
        let client = self.houses.at(round, &self.cast.client);
        let taken = client.get(&format!("orders/{order}")).await.expect(200);
        assert_eq!((&taken["status"], &taken["provider"]["id"]), (&json!("ACCEPTED"), &json!(winner.id)));
        assert_eq!(timeline(&client, &order).await, ["PENDING", "ACCEPTED"]);
        let hers = winner.get("orders?status=ACCEPTED").await.expect(200);
        assert_eq!(hers["items"].as_array().unwrap().iter().map(|job| &job["id"]).collect::<Vec<_>>(), [&json!(order)]);
        for who in [&winner, &self.cast.providers[(number + 1) % replies.len()]] {
            assert_eq!(who.get("orders/offers").await.expect(200)["items"], json!([]), "an offer of an order that is taken");
        }
        let off = if round.is_multiple_of(2) { &winner } else { &client };
        off.post(&format!("orders/{order}/cancel"), json!({ "cancellation_reason": "Berikutnya" })).await.expect(200);
        self.expect(&order, Some(number), "taken");
    }

    /// The client calls it off at the same time: somebody has had it, or nobody.
    async fn one_wins_or_none(&mut self, round: usize) {
        let cancel = (&self.cast.client, "cancel", json!({ "cancellation_reason": "Berubah pikiran" }));
        let (order, replies, cancelled) = self.accepted_by_all(round, vec![cancel]).await;
        assert_eq!(outcome(&cancelled[0]), "200");
        let winners: Vec<_> = (0..replies.len()).filter(|number| replies[*number].status == 200).collect();
        let legal = ["200", "409 order_already_taken", "409 invalid_transition"];
        assert!(outcomes(&replies).keys().all(|outcome| legal.contains(&outcome.as_str())), "{:?}", outcomes(&replies));
        let reached = timeline(&self.cast.client, &order).await;
        match winners[..] {
            [] => assert_eq!(reached, ["PENDING", "CANCELLED"]),
            [_] => assert_eq!(reached, ["PENDING", "ACCEPTED", "CANCELLED"]),
            _ => panic!("won by {winners:?}"),
        }
        self.expect(&order, winners.first().copied(), if winners.is_empty() { "cancelled" } else { "taken" });
    }

    /// Each was offered every order once, and told once of each that it was closed to her.
    async fn everybody_was_told(&self) {
        for (provider, closed) in self.cast.providers.iter().zip(&self.closed) {
            let expected = closed.values().flatten().count();
            let told = until("the last closed offer", async || {
                let told = feed(provider).await;
                (told.iter().filter(|event| event["type"] == "offer.closed").count() >= expected).then_some(told)
            })
            .await;
            let mut heard: BTreeMap<(&str, &str), Vec<&Value>> = BTreeMap::new();
            for event in &told {
                let order = event["data"]["order_id"].as_str().unwrap_or_default();
                heard.entry((event["type"].as_str().unwrap(), order)).or_default().push(&event["data"]["reason"]);
            }
            for (order, reason) in closed {
                assert_eq!(heard.get(&("offer.new", order.as_str())).map(Vec::len), Some(1), "offers of {order}");
                let said = heard.get(&("offer.closed", order.as_str())).cloned().unwrap_or_default();
                assert_eq!(said, reason.map(Value::from).iter().collect::<Vec<_>>(), "{order} is closed");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_32_who_accept_at_once_one_wins_in_every_round() {
    houses::on_both(async |houses| {
        let cast = houses.cast(32).await;
        let mut race = Race { houses: &houses, cast: &cast, closed: vec![Closed::new(); 32] };
        let started = houses.any().now();
        for round in 0..rounds(1) {
            race.one_wins(round).await;
        }
        let took = houses.any().now().since(started);
        let each = took / u32::try_from(rounds(1)).unwrap();
        println!("{} rounds of 32 on {} processes: {each:?} each", rounds(1), houses.count());
        for round in 0..rounds(10) {
            race.one_wins_or_none(round).await;
        }
        race.everybody_was_told().await;
        houses.end().await;
    })
    .await;
}
