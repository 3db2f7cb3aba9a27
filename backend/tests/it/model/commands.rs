//! What happens in a case: commands that always mean something, whatever happened before, so that shrinking may take any away.

use proptest::prelude::*;

use super::calls::{Ask, Call};
use super::money::Verdict;
use super::moves::Wish;
use super::work::Clock;
use super::world::{CLIENTS, HOUR, MINUTE, Method, Order, PROVIDERS, SECOND, Stage, Time, Who, World};

/// One command. Numbers choose among what there is.
#[derive(Debug, Clone)]
pub enum Command {
    /// Somebody wants help.
    Wish { client: usize, is_custom: bool, method: Method, cap: usize, preferred: usize, ahead: usize },
    /// An order goes its way by one step.
    Onward { order: usize, how: usize, late: usize, is_keyed: bool },
    /// Anybody tries anything with any order, his or not, in its time or not.
    Anything { by: usize, order: usize, what: usize, late: usize },
    /// The next two steps of an order arrive in the wrong order.
    Swapped { order: usize },
    /// A call is sent again, with its key if it had one: the last, or an old one.
    Again { back: usize },
    /// A call is sent under the key of another one.
    OthersKey { back: usize, other: usize },
    /// A provider goes online somewhere.
    Online { provider: usize, spot: usize },
    /// A provider goes offline.
    Offline { provider: usize },
    /// A client stores money.
    TopUp { client: usize, amount: usize, is_scanned: bool },
    /// A provider takes money out.
    Withdraw { provider: usize, amount: usize },
    /// An admin decides on a withdrawal.
    Decide { index: usize, verdict: Verdict },
    /// Time passes.
    Pass { span: usize },
}

/// What a command comes to in the world as it is.
#[derive(Debug, Clone)]
pub enum Act {
    Call(Call),
    Pass(Time),
}

const SPOTS_KM: [f64; 5] = [1.0, 2.0, 4.0, 10.0, 20.0];
const CAPS: [Option<i64>; 6] = [None, None, None, Some(499), Some(1_500), Some(10_000)];
const AMOUNTS: [i64; 5] = [9_999, 10_000, 10_999, 50_000, 300_000];
const AHEAD: [Time; 4] = [0, 30 * MINUTE, 46 * MINUTE, 3 * HOUR];
const LATE: [Option<Time>; 6] = [None, None, Some(0), Some(20 * SECOND), Some(5 * MINUTE), Some(2 * HOUR)];
const WORKED: [Time; 5] = [20 * SECOND, 4 * MINUTE, 42 * MINUTE, 2 * HOUR, 5 * HOUR];
const SPANS: [Time; 12] = [
    SECOND,
    5 * SECOND,
    10 * SECOND,
    10 * SECOND,
    30 * SECOND,
    MINUTE,
    MINUTE + SECOND,
    3 * MINUTE,
    11 * MINUTE,
    50 * MINUTE,
    3 * HOUR,
    25 * HOUR,
];

fn method() -> impl Strategy<Value = Method> {
    prop::sample::select(vec![Method::Cash, Method::Wallet, Method::Transfer, Method::EWallet])
}

