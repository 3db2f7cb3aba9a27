//! Do random commands come everywhere? Played in the model alone, they must reach every refusal, every telling and every reason
//! that it knows: a corner that is never visited would be proved by nobody.

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::calls::{Outcome, Place, Refusal};
use super::commands::{Act, Command, commands, everybody};
use super::world::{HOUR, World};

/// The corners that a case comes to.
fn corners(commands: &[Command]) -> BTreeSet<String> {
    let ids = everybody().into_iter().map(|who| (who, format!("{who:?}")));
    let (mut world, place, mut sent) = (World::begun(500_000 * HOUR, ids), Place::default(), Vec::new());
    let mut found = BTreeSet::new();
    for command in commands {
        for act in command.acts(&world, &sent) {
            let call = match act {
                Act::Pass(span) => {
                    world.pass(span);
                    continue;
                }
                Act::Call(call) => call,
            };
            match call.expected(&mut world, &place) {
                Outcome::Done(_, shows) => world.name(shows, &format!("{shows:?}")),
                Outcome::AsBefore => drop(found.insert("as before".to_owned())),
                Outcome::Refused(Refusal(_, code)) => drop(found.insert(code.to_owned())),
            }
            sent.push(call);
            world.run_due();
        }
    }
    let told = world.told.iter().map(|one| if one.what.starts_with("offer.new") { "offer.new" } else { one.what.as_str() });
    found.extend(told.map(str::to_owned));
    let steps = world.orders.iter().flat_map(|order| &order.timeline);
    found.extend(steps.map(|step| {
        let by = format!("{:?}", step.by);
        let role = by.split(['(', ')']).nth(1).unwrap_or("nobody");
        format!("{} to {:?} by {role}", step.from.map_or("nothing".to_owned(), |from| format!("{from:?}")), step.to)
    }));
    let considered = world.orders.iter().flat_map(|order| order.considered.values());
    found.extend(considered.filter_map(|one| one.passed_over).map(str::to_owned));
    let works = world.orders.iter().filter_map(|order| order.work.as_ref());
    found.extend(works.filter(|work| work.is_unsure).map(|_| "an unsure clock".to_owned()));
    found
}

#[test]
fn random_commands_come_into_every_corner_of_the_model() {
    let mut runner = TestRunner::deterministic();
    let case = |_| corners(&commands().new_tree(&mut runner).unwrap().current());
    let found: BTreeSet<String> = (0..150).flat_map(case).collect();
    let missing: Vec<_> = CORNERS.iter().filter(|corner| !found.contains(**corner)).collect();
    let unknown: Vec<_> = found.iter().filter(|corner| !CORNERS.contains(&corner.as_str())).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "never visited: {missing:?}; not listed: {unknown:?}");
}

/// All that can be come to.
#[rustfmt::skip]
const CORNERS: [&str; 94] = [
    "Accepted to Cancelled by Admin", "Accepted to Cancelled by Client", "Accepted to Cancelled by Provider",
    "Accepted to OnTheWay by Provider", "Arrived to Cancelled by Admin", "Arrived to Cancelled by Client",
    "Arrived to Cancelled by Provider", "Arrived to Working by Provider", "AwaitingPayment to AwaitingRating by nobody",
    "AwaitingPayment to Cancelled by Admin", "AwaitingRating to Cancelled by Admin", "AwaitingRating to Completed by Client",
    "AwaitingRating to Completed by nobody", "OnTheWay to Arrived by Provider", "OnTheWay to Cancelled by Admin",
    "OnTheWay to Cancelled by Client", "OnTheWay to Cancelled by Provider", "Pending to Accepted by Provider",
    "Pending to Cancelled by Admin", "Pending to Cancelled by Client", "Pending to Cancelled by nobody",
    "Working to AwaitingPayment by Provider", "Working to Cancelled by Admin", "already_paid", "already_rated", "an unsure clock",
    "as before", "cash_debt", "idempotency_key_reused", "insufficient_balance", "invalid_input", "invalid_transition", "not_found",
    "not_offered", "nothing to Pending by Client", "notification.new Anda dinilai", "notification.new Belum ada penyedia",
    "notification.new Biaya mendekati batas 100", "notification.new Biaya mendekati batas 80", "notification.new Isi saldo berhasil",
    "notification.new Isi saldo gagal", "notification.new Pekerjaan dimulai", "notification.new Pekerjaan selesai",
    "notification.new Pembayaran berhasil", "notification.new Pembayaran gagal", "notification.new Pembayaran masuk",
    "notification.new Penarikan diajukan", "notification.new Penarikan disetujui", "notification.new Penarikan ditolak",
    "notification.new Penarikan selesai", "notification.new Penyedia berangkat", "notification.new Penyedia sudah tiba",
    "notification.new Pesanan baru", "notification.new Pesanan dibatalkan", "notification.new Pesanan dibuat",
    "notification.new Pesanan diterima", "notification.new Pesanan tuntas", "notification.new Tagihan belum dibayar",
    "notification.new Tagihan siap", "offer.closed cancelled", "offer.closed expired", "offer.closed taken", "offer.new",
    "offer_declined", "offline", "on_a_job", "order.changed ACCEPTED -", "order.changed ARRIVED -", "order.changed CANCELLED -",
    "order.changed COMPLETED -", "order.changed IN_PROGRESS awaiting_payment", "order.changed IN_PROGRESS awaiting_rating",
    "order.changed IN_PROGRESS working", "order.changed ON_THE_WAY -", "order.changed PENDING -", "order_already_taken",
    "outside_radius", "payment.changed COMPLETED", "payment.changed FAILED", "payment.changed PENDING", "payment.changed PROCESSING", "payment_in_progress",
    "position_too_old", "rating.received 1", "rating.received 2", "rating.received 3", "rating.received 4", "rating.received 5",
    "work_not_paused", "work_session.changed COMPLETED", "work_session.changed PAUSED", "work_session.changed STARTED", "work_stopped",
    "wrong_role",
];
