//! Prints every answer of [`step`] as tables: what the documentation shows is what the code does.

use uuid::Uuid;

use super::step::{AUTO_COMPLETE_AFTER, NO_PROVIDER, Refused, step};
use super::{Actor, Command, Event, Order, Stage};
use crate::values::{Id, Timestamp, User};

const CLIENT: Id<User> = Id::new(Uuid::from_u128(1));
const OTHER_CLIENT: Id<User> = Id::new(Uuid::from_u128(2));
const PROVIDER: Id<User> = Id::new(Uuid::from_u128(3));
const OTHER_PROVIDER: Id<User> = Id::new(Uuid::from_u128(4));
const ADMIN: Id<User> = Id::new(Uuid::from_u128(5));
const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

const INTRODUCTION: &str = "\
# Every move of an order

One table for each kind of person. A row is where the order is, a column what is asked of it.
`→` leads to a new stage; `done` means that it has happened already, so that repeating it succeeds and changes nothing;
`-` is refused because the order is elsewhere (`invalid_transition`), `taken` because another provider was faster
(`order_already_taken`), `not yours` because it belongs to others, `role` because this role never does that.

This page is printed by the code; a test compares the two (`RAPI_BLESS=1` writes it anew).
";

/// The whole grid, stage × command × actor, as Markdown.
#[must_use]
pub fn grid_markdown() -> String {
    let tables: String = cast().into_iter().map(|(title, actor)| table(title, actor)).collect();
    format!("{INTRODUCTION}{tables}")
}

fn table(title: &str, actor: Actor) -> String {
    let commands = commands();
    let head = row("", commands.iter().map(|command| command.as_str().to_owned()));
    let rule = "|---".repeat(commands.len() + 1);
    let body: String = stages().into_iter().map(|(name, stage)| stage_row(name, stage, &commands, actor)).collect();
    format!("\n## {title}\n\n{head}{rule}|\n{body}")
}

fn stage_row(name: &str, stage: Stage, commands: &[Command], actor: Actor) -> String {
    let order = Order { id: Id::new(Uuid::from_u128(9)), client: CLIENT, stage };
    row(name, commands.iter().map(|command| cell(&order, command, actor)))
}

fn row(name: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells.map(|cell| format!(" {cell} |")).collect();
    format!("| {name} |{cells}\n")
}

fn cell(order: &Order, command: &Command, actor: Actor) -> String {
    match step(order, command, actor, NOW) {
        Ok(events) if events.is_empty() => "done".to_owned(),
        Ok(events) => format!("→ {}", stage_after(order, &events)),
        Err(Refused::InvalidTransition { .. }) => "-".to_owned(),
        Err(Refused::AlreadyTaken) => "taken".to_owned(),
        Err(Refused::NotYours) => "not yours".to_owned(),
        Err(Refused::WrongRole) => "role".to_owned(),
    }
}

fn stage_after(order: &Order, events: &[Event]) -> &'static str {
    let mut moved = order.clone();
    events.iter().for_each(|event| moved.apply(event));
    moved.stage.pay_stage().map_or(moved.stage.status().as_str(), |stage| stage.as_str())
}

fn cast() -> [(&'static str, Actor); 6] {
    [
        ("The client who ordered", Actor::Client(CLIENT)),
        ("Another client", Actor::Client(OTHER_CLIENT)),
        ("The provider who has it", Actor::Provider(PROVIDER)),
        ("Another provider", Actor::Provider(OTHER_PROVIDER)),
        ("An admin", Actor::Admin(ADMIN)),
        ("Rapi itself", Actor::System),
    ]
}

fn commands() -> [Command; 10] {
    [
        Command::Accept,
        Command::Depart,
        Command::Arrive,
        Command::Start,
        Command::Finish,
        Command::Settle,
        Command::Rate,
        Command::Cancel { reason: "changed plans".to_owned() },
        Command::GiveUp,
        Command::AutoComplete,
    ]
}

fn stages() -> Vec<(&'static str, Stage)> {
    let provider = PROVIDER;
    let cancelled = |by| Stage::Cancelled { by, reason: NO_PROVIDER.to_owned() };
    vec![
        ("PENDING", Stage::Pending),
        ("ACCEPTED", Stage::Accepted { provider }),
        ("ON_THE_WAY", Stage::OnTheWay { provider }),
        ("ARRIVED", Stage::Arrived { provider }),
        ("IN_PROGRESS, working", Stage::Working { provider }),
        ("IN_PROGRESS, awaiting_payment", Stage::AwaitingPayment { provider }),
        ("IN_PROGRESS, awaiting_rating", Stage::AwaitingRating { provider, paid_at: NOW }),
        ("IN_PROGRESS, awaiting_rating for 24 h", Stage::AwaitingRating { provider, paid_at: NOW - AUTO_COMPLETE_AFTER }),
        ("COMPLETED", Stage::Completed { provider }),
        ("CANCELLED by the client", cancelled(Some(CLIENT))),
        ("CANCELLED by the provider", cancelled(Some(PROVIDER))),
        ("CANCELLED by an admin", cancelled(Some(ADMIN))),
        ("CANCELLED, no taker", cancelled(None)),
    ]
}