fn command() -> impl Strategy<Value = Command> {
    let number = 0..64_usize;
    prop_oneof![
        4 => (number.clone(), any::<bool>(), method(), number.clone(), 0..8_usize, 0..12_usize)
            .prop_map(|(client, is_custom, method, cap, preferred, ahead)| Command::Wish { client, is_custom, method, cap, preferred, ahead }),
        18 => (number.clone(), number.clone(), number.clone(), any::<bool>())
            .prop_map(|(order, how, late, is_keyed)| Command::Onward { order, how, late, is_keyed }),
        8 => (number.clone(), number.clone(), number.clone(), number.clone())
            .prop_map(|(by, order, what, late)| Command::Anything { by, order, what, late }),
        1 => number.clone().prop_map(|order| Command::Swapped { order }),
        3 => number.clone().prop_map(|back| Command::Again { back }),
        1 => (number.clone(), number.clone()).prop_map(|(back, other)| Command::OthersKey { back, other }),
        3 => (number.clone(), number.clone()).prop_map(|(provider, spot)| Command::Online { provider, spot }),
        1 => number.clone().prop_map(|provider| Command::Offline { provider }),
        2 => (number.clone(), number.clone(), any::<bool>())
            .prop_map(|(client, amount, is_scanned)| Command::TopUp { client, amount, is_scanned }),
        3 => (number.clone(), number.clone()).prop_map(|(provider, amount)| Command::Withdraw { provider, amount }),
        4 => (number.clone(), prop::sample::select(vec![Verdict::Approve, Verdict::Complete, Verdict::Reject]))
            .prop_map(|(index, verdict)| Command::Decide { index, verdict }),
        7 => number.prop_map(|span| Command::Pass { span }),
    ]
}

/// A case.
pub fn commands() -> impl Strategy<Value = Vec<Command>> {
    prop::collection::vec(command(), 80..160)
}

fn pick<T: Copy>(among: &[T], number: usize) -> Option<T> {
    (!among.is_empty()).then(|| among[number % among.len()])
}

impl Command {
    /// What it comes to; `sent` is what was called so far.
    pub fn acts(&self, world: &World, sent: &[Call]) -> Vec<Act> {
        // Keys count the calls, so that a key names one.
        let key = u32::try_from(sent.len()).ok();
        let call = |by: Who, ask: Ask| vec![Act::Call(Call { by, ask, key })];
        match *self {
            Self::Wish { client, is_custom, method, cap, preferred, ahead } => {
                let preferred = (preferred < PROVIDERS).then_some(preferred);
                let requested = world.now + AHEAD.get(ahead).copied().unwrap_or(0);
                let wish = Wish { is_custom, method, cap: CAPS[cap % CAPS.len()], preferred, requested };
                call(Who::Client(client % CLIENTS), Ask::Order(wish))
            }
            Self::Onward { order, how, late, is_keyed } => {
                let open: Vec<usize> = (0..world.orders.len()).filter(|one| !world.orders[*one].stage.is_over()).collect();
                let Some(order) = pick(&open, order) else { return vec![] };
                let key = key.filter(|_| is_keyed);
                match onward(world, order, how, late) {
                    Act::Call(call) => vec![Act::Call(Call { key, ..call })],
                    pass => vec![pass],
                }
            }
            Self::Anything { by, order, what, late } => anything(world, by, order, what, late).into_iter().map(Act::Call).collect(),
            Self::Swapped { order } => {
                let going: Vec<usize> = (0..world.orders.len()).filter(|one| world.orders[*one].stage.occupies()).collect();
                pick(&going, order).map_or_else(Vec::new, |order| swapped(&world.orders[order], order))
            }
            Self::Again { back } => {
                // Mostly one of the last.
                let reach = if back.is_multiple_of(2) { sent.len() } else { sent.len().min(4) };
                let recent = &sent[sent.len() - reach..];
                if recent.is_empty() { vec![] } else { vec![Act::Call(recent[back / 2 % reach].clone())] }
            }
            Self::OthersKey { back, other } => {
                if sent.is_empty() {
                    return vec![];
                }
                let (one, other) = (&sent[back % sent.len()], &sent[other % sent.len()]);
                if one.by == other.by { vec![Act::Call(Call { key: other.key, ..one.clone() })] } else { vec![] }
            }
            Self::Online { provider, spot } => {
                let provider = provider % PROVIDERS;
                call(Who::Provider(provider), Ask::Online(spot_km(provider, spot)))
            }
            Self::Offline { provider } => call(Who::Provider(provider % PROVIDERS), Ask::Offline),
            Self::TopUp { client, amount, is_scanned } => {
                let method = if is_scanned { Method::EWallet } else { Method::Transfer };
                call(Who::Client(client % CLIENTS), Ask::TopUp(AMOUNTS[amount % AMOUNTS.len()], method))
            }
            Self::Withdraw { provider, amount } => {
                // Mostly all that somebody has.
                let has = |one: &usize| world.people[&Who::Provider(*one)].balance;
                let able: Vec<usize> = (0..PROVIDERS).filter(|one| has(one) >= 10_000).collect();
                let all = pick(&able, provider).filter(|_| amount % 3 > 0);
                let who = Who::Provider(all.unwrap_or(provider % PROVIDERS));
                let amount = all.map_or(AMOUNTS[amount / 3 % AMOUNTS.len()], |one| has(&one));
                call(who, Ask::Withdraw(amount))
            }
            Self::Decide { index, verdict } => match world.withdrawals.len() {
                0 => vec![],
                count => call(Who::Admin, Ask::Decide(index % count, verdict)),
            },
            Self::Pass { span } => vec![Act::Pass(world.span(SPANS[span % SPANS.len()]))],
        }
    }
}

