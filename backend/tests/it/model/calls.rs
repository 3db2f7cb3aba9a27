//! What people ask of the backend, how it goes over the wire, and what the model says to it.

use serde_json::{Value, json};

use super::money::Verdict;
use super::moves::Wish;
use super::views::time;
use super::work::Clock;
use super::world::{HOUR, Kept, Method, Time, Who, World};

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub by: Who,
    pub ask: Ask,
    /// Its idempotency key.
    pub key: Option<u32>,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    Order(Wish),
    Accept(usize),
    Decline(usize),
    Depart(usize, Option<Time>),
    Arrive(usize, Option<Time>),
    Clock(usize, Clock, Option<Time>),
    Pay(usize, Method),
    ConfirmCash(usize),
    Rate(usize, i64),
    Cancel(usize),
    Online(f64),
    Offline,
    TopUp(i64, Method),
    Withdraw(i64),
    Decide(usize, Verdict),
}

/// Which part of the world the answer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    Nothing,
    Order(usize),
    Work(usize),
    Bill(usize),
    TopUp(usize),
    Withdrawal(usize),
    Availability(usize),
}

/// What the model says to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done(u16, Shows),
    /// The answer that the same call got before, to the letter.
    AsBefore,
    Refused(Refusal),
}

/// A refusal: its status and its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal(pub u16, pub &'static str);

pub const fn conflict(code: &'static str) -> Refusal {
    Refusal(409, code)
}

pub const fn forbidden(code: &'static str) -> Refusal {
    Refusal(403, code)
}

pub const fn not_found() -> Refusal {
    Refusal(404, "not_found")
}

pub const fn too_little() -> Refusal {
    Refusal(422, "insufficient_balance")
}

/// Rapi moves no smaller amounts.
const LEAST: i64 = 10_000;
/// An answer is kept so long.
const KEPT_FOR: Time = 24 * HOUR;

/// A request as it goes over the wire.
pub struct Request {
    pub method: reqwest::Method,
    pub path: String,
    pub body: Value,
}

impl Request {
    fn post(path: String, body: Value) -> Self {
        Self { method: reqwest::Method::POST, path, body }
    }

    fn put(path: &str, body: Value) -> Self {
        Self { method: reqwest::Method::PUT, path: path.to_owned(), body }
    }
}

/// Where a case takes place.
#[derive(Debug, Clone, Default)]
pub struct Place {
    pub latitude: f64,
    pub longitude: f64,
    pub cleaning: String,
}

impl Call {
    pub fn request(&self, world: &World, place: &Place) -> Request {
        let id = |order: &usize| world.orders[*order].id.clone();
        let said = |at: &Option<Time>| at.map_or_else(|| json!({}), |at| json!({ "occurred_at": time(at) }));
        let nothing = || json!({});
        match &self.ask {
            Ask::Order(wish) => Request::post("orders".to_owned(), order_body(wish, world, place)),
            Ask::Accept(order) => Request::post(format!("orders/{}/accept", id(order)), nothing()),
            Ask::Decline(order) => Request::post(format!("orders/{}/decline", id(order)), nothing()),
            Ask::Depart(order, at) => Request::post(format!("orders/{}/depart", id(order)), said(at)),
            Ask::Arrive(order, at) => Request::post(format!("orders/{}/arrive", id(order)), said(at)),
            Ask::Clock(order, clock, at) => Request::post(format!("orders/{}/work-session/{}", id(order), clock.word()), said(at)),
            Ask::Pay(order, method) => {
                Request::post(format!("orders/{}/payment/pay", id(order)), json!({ "payment_method": method.word() }))
            }
            Ask::ConfirmCash(order) => Request::post(format!("orders/{}/payment/confirm-cash", id(order)), nothing()),
            Ask::Rate(order, stars) => Request::post(format!("orders/{}/rating", id(order)), json!({ "rating": stars })),
            Ask::Cancel(order) => {
                let admin = if self.by == Who::Admin { "admin/" } else { "" };
                Request::post(format!("{admin}orders/{}/cancel", id(order)), json!({ "cancellation_reason": REASON }))
            }
            Ask::Online(km) => {
                let (latitude, longitude) = (place.latitude + km / KM_PER_DEGREE, place.longitude);
                Request::put("me/availability", json!({ "is_available": true, "latitude": latitude, "longitude": longitude }))
            }
            Ask::Offline => Request::put("me/availability", json!({ "is_available": false })),
            Ask::TopUp(amount, method) => {
                Request::post("wallet/top-ups".to_owned(), json!({ "amount": amount, "payment_method": method.word() }))
            }
            Ask::Withdraw(amount) => Request::post("wallet/withdrawals".to_owned(), withdrawal_body(*amount)),
            Ask::Decide(index, verdict) => {
                let notes = if *verdict == Verdict::Reject { json!({ "admin_notes": "Nomor rekening salah" }) } else { nothing() };
                Request::post(format!("admin/withdrawals/{}/{}", world.withdrawals[*index].id, verdict.word()), notes)
            }
        }
    }

