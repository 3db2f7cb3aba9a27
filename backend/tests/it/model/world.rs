//! What the model knows: people, orders, money, deadlines. It is written from the rules of the business and asks none of
//! the code that it is to prove.

use std::collections::BTreeMap;

use super::commands::spot_km;

/// Microseconds since the epoch.
pub type Time = i64;

pub const SECOND: Time = 1_000_000;
pub const MINUTE: Time = 60 * SECOND;
pub const HOUR: Time = 60 * MINUTE;

pub const CLIENTS: usize = 2;
pub const PROVIDERS: usize = 3;

/// The settings that the model's backend runs with, chosen so that limits come soon and roundings show.
pub const SERVICE_FEE: i64 = 500;
pub const CUSTOM_RATE: i64 = 1_333;
pub const CLEANING_RATE: i64 = 1_000;
pub const CASH_DEBT_LIMIT: i64 = -700;
pub const WAVE_SIZE: usize = 2;

/// Somebody who takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    Client(usize),
    Provider(usize),
    Admin,
}

/// How a bill is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Cash,
    Wallet,
    Transfer,
    EWallet,
}

impl Method {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cash => "CASH",
            Self::Wallet => "WALLET",
            Self::Transfer => "BANK_TRANSFER",
            Self::EWallet => "E_WALLET",
        }
    }
}

/// Where an order is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Pending,
    Accepted,
    OnTheWay,
    Arrived,
    Working,
    AwaitingPayment,
    AwaitingRating,
    Completed,
    Cancelled,
}

impl Stage {
    pub const fn status(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Accepted => "ACCEPTED",
            Self::OnTheWay => "ON_THE_WAY",
            Self::Arrived => "ARRIVED",
            Self::Working | Self::AwaitingPayment | Self::AwaitingRating => "IN_PROGRESS",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
        }
    }

    pub const fn stage(self) -> Option<&'static str> {
        match self {
            Self::Working => Some("working"),
            Self::AwaitingPayment => Some("awaiting_payment"),
            Self::AwaitingRating => Some("awaiting_rating"),
            _ => None,
        }
    }

    pub const fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled)
    }

    /// Is its provider on a job?
    pub const fn occupies(self) -> bool {
        matches!(self, Self::Accepted | Self::OnTheWay | Self::Arrived | Self::Working)
    }
}

/// A person as the model sees one.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub id: String,
    pub balance: i64,
    pub pending: i64,
    pub frozen: i64,
    /// Oldest first.
    pub statement: Vec<Line>,
    pub is_online: bool,
    pub km: f64,
    pub position_at: Time,
    pub accepted: i64,
    pub completed: i64,
    pub stars: Vec<i64>,
}

/// A line of a statement.
#[derive(Debug, Clone)]
pub struct Line {
    /// Above zero in, below zero out.
    pub amount: i64,
    pub category: &'static str,
    pub after: i64,
    pub subject: Subject,
    pub at: Time,
}

/// What a telling or a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Order(usize),
    TopUp(usize),
    Withdrawal(usize),
}

/// Somebody considered for an order: asked, or passed over and why.
#[derive(Debug, Clone)]
pub struct Considered {
    pub wave: i64,
    pub passed_over: Option<&'static str>,
    pub has_declined: bool,
    pub has_accepted: bool,
}

/// The work as a span with holes.
#[derive(Debug, Clone)]
pub struct Work {
    pub start: Time,
    pub end: Option<Time>,
    /// The last one is open while the work rests, and stays so when it is stopped from there.
    pub pauses: Vec<(Time, Option<Time>)>,
    pub is_paused: bool,
    /// When the last thing happened, by the word of the provider.
    pub last: Time,
    /// Was the start of the running stretch heard of at about its time?
    pub is_vouched: bool,
    pub is_unsure: bool,
    pub warned: i64,
}

/// The bill of an order.
#[derive(Debug, Clone)]
pub struct Bill {
    pub minutes: i64,
    pub base: i64,
    pub platform_fee: i64,
    pub total: i64,
    pub earnings: i64,
    pub method: Method,
    pub history: Vec<(&'static str, Time)>,
    pub paid_at: Option<Time>,
}

impl Bill {
    pub fn status(&self) -> &'static str {
        self.history.last().map_or("PENDING", |(status, _)| status)
    }
}

/// A step of the timeline.
#[derive(Debug, Clone)]
pub struct Step {
    pub from: Option<Stage>,
    pub to: Stage,
    /// Nobody is the system.
    pub by: Option<Who>,
    pub at: Time,
}