/// No two are ever equally far away.
pub fn spot_km(provider: usize, spot: usize) -> f64 {
    SPOTS_KM[spot % SPOTS_KM.len()] + f64::from(u8::try_from(provider).unwrap()) * 0.01
}

fn said(world: &World, late: usize) -> Option<Time> {
    LATE[late % LATE.len()].map(|ago| world.now - ago)
}

/// The next step of an order, by whoever makes it.
fn onward(world: &World, order: usize, how: usize, late: usize) -> Act {
    let row = &world.orders[order];
    let at = said(world, late);
    let (client, provider) = (Who::Client(row.client), Who::Provider(row.provider.unwrap_or_default()));
    let call = |by: Who, ask: Ask| Act::Call(Call { by, ask, key: None });
    match row.stage {
        Stage::Pending => found(world, order, how),
        Stage::Accepted => call(provider, Ask::Depart(order, at)),
        Stage::OnTheWay => call(provider, Ask::Arrive(order, at)),
        Stage::Arrived => call(provider, Ask::Clock(order, Clock::Start, at)),
        Stage::Working => {
            let is_paused = row.work.as_ref().is_some_and(|work| work.is_paused);
            let clock = match (how % 6, is_paused) {
                (0, false) => Clock::Pause,
                (0 | 1, true) => Clock::Resume,
                // Enough for a withdrawal, now and then.
                (2 | 3, _) => return Act::Pass(world.span(WORKED[late % WORKED.len()])),
                _ => Clock::Stop,
            };
            call(provider, Ask::Clock(order, clock, at))
        }
        Stage::AwaitingPayment => {
            let status = row.bill.as_ref().map(|bill| (bill.status(), bill.method));
            match (status, row.method) {
                (Some(("PROCESSING", Method::Transfer | Method::EWallet)), _) => Act::Pass(SECOND),
                (Some(("PROCESSING", _)), _) | (_, Method::Cash) => call(provider, Ask::ConfirmCash(order)),
                (Some(("FAILED", _)), _) if how.is_multiple_of(2) => call(client, Ask::Pay(order, Method::Cash)),
                (_, Method::Wallet) if how.is_multiple_of(3) => call(client, Ask::Pay(order, Method::EWallet)),
                (_, method) => call(client, Ask::Pay(order, method)),
            }
        }
        _ => call(client, Ask::Rate(order, 1 + i64::try_from(how % 5).unwrap())),
    }
}