    /// What the model does of it, and says.
    pub fn expected(&self, world: &mut World, place: &Place) -> Outcome {
        world.turn += 1;
        match self.decided(world, place) {
            Ok(verdict) => verdict,
            Err(refusal) => Outcome::Refused(refusal),
        }
    }

    fn decided(&self, world: &mut World, place: &Place) -> Result<Outcome, Refusal> {
        self.require_role()?;
        if let Ask::TopUp(amount, _) | Ask::Withdraw(amount) = self.ask
            && amount < LEAST
        {
            return Err(Refusal(422, "invalid_input"));
        }
        let request = self.request(world, place);
        let print = format!("{} {} {}", request.method, request.path, request.body);
        let slot = self.key.map(|key| (self.by, key));
        let before = slot.and_then(|slot| world.kept.get(&slot)).filter(|kept| world.now - kept.at <= KEPT_FOR);
        match before {
            Some(kept) if kept.request == print => return Ok(Outcome::AsBefore),
            Some(_) => return Err(conflict("idempotency_key_reused")),
            None => {}
        }
        let shows = self.applied(world)?;
        if let Some(slot) = slot {
            world.kept.insert(slot, Kept { request: print, at: world.now });
        }
        Ok(Outcome::Done(self.status(), shows))
    }

    const fn status(&self) -> u16 {
        match self.ask {
            Ask::Order(_) | Ask::TopUp(..) | Ask::Withdraw(_) => 201,
            Ask::Decline(_) => 204,
            _ => 200,
        }
    }

    fn require_role(&self) -> Result<(), Refusal> {
        let may = match self.ask {
            Ask::Cancel(_) => true,
            Ask::Order(_) | Ask::Pay(..) | Ask::Rate(..) | Ask::TopUp(..) => matches!(self.by, Who::Client(_)),
            Ask::Decide(..) => self.by == Who::Admin,
            _ => matches!(self.by, Who::Provider(_)),
        };
        if may { Ok(()) } else { Err(forbidden("wrong_role")) }
    }

    fn applied(&self, world: &mut World) -> Result<Shows, Refusal> {
        let number = match self.by {
            Who::Client(number) | Who::Provider(number) => number,
            Who::Admin => 0,
        };
        match &self.ask {
            Ask::Order(wish) => world.order(number, wish),
            Ask::Accept(order) => world.accept(*order, number),
            Ask::Decline(order) => world.decline(*order, number),
            Ask::Depart(order, at) => world.depart(*order, number, *at),
            Ask::Arrive(order, at) => world.arrive(*order, number, *at),
            Ask::Clock(order, clock, at) => world.clock(*order, number, *clock, *at),
            Ask::Pay(order, method) => world.pay(*order, number, *method),
            Ask::ConfirmCash(order) => world.confirm_cash(*order, number),
            Ask::Rate(order, stars) => world.rate(*order, number, *stars),
            Ask::Cancel(order) => world.cancel(*order, self.by),
            Ask::TopUp(amount, _) => world.top_up(number, *amount),
            Ask::Withdraw(amount) => world.withdraw(number, *amount),
            Ask::Decide(index, verdict) => world.decide(*index, *verdict),
            Ask::Online(km) => {
                let now = world.now;
                let person = world.person(self.by);
                (person.is_online, person.km, person.position_at) = (true, *km, now);
                Ok(Shows::Availability(number))
            }
            Ask::Offline => {
                world.person(self.by).is_online = false;
                Ok(Shows::Availability(number))
            }
        }
    }
}

impl World {
    /// What is new gets its name.
    pub fn name(&mut self, shows: Shows, name: &str) {
        let id = match shows {
            Shows::Order(order) => &mut self.orders[order].id,
            Shows::TopUp(index) => &mut self.top_ups[index].id,
            Shows::Withdrawal(index) => &mut self.withdrawals[index].id,
            _ => return,
        };
        if id.is_empty() {
            name.clone_into(id);
        }
    }
}

pub const REASON: &str = "Berubah rencana";
pub const KM_PER_DEGREE: f64 = 111.195;

fn order_body(wish: &Wish, world: &World, place: &Place) -> Value {
    let mut body = json!({
        "service_latitude": place.latitude, "service_longitude": place.longitude, "service_address": "Jl. Kemang Raya 12",
        "requested_time": time(wish.requested), "payment_method": wish.method.word(), "max_amount": wish.cap,
        "preferred_provider_id": wish.preferred.map(|preferred| world.id_of(Who::Provider(preferred))),
    });
    let (name, value) = if wish.is_custom { ("custom_category_name", "Menata buku") } else { ("service_category_id", &*place.cleaning) };
    body[name] = json!(value);
    body
}

fn withdrawal_body(amount: i64) -> Value {
    json!({ "amount": amount, "bank_name": "BCA", "bank_account_number": "1234567890", "bank_account_name": "Wati Lestari" })
}
