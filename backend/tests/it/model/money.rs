//! Money in the model: bills, wallets, top-ups, withdrawals.

use super::calls::{Refusal, Shows, conflict, not_found, too_little};
use super::due::{A_DAY, started_minutes};
use super::world::{Bill, Due, Line, Method, SECOND, SERVICE_FEE, Stage, Subject, Transfer, Who, World};

/// What an admin makes of a withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Approve,
    Complete,
    Reject,
}

impl Verdict {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Complete => "complete",
            Self::Reject => "reject",
        }
    }
}

impl World {
    /// Base, what the platform keeps of it, all of it.
    pub fn price(&self, order: usize) -> (i64, i64, i64) {
        let row = &self.orders[order];
        // Minutes times the price of five, half a rupiah up.
        let base = (2 * started_minutes(self.worked(order)) * row.rate + 5) / 10;
        let base = row.cap.map_or(base, |cap| base.min(cap));
        (base, (base + 5) / 10, base + SERVICE_FEE)
    }

    pub fn make_bill(&mut self, order: usize) {
        let (base, platform_fee, total) = self.price(order);
        let minutes = started_minutes(self.worked(order));
        let (earnings, method) = (base - platform_fee, self.orders[order].method);
        let history = vec![("PENDING", self.now)];
        self.orders[order].bill = Some(Bill { minutes, base, platform_fee, total, earnings, method, history, paid_at: None });
        let (client, provider) = self.pair(order);
        self.person(provider).pending += earnings;
        self.tell_both(order, "payment.changed PENDING");
        self.notice(client, order, "Tagihan siap");
    }

    fn pair(&self, order: usize) -> (Who, Who) {
        let row = &self.orders[order];
        (Who::Client(row.client), Who::Provider(row.provider.unwrap()))
    }

    fn bill(&mut self, order: usize) -> &mut Bill {
        self.orders[order].bill.as_mut().unwrap()
    }

    fn note(&mut self, order: usize, status: &'static str) {
        let now = self.now;
        self.bill(order).history.push((status, now));
    }

    pub fn pay(&mut self, order: usize, client: usize, method: Method) -> Result<Shows, Refusal> {
        let row = self.visible(order, Who::Client(client))?;
        let bill = row.bill.as_ref().ok_or(conflict("invalid_transition"))?;
        match bill.status() {
            "COMPLETED" => return Ok(Shows::Bill(order)),
            "PROCESSING" if bill.method == method => return Ok(Shows::Bill(order)),
            "PROCESSING" if bill.method != Method::Cash => return Err(conflict("payment_in_progress")),
            _ if row.stage != Stage::AwaitingPayment => return Err(conflict("invalid_transition")),
            _ => {}
        }
        if method == Method::Wallet && self.people[&Who::Client(client)].balance < bill.total {
            return Err(too_little());
        }
        self.note(order, "PROCESSING");
        self.bill(order).method = method;
        match method {
            Method::Wallet => self.settle(order),
            Method::Cash => self.tell_both(order, "payment.changed PROCESSING"),
            Method::Transfer | Method::EWallet => {
                self.set(Due::Settle(order), self.now + SECOND / 2);
                self.tell_both(order, "payment.changed PROCESSING");
            }
        }
        Ok(Shows::Bill(order))
    }

    pub fn confirm_cash(&mut self, order: usize, provider: usize) -> Result<Shows, Refusal> {
        let row = self.visible(order, Who::Provider(provider))?;
        let bill = row.bill.as_ref().ok_or(conflict("invalid_transition"))?;
        match (bill.status(), bill.method) {
            ("COMPLETED", Method::Cash) => return Ok(Shows::Bill(order)),
            ("COMPLETED", _) => return Err(conflict("already_paid")),
            ("PROCESSING", Method::Wallet | Method::Transfer | Method::EWallet) => return Err(conflict("payment_in_progress")),
            _ if row.stage != Stage::AwaitingPayment => return Err(conflict("invalid_transition")),
            (status, _) => {
                self.note(order, status);
                self.bill(order).method = Method::Cash;
                self.settle(order);
            }
        }
        Ok(Shows::Bill(order))
    }

    /// The simulated gateway takes everything but amounts that end in 999.
    pub fn gateway_answers(&mut self, order: usize) {
        let bill = self.bill(order);
        if bill.status() != "PROCESSING" {
            return;
        }
        if bill.total % 1_000 != 999 {
            return self.settle(order);
        }
        self.note(order, "FAILED");
        self.tell_both(order, "payment.changed FAILED");
        let (client, _) = self.pair(order);
        self.notice(client, order, "Pembayaran gagal");
    }