/// Somebody takes it who can; else somebody comes near; else they wait.
fn found(world: &World, order: usize, how: usize) -> Act {
    let free: Vec<usize> = (0..PROVIDERS).filter(|one| !world.is_busy(*one)).collect();
    let asked: Vec<usize> = free.iter().copied().filter(|one| world.orders[order].is_open_to(*one, world.now)).collect();
    let idle: Vec<usize> = free.into_iter().filter(|one| !world.people[&Who::Provider(*one)].is_online || how.is_multiple_of(4)).collect();
    let row = &world.orders[order];
    let declined: Vec<usize> = row.considered.iter().filter(|(_, one)| one.has_declined).map(|(provider, _)| *provider).collect();
    match (pick(&asked, how), pick(&idle, how)) {
        (Some(taker), _) if how % 16 == 7 => Act::Call(Call { by: Who::Provider(taker), ask: Ask::Decline(order), key: None }),
        _ if how % 8 == 5 && !declined.is_empty() => Act::Call(Call { by: Who::Provider(declined[0]), ask: Ask::Accept(order), key: None }),
        (Some(taker), _) => Act::Call(Call { by: Who::Provider(taker), ask: Ask::Accept(order), key: None }),
        (None, Some(other)) => Act::Call(Call { by: Who::Provider(other), ask: Ask::Online(spot_km(other, how % 3)), key: None }),
        (None, None) => Act::Pass(10 * SECOND),
    }
}

pub fn everybody() -> Vec<Who> {
    let clients = (0..CLIENTS).map(Who::Client);
    clients.chain((0..PROVIDERS).map(Who::Provider)).chain([Who::Admin]).collect()
}

fn anything(world: &World, by: usize, order: usize, what: usize, late: usize) -> Option<Call> {
    if world.orders.is_empty() {
        return None;
    }
    // Mostly one of the newest orders, and mostly by somebody of it.
    let newest = world.orders.len().min(3);
    let order = if order.is_multiple_of(4) { order / 4 % world.orders.len() } else { world.orders.len() - 1 - order % newest };
    let row = &world.orders[order];
    let asked = (0..PROVIDERS).filter(|one| row.is_asked(*one)).map(Who::Provider);
    let concerned: Vec<Who> = row.people().into_iter().chain(asked).collect();
    let by = if by.is_multiple_of(3) { everybody()[by / 3 % 6] } else { concerned[by % concerned.len()] };
    let at = said(world, late);
    let methods = [Method::Cash, Method::Wallet, Method::Transfer, Method::EWallet];
    let asks = [
        Ask::Accept(order),
        Ask::Decline(order),
        Ask::Depart(order, at),
        Ask::Arrive(order, at),
        Ask::Clock(order, Clock::Start, at),
        Ask::Clock(order, Clock::Pause, at),
        Ask::Clock(order, Clock::Resume, at),
        Ask::Clock(order, Clock::Stop, at),
        Ask::Pay(order, methods[late % methods.len()]),
        Ask::ConfirmCash(order),
        Ask::Rate(order, 1 + i64::try_from(late % 5).unwrap()),
        Ask::Cancel(order),
    ];
    // What the caller's role never does is tried now and then.
    let fits = |ask: &Ask| match by {
        Who::Client(_) => matches!(ask, Ask::Pay(..) | Ask::Rate(..) | Ask::Cancel(_)),
        Who::Provider(_) => !matches!(ask, Ask::Pay(..) | Ask::Rate(..)),
        Who::Admin => matches!(ask, Ask::Cancel(_)),
    };
    let fitting: Vec<&Ask> = asks.iter().filter(|ask| fits(ask)).collect();
    let ask = if what.is_multiple_of(8) { &asks[what / 8 % asks.len()] } else { fitting[what % fitting.len()] };
    Some(Call { by, ask: ask.clone(), key: None })
}

/// The next two steps of a job, the later one first.
fn swapped(row: &Order, order: usize) -> Vec<Act> {
    let steps = [
        Ask::Depart(order, None),
        Ask::Arrive(order, None),
        Ask::Clock(order, Clock::Start, None),
        Ask::Clock(order, Clock::Stop, None),
        Ask::ConfirmCash(order),
    ];
    let first = match row.stage {
        Stage::Accepted => 0,
        Stage::OnTheWay => 1,
        Stage::Arrived => 2,
        _ => 3,
    };
    let by = Who::Provider(row.provider.unwrap_or_default());
    [first + 1, first].into_iter().map(|step| Act::Call(Call { by, ask: steps[step].clone(), key: None })).collect()
}
