//! What answers must show, by the model: each value names the fields it is sure of.

use rapi_core::Timestamp;
use serde_json::{Value, json};

use super::calls::{REASON, Shows};
use super::work::Clock;
use super::world::{Order, SERVICE_FEE, Stage, Time, Transfer, Who, World};

/// A time on the wire.
pub fn time(at: Time) -> Value {
    json!(Timestamp::from_micros(at))
}

fn maybe(at: Option<Time>) -> Value {
    at.map_or(Value::Null, time)
}

impl World {
    /// What the answer to a successful call shows to the caller.
    pub fn shown(&self, shows: Shows, to: Who) -> Value {
        match shows {
            Shows::Nothing => json!(""),
            Shows::Order(order) => self.order_for(order, to).expect("who moved it may see it"),
            Shows::Work(order) => self.work_of(order),
            Shows::Bill(order) => self.bill_of(order),
            Shows::TopUp(index) => transfer(&self.top_ups[index]),
            Shows::Withdrawal(index) => transfer(&self.withdrawals[index]),
            Shows::Availability(provider) => json!({ "is_available": self.people[&Who::Provider(provider)].is_online }),
        }
    }

    /// An order as this person sees it; nothing when it is none of his business.
    pub fn order_for(&self, order: usize, who: Who) -> Option<Value> {
        let row = &self.orders[order];
        let concerns = who == Who::Admin || row.people().contains(&who);
        let is_offered = matches!(who, Who::Provider(provider) if row.is_open_to(provider, self.now));
        if !concerns && !is_offered {
            return None;
        }
        let mut shown = self.common(row);
        shown["actions"] = if concerns { json!(actions(row, who)) } else { json!(["accept", "decline"]) };
        if concerns {
            shown["work_session"] = self.work_of(order);
            shown["payment"] = self.bill_of(order);
            shown["rating"] = row.rating.map_or(Value::Null, |stars| json!({ "rating": stars }));
            shown["tracking"] =
                row.tracking.map_or(Value::Null, |(_, is_heard)| json!({ "tracking_status": if is_heard { "ACTIVE" } else { "PAUSED" } }));
        }
        Some(shown)
    }

    fn common(&self, row: &Order) -> Value {
        let bill = row.bill.as_ref();
        let cancelled = row.stage == Stage::Cancelled;
        let reason = if row.cancelled_by.is_some() { REASON } else { "no_provider" };
        json!({
            "id": row.id, "status": row.stage.status(), "stage": row.stage.stage(),
            "client": { "id": self.id_of(Who::Client(row.client)) },
            "provider": row.provider.map(|provider| json!({ "id": self.id_of(Who::Provider(provider)) })),
            "payment_method": row.method.word(), "max_amount": row.cap, "rate_per_5_minutes": row.rate,
            "requested_time": time(row.requested), "broadcast_time": maybe(row.broadcast), "accepted_time": maybe(row.accepted),
            "arrived_time": maybe(row.arrived), "started_time": maybe(row.time_of(Stage::Working)),
            "completed_time": maybe(row.time_of(Stage::Completed)), "cancelled_time": maybe(row.time_of(Stage::Cancelled)),
            "cancellation_reason": cancelled.then_some(reason), "cancelled_by": row.cancelled_by.map(|who| self.id_of(who)),
            "duration_minutes": bill.map_or(0, |bill| bill.minutes), "base_amount": bill.map_or(0, |bill| bill.base),
            "service_fee": SERVICE_FEE, "total_amount": bill.map_or(0, |bill| bill.total),
        })
    }

    fn work_of(&self, order: usize) -> Value {
        let Some(work) = &self.orders[order].work else { return Value::Null };
        let worked = self.worked(order);
        let pauses = work.pauses.iter().map(|(from, to)| json!({ "paused_at": time(*from), "resumed_at": maybe(*to) }));
        json!({
            "start_time": time(work.start), "end_time": maybe(work.end), "pause_times": pauses.collect::<Vec<_>>(),
            "status": work.status(), "duration_minutes": super::due::started_minutes(worked),
            "elapsed_seconds": worked / super::world::SECOND, "running_cost": self.price(order).2, "clock_unsure": work.is_unsure,
        })
    }

    fn bill_of(&self, order: usize) -> Value {
        let Some(bill) = &self.orders[order].bill else { return Value::Null };
        let history = bill.history.iter().map(|(status, at)| json!({ "status": status, "created_at": time(*at) }));
        json!({
            "base_amount": bill.base, "service_fee": SERVICE_FEE, "platform_fee": bill.platform_fee, "discount": 0,
            "total_amount": bill.total, "provider_earnings": bill.earnings, "payment_method": bill.method.word(),
            "status": bill.status(), "paid_at": maybe(bill.paid_at), "payment_history": history.collect::<Vec<_>>(),
        })
    }