    /// The money moves and the order goes on.
    fn settle(&mut self, order: usize) {
        let now = self.now;
        let (client, provider) = self.pair(order);
        let bill = self.bill(order).clone();
        self.note(order, "COMPLETED");
        self.bill(order).paid_at = Some(now);
        let subject = Subject::Order(order);
        match bill.method {
            Method::Cash => self.post(provider, -(bill.platform_fee + SERVICE_FEE), "COMMISSION", subject),
            Method::Wallet => {
                self.post(client, -bill.total, "PAYMENT", subject);
                self.post(provider, bill.earnings, "PAYMENT", subject);
            }
            Method::Transfer | Method::EWallet => self.post(provider, bill.earnings, "PAYMENT", subject),
        }
        self.person(provider).pending -= bill.earnings;
        self.orders[order].method = bill.method;
        self.clear(Due::Unpaid(order));
        self.set(Due::AutoComplete(order), now + A_DAY);
        self.step(order, Stage::AwaitingRating, None, now);
        self.tell_both(order, "payment.changed COMPLETED");
        self.notice(client, order, "Pembayaran berhasil");
        self.notice(provider, order, "Pembayaran masuk");
    }

    /// Nothing is owed for an order that was called off before it was paid.
    pub fn void_bill(&mut self, order: usize) {
        let (_, provider) = self.pair(order);
        let earnings = self.bill(order).earnings;
        self.note(order, "FAILED");
        self.person(provider).pending -= earnings;
        self.tell_both(order, "payment.changed FAILED");
    }

    fn post(&mut self, who: Who, amount: i64, category: &'static str, subject: Subject) {
        let at = self.now;
        let person = self.person(who);
        person.balance += amount;
        person.statement.push(Line { amount, category, after: person.balance, subject, at });
    }

    pub fn top_up(&mut self, client: usize, amount: i64) -> Result<Shows, Refusal> {
        let index = self.top_ups.len();
        self.top_ups.push(Transfer { id: String::new(), owner: Who::Client(client), amount, status: "PROCESSING" });
        self.set(Due::TopUp(index), self.now + SECOND / 2);
        Ok(Shows::TopUp(index))
    }

    pub fn top_up_ends(&mut self, index: usize) {
        let Transfer { owner, amount, .. } = self.top_ups[index].clone();
        let subject = Subject::TopUp(index);
        let (status, notice) = if amount % 1_000 == 999 { ("FAILED", "Isi saldo gagal") } else { ("COMPLETED", "Isi saldo berhasil") };
        if status == "COMPLETED" {
            self.post(owner, amount, "TOP_UP", subject);
        }
        self.top_ups[index].status = status;
        self.tell(owner, subject, format!("payment.changed {status}"));
        self.tell(owner, subject, format!("notification.new {notice}"));
    }

    pub fn withdraw(&mut self, provider: usize, amount: i64) -> Result<Shows, Refusal> {
        let owner = Who::Provider(provider);
        if self.people[&owner].balance < amount {
            return Err(too_little());
        }
        let index = self.withdrawals.len();
        self.withdrawals.push(Transfer { id: String::new(), owner, amount, status: "PENDING" });
        self.post(owner, -amount, "WITHDRAWAL", Subject::Withdrawal(index));
        self.person(owner).frozen += amount;
        self.tell(owner, Subject::Withdrawal(index), "payment.changed PENDING");
        self.tell(owner, Subject::Withdrawal(index), "notification.new Penarikan diajukan");
        Ok(Shows::Withdrawal(index))
    }

    pub fn decide(&mut self, index: usize, verdict: Verdict) -> Result<Shows, Refusal> {
        let Some(Transfer { owner, amount, status, .. }) = self.withdrawals.get(index).cloned() else { return Err(not_found()) };
        let (next, event, notice) = match verdict {
            Verdict::Approve => ("PROCESSING", "PROCESSING", "Penarikan disetujui"),
            Verdict::Complete => ("COMPLETED", "COMPLETED", "Penarikan selesai"),
            Verdict::Reject => ("REJECTED", "FAILED", "Penarikan ditolak"),
        };
        let may = match verdict {
            Verdict::Approve => status == "PENDING",
            Verdict::Complete => status == "PROCESSING",
            Verdict::Reject => status == "PENDING" || status == "PROCESSING",
        };
        if status == next {
            return Ok(Shows::Withdrawal(index));
        }
        if !may {
            return Err(conflict("invalid_transition"));
        }
        let subject = Subject::Withdrawal(index);
        self.withdrawals[index].status = next;
        if verdict != Verdict::Approve {
            self.person(owner).frozen -= amount;
        }
        if verdict == Verdict::Reject {
            self.post(owner, amount, "WITHDRAWAL", subject);
        }
        self.tell(owner, subject, format!("payment.changed {event}"));
        self.tell(owner, subject, format!("notification.new {notice}"));
        Ok(Shows::Withdrawal(index))
    }
}
