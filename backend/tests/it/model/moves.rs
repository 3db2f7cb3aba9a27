//! Orders in the model: who may move one where, and what follows.

use super::calls::{Refusal, Shows, conflict, forbidden, not_found};
use super::due::{A_DAY, SILENCE};
use super::world::{Due, MINUTE, Method, Order, Stage, Step, Subject, Time, Who, World};

/// Before its time an order waits until so long before it.
const LEAD: Time = 45 * MINUTE;

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    pub is_custom: bool,
    pub method: Method,
    pub cap: Option<i64>,
    pub preferred: Option<usize>,
    pub requested: Time,
}

impl World {
    pub fn order(&mut self, client: usize, wish: &Wish) -> Result<Shows, Refusal> {
        let order = self.orders.len();
        self.orders.push(Order {
            id: String::new(),
            client,
            provider: None,
            stage: Stage::Pending,
            method: wish.method,
            rate: if wish.is_custom { super::world::CUSTOM_RATE } else { super::world::CLEANING_RATE },
            cap: wish.cap,
            preferred: wish.preferred,
            requested: wish.requested,
            broadcast: None,
            accepted: None,
            departed: None,
            arrived: None,
            cancelled_by: None,
            considered: Default::default(),
            tracking: None,
            work: None,
            bill: None,
            rating: None,
            timeline: vec![Step { from: None, to: Stage::Pending, by: Some(Who::Client(client)), at: self.now }],
        });
        self.tell_both(order, "order.changed PENDING -");
        self.notice(Who::Client(client), order, "Pesanan dibuat");
        if wish.requested - LEAD > self.now {
            self.set(Due::Broadcast(order), wish.requested - LEAD);
        } else {
            self.begin_search(order);
        }
        Ok(Shows::Order(order))
    }

    /// Moves an order and tells its people.
    pub fn step(&mut self, order: usize, to: Stage, by: Option<Who>, at: Time) {
        let row = &mut self.orders[order];
        row.timeline.push(Step { from: Some(row.stage), to, by, at });
        row.stage = to;
        self.tell_both(order, &format!("order.changed {} {}", to.status(), to.stage().unwrap_or("-")));
    }

    /// The order, if it is this person's business.
    pub fn visible(&self, order: usize, who: Who) -> Result<&Order, Refusal> {
        let row = &self.orders[order];
        let is_his = who == Who::Admin || row.people().contains(&who);
        if is_his { Ok(row) } else { Err(not_found()) }
    }

    pub fn accept(&mut self, order: usize, provider: usize) -> Result<Shows, Refusal> {
        let row = &self.orders[order];
        let is_hers = row.provider == Some(provider);
        if !is_hers && !row.is_asked(provider) {
            return Err(forbidden("not_offered"));
        }
        match row.stage {
            Stage::Pending if row.considered[&provider].has_declined => return Err(conflict("offer_declined")),
            Stage::Pending if row.offers_end().is_none_or(|end| self.now >= end) => return Err(conflict("offer_expired")),
            Stage::Pending if self.is_busy(provider) => return Err(conflict("on_a_job")),
            Stage::Pending => {}
            Stage::Cancelled => return Err(conflict("invalid_transition")),
            _ if is_hers => return Ok(Shows::Order(order)),
            _ => return Err(conflict("order_already_taken")),
        }
        for due in [Due::Wave(order, 0), Due::GiveUp(order)] {
            self.clear(due);
        }
        let now = self.now;
        let row = &mut self.orders[order];
        (row.provider, row.accepted, row.tracking) = (Some(provider), Some(now), Some((now, false)));
        row.considered.entry(provider).and_modify(|one| one.has_accepted = true);
        self.step(order, Stage::Accepted, Some(Who::Provider(provider)), now);
        self.close_offers(order, Some(provider), "taken");
        self.person(Who::Provider(provider)).accepted += 1;
        let client = Who::Client(self.orders[order].client);
        self.notice(client, order, "Pesanan diterima");
        Ok(Shows::Order(order))
    }

    pub fn decline(&mut self, order: usize, provider: usize) -> Result<Shows, Refusal> {
        let row = &mut self.orders[order];
        if !row.is_asked(provider) {
            return Err(forbidden("not_offered"));
        }
        if row.provider == Some(provider) {
            return Err(conflict("invalid_transition"));
        }
        if row.stage == Stage::Pending {
            row.considered.entry(provider).and_modify(|one| one.has_declined = true);
        }
        Ok(Shows::Nothing)
    }

