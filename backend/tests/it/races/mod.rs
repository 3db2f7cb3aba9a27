//! Many at once, over real processes: one on SQLite, and two on one PostgreSQL database.

mod houses;

use crate::harness::Engine;
use houses::Houses;

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_serve_one_database_and_one_of_them_may_die() {
    houses::on_both(async |houses: Houses| {
        let admin = houses.any().admin().await;
        let client = houses.any().client().await;
        assert_eq!(client.get("me").await.expect(200)["id"], client.id.as_str());
        assert_eq!(admin.get("admin/ledger/check").await.expect(200)["is_balanced"], true);
        if houses.engine == Engine::Postgres {
            assert_ne!(houses.all()[0].mqtt, houses.all()[1].mqtt, "each has a broker of its own");
            let survivor = houses.at(1, &client);
            let houses = houses.without_the_first();
            assert_eq!(survivor.get("me").await.expect(200)["id"], client.id.as_str());
            houses.end().await;
        } else {
            houses.end().await;
        }
    })
    .await;
}