/// An order as the model sees one.
#[derive(Debug, Clone)]
pub struct Order {
    pub id: String,
    pub client: usize,
    /// Who took it, also when it was cancelled afterwards.
    pub provider: Option<usize>,
    pub stage: Stage,
    pub method: Method,
    pub rate: i64,
    pub cap: Option<i64>,
    pub preferred: Option<usize>,
    pub requested: Time,
    pub broadcast: Option<Time>,
    pub accepted: Option<Time>,
    pub departed: Option<Time>,
    pub arrived: Option<Time>,
    pub cancelled_by: Option<Who>,
    pub considered: BTreeMap<usize, Considered>,
    /// When the phone was last heard of on its way, and whether that was lately.
    pub tracking: Option<(Time, bool)>,
    pub work: Option<Work>,
    pub bill: Option<Bill>,
    pub rating: Option<i64>,
    pub timeline: Vec<Step>,
}

impl Order {
    /// When it came to `stage`.
    pub fn time_of(&self, stage: Stage) -> Option<Time> {
        self.timeline.iter().find(|step| step.to == stage).map(|step| step.at)
    }

    pub fn is_asked(&self, provider: usize) -> bool {
        self.considered.get(&provider).is_some_and(|one| one.passed_over.is_none())
    }

    /// When its offers end.
    pub fn offers_end(&self) -> Option<Time> {
        self.broadcast.map(|at| at + 120 * SECOND)
    }

    /// Can this provider take it now?
    pub fn is_open_to(&self, provider: usize, now: Time) -> bool {
        let is_searching = self.stage == Stage::Pending && self.offers_end().is_some_and(|end| now < end);
        is_searching && self.is_asked(provider) && !self.considered[&provider].has_declined
    }

    /// The client and whoever took it.
    pub fn people(&self) -> Vec<Who> {
        [Some(Who::Client(self.client)), self.provider.map(Who::Provider)].into_iter().flatten().collect()
    }
}

/// Money on its way in or out, through others.
#[derive(Debug, Clone)]
pub struct Transfer {
    pub id: String,
    pub owner: Who,
    pub amount: i64,
    pub status: &'static str,
}

/// What waits for its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    Broadcast(usize),
    Wave(usize, i64),
    GiveUp(usize),
    Silence(usize),
    Unpaid(usize),
    AutoComplete(usize),
    Settle(usize),
    TopUp(usize),
}

/// Something a person is told.
#[derive(Debug, Clone)]
pub struct Telling {
    pub who: Who,
    pub subject: Subject,
    /// The unit of work it belongs to: within one the order is nobody's business.
    pub turn: usize,
    pub what: String,
    pub at: Time,
}

/// An answer that was kept under a key.
#[derive(Debug, Clone)]
pub struct Kept {
    pub request: String,
    pub at: Time,
}

/// All of it.
#[derive(Debug, Default)]
pub struct World {
    pub began: Time,
    pub now: Time,
    pub people: BTreeMap<Who, Person>,
    pub orders: Vec<Order>,
    pub top_ups: Vec<Transfer>,
    pub withdrawals: Vec<Transfer>,
    pub due: Vec<(Time, Due)>,
    pub told: Vec<Telling>,
    pub turn: usize,
    pub kept: BTreeMap<(Who, u32), Kept>,
}

/// Tokens and feeds last a month; no case lasts as long.
const LONGEST: Time = 25 * 24 * HOUR;

impl World {
    /// A world in which nothing has happened yet: everybody is there, the providers are online.
    pub fn begun(now: Time, ids: impl Iterator<Item = (Who, String)>) -> Self {
        let person = |(who, id)| {
            let km = if let Who::Provider(number) = who { spot_km(number, number) } else { 0.0 };
            (who, Person { id, is_online: true, km, position_at: now, ..Person::default() })
        };
        Self { began: now, now, people: ids.map(person).collect(), ..Self::default() }
    }

    /// As much of a span as there is time for.
    pub fn span(&self, span: Time) -> Time {
        if self.now + span - self.began > LONGEST { MINUTE } else { span }
    }

    pub fn person(&mut self, who: Who) -> &mut Person {
        self.people.get_mut(&who).expect("everybody is there from the start")
    }

    pub fn id_of(&self, who: Who) -> &str {
        &self.people[&who].id
    }

    pub fn subject_id(&self, subject: Subject) -> &str {
        match subject {
            Subject::Order(order) => &self.orders[order].id,
            Subject::TopUp(index) => &self.top_ups[index].id,
            Subject::Withdrawal(index) => &self.withdrawals[index].id,
        }
    }

    pub fn tell(&mut self, who: Who, subject: Subject, what: impl Into<String>) {
        self.told.push(Telling { who, subject, turn: self.turn, what: what.into(), at: self.now });
    }

    /// A notice about an order, by its title.
    pub fn notice(&mut self, who: Who, order: usize, title: &str) {
        self.tell(who, Subject::Order(order), format!("notification.new {title}"));
    }

    /// Tells everybody of an order.
    pub fn tell_both(&mut self, order: usize, what: &str) {
        for who in self.orders[order].people() {
            self.tell(who, Subject::Order(order), what);
        }
    }
}
