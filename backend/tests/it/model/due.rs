//! Deadlines of the model: what happens by itself when its time has come.

use super::world::{Due, HOUR, MINUTE, SECOND, Stage, Subject, Time, Who, World};

impl World {
    /// Sets a deadline, replacing an earlier one of its kind.
    pub fn set(&mut self, due: Due, at: Time) {
        self.clear(due);
        self.due.push((at, due));
    }

    /// Takes back a deadline of this kind.
    pub fn clear(&mut self, due: Due) {
        self.due.retain(|(_, other)| !is_same(*other, due));
    }

    /// Lets time pass and everything happen whose time has come.
    pub fn pass(&mut self, by: Time) {
        self.now += by;
        self.run_due();
    }

    /// What is due happens in the order in which it was due; true when anything did.
    pub fn run_due(&mut self) -> bool {
        let mut has_run = false;
        loop {
            let mut batch: Vec<_> = self.due.iter().copied().filter(|(at, _)| *at <= self.now).collect();
            batch.sort_by_key(|(at, _)| *at);
            if batch.is_empty() {
                return self.warn_of_caps() || has_run;
            }
            for job in batch {
                // One before it may have taken it back.
                if self.due.contains(&job) {
                    self.due.retain(|other| *other != job);
                    self.turn += 1;
                    self.happen(job.1);
                    has_run = true;
                }
            }
        }
    }

    fn happen(&mut self, due: Due) {
        match due {
            Due::Broadcast(order) => self.begin_search(order),
            Due::Wave(order, number) => self.wave(order, number),
            Due::GiveUp(order) => self.give_up(order),
            Due::Silence(order) => self.orders[order].tracking = self.orders[order].tracking.map(|(heard, _)| (heard, false)),
            Due::Unpaid(order) => self.notice(Who::Admin, order, "Tagihan belum dibayar"),
            Due::AutoComplete(order) => self.complete(order, None),
            Due::Settle(order) => self.gateway_answers(order),
            Due::TopUp(index) => self.top_up_ends(index),
        }
    }

    /// Both sides are warned once at 80 % of the client's cap and once at all of it.
    fn warn_of_caps(&mut self) -> bool {
        let mut has_warned = false;
        for order in 0..self.orders.len() {
            let percent = self.share_of_cap(order);
            let row = &mut self.orders[order];
            let Some(work) = row.work.as_mut().filter(|work| row.stage == Stage::Working && !work.is_paused) else { continue };
            if percent > work.warned {
                work.warned = percent;
                self.turn += 1;
                has_warned = true;
                for who in self.orders[order].people() {
                    self.tell(who, Subject::Order(order), format!("notification.new Biaya mendekati batas {percent}"));
                }
            }
        }
        has_warned
    }

    /// 0, 80 or 100.
    fn share_of_cap(&self, order: usize) -> i64 {
        let Some(cap) = self.orders[order].cap else { return 0 };
        let base = self.orders[order].rate * started_minutes(self.worked(order)) * 2;
        // In tenths of a rupiah, half a rupiah rounds up.
        let base = (base + 5) / 10;
        match base * 100 {
            share if share >= cap * 100 => 100,
            share if share >= cap * 80 => 80,
            _ => 0,
        }
    }
}

/// Each started minute counts, and there is at least one.
pub fn started_minutes(worked: Time) -> i64 {
    ((worked + MINUTE - 1) / MINUTE).max(1)
}

/// A bill unpaid for so long is an admin's case; a paid order completes itself after as long.
pub const A_DAY: Time = 24 * HOUR;
/// A phone on its way that is silent for so long is shown as paused.
pub const SILENCE: Time = 30 * SECOND;

fn is_same(one: Due, other: Due) -> bool {
    match (one, other) {
        (Due::Wave(order, _), Due::Wave(other, _)) => order == other,
        (one, other) => one == other,
    }
}
