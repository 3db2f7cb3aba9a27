//! Looking at everything there is to see, by everybody who may, and holding it against the model.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::cast::{Cast, Proof, until_quiet};
use super::views::{difference, time};
use super::world::{Subject, Telling, Who};

/// An event as the model tells it: about what, what, and when.
type Heard = (String, String, Value);

fn same(what: &str, expected: &Value, actual: &Value) -> Proof {
    difference(expected, actual).map_or(Ok(()), |difference| Err(format!("{what}{difference}")))
}

impl Cast<'_> {
    /// Whatever somebody heard of since the last look, and everybody who heard of anything.
    pub async fn look(&mut self) -> Proof {
        let moved: BTreeSet<Subject> = self.world.told.iter().map(|one| one.subject).collect();
        let concerned: BTreeSet<Who> = self.world.told.iter().map(|one| one.who).collect();
        let moved = moved.into_iter().filter_map(|subject| if let Subject::Order(order) = subject { Some(order) } else { None });
        self.look_at(moved.collect(), concerned).await
    }

    /// Everything there is.
    pub async fn look_at_everything(&mut self) -> Proof {
        self.look_at((0..self.world.orders.len()).collect(), self.people.keys().copied().collect()).await?;
        let books = self.read(Who::Admin, "admin/ledger/check").await;
        same("the books", &json!({ "is_balanced": true, "sum": 0 }), &books)
    }

    /// Looks once nothing moves any more; at every feed, for it must not have grown unforeseen.
    async fn look_at(&mut self, orders: Vec<usize>, concerned: BTreeSet<Who>) -> Proof {
        until_quiet(self.backend).await;
        for order in orders {
            self.look_at_order(order).await?;
        }
        let everybody: Vec<Who> = self.people.keys().copied().collect();
        for who in everybody {
            self.look_at_feed(who).await?;
            if who != Who::Admin && concerned.contains(&who) {
                self.look_at_money(who).await?;
                self.look_at_lists(who).await?;
            }
        }
        Ok(())
    }

    async fn read(&self, who: Who, path: &str) -> Value {
        self.people[&who].get(path).await.expect(200)
    }

    async fn look_at_order(&self, order: usize) -> Proof {
        let id = &self.world.orders[order].id;
        for (who, person) in &self.people {
            let seen = person.get(&format!("orders/{id}")).await;
            match self.world.order_for(order, *who) {
                Some(expected) => same(&format!("order {order} for {who:?}: {}", seen.status), &expected, &seen.body)?,
                None if seen.status == 404 => {}
                None => return Err(format!("{who:?} sees order {order}: {} {}", seen.status, seen.body)),
            }
        }
        let client = Who::Client(self.world.orders[order].client);
        let steps = self.read(client, &format!("orders/{id}/timeline")).await;
        same(&format!("the timeline of order {order}"), &self.world.timeline_of(order), &steps)?;
        let mut why = self.read(Who::Admin, &format!("admin/orders/{id}/dispatch")).await;
        let number = |one: &Value| self.world.people.values().position(|person| one["provider_id"] == *person.id);
        why["candidates"].as_array_mut().unwrap().sort_by_key(number);
        same(&format!("the dispatch of order {order}"), &self.world.dispatch_of(order), &why["candidates"])
    }

    async fn look_at_money(&self, who: Who) -> Proof {
        same(&format!("the wallet of {who:?}"), &self.world.wallet_of(who), &self.read(who, "wallet").await)?;
        let statement = self.read(who, "wallet/transactions?limit=100").await;
        same(&format!("the statement of {who:?}"), &self.world.statement_of(who), &statement["items"])?;
        let (path, all) = match who {
            Who::Client(_) => ("wallet/top-ups?limit=100", &self.world.top_ups),
            _ => ("wallet/withdrawals?limit=100", &self.world.withdrawals),
        };
        same(&format!("{path} of {who:?}"), &self.world.transfers_of(all, who), &self.read(who, path).await["items"])
    }

    async fn look_at_lists(&self, who: Who) -> Proof {
        let hers = self.world.orders.iter().rev().filter(|order| order.people().contains(&who));
        let hers: Value = hers.map(|order| json!({ "id": order.id, "status": order.stage.status() })).collect();
        same(&format!("the orders of {who:?}"), &hers, &self.read(who, "orders?limit=100").await["items"])?;
        let Who::Provider(number) = who else { return Ok(()) };
        let open = self.world.orders.iter().filter(|order| order.is_open_to(number, self.world.now));
        let open: BTreeMap<String, Value> = open.map(|order| (order.id.clone(), order.offers_end().map_or(Value::Null, time))).collect();
        let offers = self.read(who, "orders/offers?limit=100").await;
        let offers = offers["items"].as_array().unwrap().iter();
        let offers: BTreeMap<String, Value> =
            offers.map(|offer| (offer["id"].as_str().unwrap().to_owned(), offer["offer_expires_at"].clone())).collect();
        if offers != open {
            return Err(format!("the offers of {who:?} are {offers:?}, the model says {open:?}"));
        }
        let page = self.read(Who::Client(0), &format!("providers/{}", self.world.id_of(who))).await;
        same(&format!("the public numbers of {who:?}"), &self.world.reputation_of(number), &page)
    }

    /// Notes how far each feed is before anything happens.
    pub async fn begin_feeds(&mut self) {
        until_quiet(self.backend).await;
        for (who, person) in &self.people {
            let feed = person.get("me/events?after=0").await.expect(200);
            let last = feed["items"].as_array().unwrap().last().map_or(0, |event| event["seq"].as_i64().unwrap());
            self.seqs.insert(*who, last);
        }
    }

    /// What a person was told since the last look: all of it, once, numbered without gaps; and about each thing in the order
    /// in which it happened.
    async fn look_at_feed(&mut self, who: Who) -> Proof {
        let mut heard: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
        for (subject, what, at) in self.news(who).await? {
            heard.entry(subject).or_default().push((what, at));
        }
        let (told, others): (Vec<Telling>, Vec<Telling>) = std::mem::take(&mut self.world.told).into_iter().partition(|one| one.who == who);
        self.world.told = others;
        let mut turns: BTreeMap<_, Vec<(String, Value)>> = BTreeMap::new();
        for one in told {
            turns.entry((one.subject, one.turn)).or_default().push((one.what, time(one.at)));
        }
        for ((subject, _), mut expected) in turns {
            let mut of_subject = heard.remove(self.world.subject_id(subject)).unwrap_or_default();
            let mut actual: Vec<_> = of_subject.drain(..expected.len().min(of_subject.len())).collect();
            if !of_subject.is_empty() {
                heard.insert(self.world.subject_id(subject).to_owned(), of_subject);
            }
            actual.sort_by_key(|(what, _)| what.clone());
            expected.sort_by_key(|(what, _)| what.clone());
            if actual != expected {
                return Err(format!("of {subject:?} {who:?} was told {actual:?}, the model says {expected:?}"));
            }
        }
        // An admin hears of cases that broke off before, too.
        heard.retain(|subject, _| who != Who::Admin || self.world.orders.iter().any(|order| order.id == *subject));
        if heard.is_empty() { Ok(()) } else { Err(format!("{who:?} was told more than the model says: {heard:?}")) }
    }

    async fn news(&mut self, who: Who) -> Result<Vec<Heard>, String> {
        let mut news = Vec::new();
        loop {
            let after = self.seqs[&who];
            let page = self.read(who, &format!("me/events?after={after}")).await;
            for (place, event) in (1..).zip(page["items"].as_array().unwrap()) {
                if event["seq"] != after + place {
                    return Err(format!("the feed of {who:?} has a gap: {} after {after}, place {place}", event["seq"]));
                }
                self.seqs.insert(who, after + place);
                news.push(self.heard(who, event).await?);
            }
            if page["has_more"] != true {
                return Ok(news);
            }
        }
    }

    async fn heard(&mut self, who: Who, event: &Value) -> Result<Heard, String> {
        let (kind, data) = (event["type"].as_str().unwrap(), &event["data"]);
        let word = |name: &str| data[name].as_str().unwrap_or("-").to_owned();
        let (data, what) = match kind {
            "order.changed" => (data.clone(), format!("{kind} {} {}", word("status"), word("stage"))),
            "offer.new" => (data.clone(), format!("{kind} {}", word("offer_expires_at"))),
            "offer.closed" => (data.clone(), format!("{kind} {}", word("reason"))),
            "rating.received" => (data.clone(), format!("{kind} {}", data["rating"])),
            "notification.new" => {
                let notice = self.notice_of(who, &word("notification_id")).await?;
                let title = notice["title"].as_str().unwrap().split(':').next().unwrap_or_default();
                let percent = notice["data"]["percent"].as_i64().map(|percent| format!(" {percent}")).unwrap_or_default();
                (notice["data"].clone(), format!("{kind} {title}{percent}"))
            }
            _ => (data.clone(), format!("{kind} {}", word("status"))),
        };
        let subjects = ["order_id", "reference_id", "top_up_id", "withdrawal_id"];
        let subject = subjects.iter().find_map(|name| data[name].as_str()).unwrap_or_default().to_owned();
        Ok((subject, what, event["at"].clone()))
    }

    /// The notice that an event speaks of, from the inbox.
    async fn notice_of(&mut self, who: Who, id: &str) -> Result<Value, String> {
        let mut cursor = String::new();
        while !self.notices.contains_key(id) {
            let page = self.read(who, &format!("notifications?limit=100{cursor}")).await;
            for notice in page["items"].as_array().unwrap() {
                self.notices.insert(notice["id"].as_str().unwrap().to_owned(), notice.clone());
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None if self.notices.contains_key(id) => {}
                None => return Err(format!("{who:?} has no notice {id}")),
            }
        }
        Ok(self.notices[id].clone())
    }
}