    /// Every step an order took.
    pub fn timeline_of(&self, order: usize) -> Value {
        let role = |who: Option<Who>| match who {
            Some(Who::Client(_)) => "CLIENT",
            Some(Who::Provider(_)) => "SERVICE_PROVIDER",
            Some(Who::Admin) => "ADMIN",
            None => "SYSTEM",
        };
        let steps = self.orders[order].timeline.iter().map(|step| {
            json!({
                "from": step.from.map(Stage::status), "to": step.to.status(), "stage": step.to.stage(),
                "actor": role(step.by), "actor_id": step.by.map(|who| self.id_of(who)), "at": time(step.at),
            })
        });
        steps.collect()
    }

    /// Why each provider was, or was not, asked.
    pub fn dispatch_of(&self, order: usize) -> Value {
        let row = &self.orders[order];
        let shown = row.considered.iter().map(|(provider, one)| {
            json!({
                "provider_id": self.id_of(Who::Provider(*provider)), "wave": one.wave, "was_offered": one.passed_over.is_none(),
                "passed_over": one.passed_over, "is_accepted": one.has_accepted,
            })
        });
        shown.collect()
    }

    pub fn wallet_of(&self, who: Who) -> Value {
        let person = &self.people[&who];
        json!({ "balance": person.balance, "pending_balance": person.pending, "frozen_balance": person.frozen, "currency": "IDR" })
    }

    /// Newest first.
    pub fn statement_of(&self, who: Who) -> Value {
        let lines = self.people[&who].statement.iter().rev().map(|line| {
            json!({
                "type": if line.amount < 0 { "DEBIT" } else { "CREDIT" }, "category": line.category, "amount": line.amount.abs(),
                "balance_before": line.after - line.amount, "balance_after": line.after,
                "reference_id": self.subject_id(line.subject), "created_at": time(line.at),
            })
        });
        lines.collect()
    }

    /// Newest first.
    pub fn transfers_of(&self, all: &[Transfer], who: Who) -> Value {
        all.iter().rev().filter(|one| one.owner == who).map(transfer).collect()
    }

    pub fn reputation_of(&self, provider: usize) -> Value {
        let person = &self.people[&Who::Provider(provider)];
        let (sum, count) = (person.stars.iter().sum::<i64>(), i64::try_from(person.stars.len()).unwrap());
        let hundredths = (count > 0).then(|| (200 * sum + count) / (2 * count));
        let average = hundredths.map(|hundredths| f64::from(i32::try_from(hundredths).unwrap()) / 100.0);
        json!({ "total_orders": person.accepted, "total_completed_orders": person.completed, "total_ratings": count, "average_rating": average })
    }
}

fn transfer(one: &Transfer) -> Value {
    json!({ "id": one.id, "amount": one.amount, "status": one.status })
}

/// The buttons of this person's screen.
fn actions(row: &Order, who: Who) -> Vec<&'static str> {
    let provider = matches!(who, Who::Provider(_));
    let clock = row.work.as_ref().map(|work| if work.is_paused { Clock::Resume } else { Clock::Pause });
    match (row.stage, who) {
        (Stage::Pending, Who::Client(_)) => vec!["cancel"],
        (Stage::Accepted, _) if provider => vec!["depart", "cancel"],
        (Stage::OnTheWay, _) if provider => vec!["arrive", "cancel"],
        (Stage::Arrived, _) if provider => vec!["start", "cancel"],
        (Stage::Accepted | Stage::OnTheWay | Stage::Arrived, Who::Client(_)) => vec!["cancel"],
        (Stage::Working, _) if provider => vec![clock.map_or("", Clock::word), "stop"],
        (Stage::AwaitingPayment, _) if provider => vec!["confirm_cash"],
        (Stage::AwaitingPayment, Who::Client(_)) => vec!["pay"],
        (Stage::AwaitingRating, Who::Client(_)) => vec!["rate"],
        (stage, Who::Admin) if !stage.is_over() => vec!["cancel"],
        _ => vec![],
    }
}

/// What `actual` lacks of `expected`: the first field that differs, by its path.
pub fn difference(expected: &Value, actual: &Value) -> Option<String> {
    match (expected, actual) {
        (Value::Object(fields), _) => {
            let mut differences = fields.iter().filter_map(|(name, value)| Some((name, difference(value, &actual[name])?)));
            differences.next().map(|(name, difference)| format!(".{name}{difference}"))
        }
        (Value::Array(ones), Value::Array(others)) if ones.len() == others.len() => {
            let mut differences =
                ones.iter().zip(others).enumerate().filter_map(|(index, (one, other))| Some((index, difference(one, other)?)));
            differences.next().map(|(index, difference)| format!("[{index}]{difference}"))
        }
        _ if expected == actual => None,
        _ => Some(format!(" is {actual}, the model says {expected}")),
    }
}
