//! Dispatch in the model: who is asked, in which wave, and who is not and why.

use super::views::time;
use super::world::{CASH_DEBT_LIMIT, Considered, Due, MINUTE, Method, PROVIDERS, SECOND, Stage, Subject, WAVE_SIZE, Who, World};

/// Each wave looks one step further.
const RADII_KM: [f64; 4] = [3.0, 5.0, 8.0, 12.0];

impl World {
    pub fn begin_search(&mut self, order: usize) {
        self.orders[order].broadcast = Some(self.now);
        self.set(Due::GiveUp(order), self.now + 120 * SECOND);
        self.wave(order, 0);
    }

    pub fn wave(&mut self, order: usize, number: i64) {
        let (now, row) = (self.now, self.orders[order].clone());
        let Some(begun) = row.broadcast.filter(|begun| now < begun + 120 * SECOND) else { return };
        let alone_until = begun + 30 * SECOND;
        let chosen = row.preferred.filter(|_| now < alone_until);
        let step = if chosen.is_some() { 3 } else { usize::try_from(number).unwrap().min(3) };
        let mut offers = Vec::new();
        for provider in self.by_distance(row.preferred) {
            if offers.len() == WAVE_SIZE {
                break;
            }
            if chosen.is_some_and(|chosen| chosen != provider) || row.is_asked(provider) {
                continue;
            }
            match self.reason_against(provider, &row.method, RADII_KM[step]) {
                None => offers.push(provider),
                Some(reason) => self.consider(order, provider, number, Some(reason)),
            }
        }
        for provider in &offers {
            self.consider(order, *provider, number, None);
            let expires = time(begun + 120 * SECOND);
            let who = Who::Provider(*provider);
            self.tell(who, Subject::Order(order), format!("offer.new {}", expires.as_str().unwrap()));
            self.notice(who, order, "Pesanan baru");
        }
        let next = match chosen {
            Some(chosen) if row.is_asked(chosen) || !offers.is_empty() => alone_until,
            Some(_) => alone_until.min(now + 10 * SECOND),
            None => now + 10 * SECOND,
        };
        if next < begun + 120 * SECOND {
            self.set(Due::Wave(order, number + 1), next);
        }
    }

    /// Everybody within the widest radius, and the preferred one wherever she is.
    fn by_distance(&self, preferred: Option<usize>) -> Vec<usize> {
        let km = |provider: &usize| self.people[&Who::Provider(*provider)].km;
        let mut near: Vec<usize> = (0..PROVIDERS).filter(|one| km(one) <= RADII_KM[3] || Some(*one) == preferred).collect();
        near.sort_by(|one, other| km(one).total_cmp(&km(other)));
        near
    }

    fn reason_against(&self, provider: usize, method: &Method, radius: f64) -> Option<&'static str> {
        let person = &self.people[&Who::Provider(provider)];
        let reasons = [
            (!person.is_online, "offline"),
            (self.is_busy(provider), "on_a_job"),
            (self.now - person.position_at > 10 * MINUTE, "position_too_old"),
            (*method == Method::Cash && person.balance < CASH_DEBT_LIMIT, "cash_debt"),
            (person.km > radius, "outside_radius"),
        ];
        reasons.into_iter().find(|(holds, _)| *holds).map(|(_, reason)| reason)
    }

    /// Keeps the latest word on a candidate, and the wave that it is of.
    fn consider(&mut self, order: usize, provider: usize, wave: i64, passed_over: Option<&'static str>) {
        let considered = &mut self.orders[order].considered;
        if passed_over.is_none() || considered.get(&provider).is_none_or(|before| before.passed_over != passed_over) {
            considered.insert(provider, Considered { wave, passed_over, has_declined: false, has_accepted: false });
        }
    }

    pub fn is_busy(&self, provider: usize) -> bool {
        self.orders.iter().any(|order| order.provider == Some(provider) && order.stage.occupies())
    }

    pub fn give_up(&mut self, order: usize) {
        self.clear(Due::Wave(order, 0));
        self.close_offers(order, None, "expired");
        self.step(order, Stage::Cancelled, None, self.now);
        let client = self.orders[order].client;
        self.notice(Who::Client(client), order, "Belum ada penyedia");
    }

    /// Tells those who were asked and have not declined.
    pub fn close_offers(&mut self, order: usize, taker: Option<usize>, reason: &str) {
        for provider in 0..PROVIDERS {
            let row = &self.orders[order];
            if row.is_asked(provider) && !row.considered[&provider].has_declined && Some(provider) != taker {
                self.tell(Who::Provider(provider), Subject::Order(order), format!("offer.closed {reason}"));
            }
        }
    }
}