    /// What she says of the time is kept between the step before and now.
    pub fn depart(&mut self, order: usize, provider: usize, said: Option<Time>) -> Result<Shows, Refusal> {
        let row = self.visible(order, Who::Provider(provider))?;
        match row.stage {
            Stage::Accepted => {}
            Stage::Cancelled => return Err(conflict("invalid_transition")),
            _ => return Ok(Shows::Order(order)),
        }
        let at = said.unwrap_or(self.now).clamp(row.accepted.unwrap(), self.now);
        let row = &mut self.orders[order];
        (row.departed, row.tracking) = (Some(at), Some((self.now, true)));
        self.set(Due::Silence(order), self.now + SILENCE);
        self.step(order, Stage::OnTheWay, Some(Who::Provider(provider)), at);
        let client = Who::Client(self.orders[order].client);
        self.notice(client, order, "Penyedia berangkat");
        Ok(Shows::Order(order))
    }

    pub fn arrive(&mut self, order: usize, provider: usize, said: Option<Time>) -> Result<Shows, Refusal> {
        let row = self.visible(order, Who::Provider(provider))?;
        match row.stage {
            Stage::OnTheWay => {}
            Stage::Cancelled | Stage::Accepted => return Err(conflict("invalid_transition")),
            _ => return Ok(Shows::Order(order)),
        }
        let at = said.unwrap_or(self.now).clamp(row.departed.unwrap(), self.now);
        let row = &mut self.orders[order];
        (row.arrived, row.tracking) = (Some(at), None);
        self.clear(Due::Silence(order));
        self.step(order, Stage::Arrived, Some(Who::Provider(provider)), at);
        let client = Who::Client(self.orders[order].client);
        self.notice(client, order, "Penyedia sudah tiba");
        Ok(Shows::Order(order))
    }

    pub fn cancel(&mut self, order: usize, who: Who) -> Result<Shows, Refusal> {
        let row = self.visible(order, who)?;
        let (from, provider) = (row.stage, row.provider);
        if from == Stage::Cancelled && row.cancelled_by == Some(who) {
            return Ok(Shows::Order(order));
        }
        let is_early = matches!(from, Stage::Accepted | Stage::OnTheWay | Stage::Arrived);
        let may = match who {
            Who::Admin => !from.is_over(),
            Who::Client(_) => is_early || from == Stage::Pending,
            Who::Provider(_) => is_early,
        };
        if !may {
            return Err(conflict("invalid_transition"));
        }
        for due in [Due::Broadcast(order), Due::Wave(order, 0), Due::GiveUp(order), Due::Silence(order), Due::Unpaid(order)] {
            self.clear(due);
        }
        self.clear(Due::AutoComplete(order));
        (self.orders[order].cancelled_by, self.orders[order].tracking) = (Some(who), None);
        self.step(order, Stage::Cancelled, Some(who), self.now);
        match from {
            Stage::Pending => self.close_offers(order, None, "cancelled"),
            Stage::AwaitingPayment => self.void_bill(order),
            _ => {}
        }
        for person in [Some(Who::Client(self.orders[order].client)), provider.map(Who::Provider)].into_iter().flatten() {
            if person != who {
                self.notice(person, order, "Pesanan dibatalkan");
            }
        }
        Ok(Shows::Order(order))
    }

    pub fn rate(&mut self, order: usize, client: usize, stars: i64) -> Result<Shows, Refusal> {
        let row = self.visible(order, Who::Client(client))?;
        match (row.rating, row.stage) {
            (Some(given), _) if given == stars => return Ok(Shows::Order(order)),
            (Some(_), _) => return Err(conflict("already_rated")),
            (None, Stage::AwaitingRating) => {}
            (None, _) => return Err(conflict("invalid_transition")),
        }
        let provider = Who::Provider(row.provider.unwrap());
        self.orders[order].rating = Some(stars);
        self.person(provider).stars.push(stars);
        self.complete(order, Some(Who::Client(client)));
        self.tell(provider, Subject::Order(order), format!("rating.received {stars}"));
        self.notice(provider, order, "Anda dinilai");
        Ok(Shows::Order(order))
    }

    pub fn complete(&mut self, order: usize, by: Option<Who>) {
        self.clear(Due::AutoComplete(order));
        self.step(order, Stage::Completed, by, self.now);
        let row = &self.orders[order];
        let (client, provider) = (Who::Client(row.client), Who::Provider(row.provider.unwrap()));
        self.person(provider).completed += 1;
        self.notice(client, order, "Pesanan tuntas");
    }

    /// The work is done: the bill is there and waits.
    pub fn finish(&mut self, order: usize, at: Time) {
        let row = &self.orders[order];
        let (client, provider) = (Who::Client(row.client), Who::Provider(row.provider.unwrap()));
        self.set(Due::Unpaid(order), self.now + A_DAY);
        self.step(order, Stage::AwaitingPayment, Some(provider), at);
        self.notice(client, order, "Pekerjaan selesai");
    }
}
