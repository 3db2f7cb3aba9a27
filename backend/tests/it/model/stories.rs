//! What the model once found, told again.

use super::backend;
use super::calls::{Ask, Call};
use super::cast::Cast;
use super::commands::Act::{self, Pass};
use super::moves::Wish;
use super::work::Clock;
use super::world::{MINUTE, Method, Who};
use crate::harness::on_both;

const CLIENT: Who = Who::Client(0);
const PROVIDER: Who = Who::Provider(0);

fn ask(by: Who, ask: Ask) -> Act {
    Act::Call(Call { by, ask, key: None })
}

/// An order at whose door the provider stands.
fn at_the_door(cast: &Cast<'_>) -> Vec<Act> {
    let wish = Wish { is_custom: false, method: Method::Cash, cap: None, preferred: None, requested: cast.world.now };
    let travel = [Ask::Accept(0), Ask::Depart(0, None), Ask::Arrive(0, None)];
    std::iter::once(ask(CLIENT, Ask::Order(wish))).chain(travel.map(|step| ask(PROVIDER, step))).collect()
}

async fn told(story: impl AsyncFn(&Cast<'_>) -> Vec<Act>) {
    on_both(async |engine| {
        let backend = backend(engine).await;
        let mut cast = Cast::assemble(&backend).await;
        for act in story(&cast).await {
            cast.act(act).await.unwrap();
        }
        cast.look_at_everything().await.unwrap();
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_of_work_that_was_called_off_stands_still() {
    told(async |cast| {
        let mut acts = at_the_door(cast);
        acts.push(ask(PROVIDER, Ask::Clock(0, Clock::Start, None)));
        acts.extend([Pass(3 * MINUTE), ask(Who::Admin, Ask::Cancel(0)), Pass(10 * MINUTE)]);
        acts
    })
    .await;
}
