//! Inboxes and the feed of events.

use rapi_backend::notifications::service::{Notice, notify};
use rapi_core::{Id, values};
use serde_json::{Value, json};

use crate::client::Client;
use crate::harness::{Backend, on_both, until};

async fn write(backend: &Backend, to: &Client, template: &'static str, data: Value) {
    let (app, user): (_, Id<values::User>) = (backend.app(), to.id.parse().unwrap());
    let tx = app.db.write().await.unwrap();
    let action_url = Some("rapi://orders/1".to_owned());
    notify(app, &tx, user, Notice { template, data, action_url }).await.unwrap();
    tx.commit().await.unwrap();
}

fn accepted() -> Value {
    json!({ "order_id": "1", "order_number": "RP-8F3K2Q7M", "provider_name": "Wati Lestari" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_read_in_ones_own_language() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let client = backend.client().await;
        write(&backend, &client, "ORDER_ACCEPTED", accepted()).await;
        client.patch("me", json!({ "language": "en" })).await.expect(200);
        write(&backend, &client, "ORDER_ACCEPTED", accepted()).await;
        write(&backend, &client, "ORDER_CANCELLED", accepted()).await;

        let inbox = client.get("notifications").await.expect(200);
        let said: Vec<_> =
            inbox["items"].as_array().unwrap().iter().map(|item| (item["title"].as_str(), item["message"].as_str())).collect();
        assert_eq!(
            said,
            [
                // Nobody gave a reason, so there is none to read.
                (Some("Order cancelled"), Some("Order RP-8F3K2Q7M was cancelled.")),
                (Some("Order accepted"), Some("Wati Lestari has accepted order RP-8F3K2Q7M.")),
                (Some("Pesanan diterima"), Some("Wati Lestari menerima pesanan RP-8F3K2Q7M.")),
            ]
        );
        let newest = &inbox["items"][0];
        assert_eq!((&newest["type"], &newest["is_read"]), (&json!("ORDER"), &json!(false)));
        assert_eq!((&newest["data"], &newest["action_url"]), (&accepted(), &json!("rapi://orders/1")));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_template_is_a_fault_and_writes_nothing() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let client = backend.client().await;
        let app = backend.app();
        let tx = app.db.write().await.unwrap();
        let notice = Notice { template: "NO_SUCH", data: json!({}), action_url: None };
        assert_eq!(notify(app, &tx, client.id.parse().unwrap(), notice).await.unwrap_err().status(), 500);
        tx.commit().await.unwrap();
        assert_eq!(client.get("notifications").await.expect(200)["items"], json!([]));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_are_read_one_by_one_or_all_at_once_and_only_by_their_owner() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (client, other) = (backend.client().await, backend.client().await);
        for _ in 0..3 {
            write(&backend, &client, "ORDER_ACCEPTED", accepted()).await;
        }
        write(&backend, &other, "ORDER_ACCEPTED", accepted()).await;
        let read = async |who: &Client| {
            let inbox = who.get("notifications").await.expect(200);
            inbox["items"].as_array().unwrap().iter().map(|item| item["is_read"].as_bool().unwrap()).collect::<Vec<_>>()
        };
        let inbox = client.get("notifications").await.expect(200);
        let second = format!("notifications/{}/read", inbox["items"][1]["id"].as_str().unwrap());
        other.post(&second, json!({})).await.refused(404, "not_found");
        client.post("notifications/0199aaaa-0000-7000-8000-000000000000/read", json!({})).await.refused(404, "not_found");
        for _ in 0..2 {
            client.post(&second, json!({})).await.expect(204);
            assert_eq!(read(&client).await, [false, true, false]);
        }
        client.post("notifications/read-all", json!({})).await.expect(204);
        assert_eq!((read(&client).await, read(&other).await), (vec![true; 3], vec![false]));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn inbox_and_feed_are_read_page_by_page() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let client = backend.client().await;
        for number in 0..5 {
            write(&backend, &client, "NO_PROVIDER", json!({ "order_number": number })).await;
        }
        let first = client.get("notifications?limit=3").await.expect(200);
        let rest = client.get(&format!("notifications?limit=3&cursor={}", first["next_cursor"].as_str().unwrap())).await.expect(200);
        assert_eq!((first["items"].as_array().unwrap().len(), rest["items"].as_array().unwrap().len()), (3, 2));
        assert_eq!(rest["next_cursor"], Value::Null);

        let whole = until("five events", async || {
            let feed = client.get("me/events").await.expect(200);
            (feed["items"].as_array().unwrap().len() == 5).then_some(feed)
        })
        .await;
        assert_eq!(whole["has_more"], false);
        assert_eq!(whole["items"][0]["data"]["notification_id"], rest["items"][1]["id"]);
        let piece = client.get("me/events?after=1&limit=2").await.expect(200);
        let seqs: Vec<_> = piece["items"].as_array().unwrap().iter().map(|event| event["seq"].as_i64().unwrap()).collect();
        assert_eq!((seqs, &piece["has_more"]), (vec![2, 3], &json!(true)));
        assert_eq!(client.get("me/events?after=3&limit=2").await.expect(200)["has_more"], false);
        assert_eq!(backend.client().await.get("me/events").await.expect(200)["items"], json!([]));
        for nonsense in ["me/events?after=-1", "me/events?limit=0", "me/events?limit=101", "me/events?after=x", "notifications?cursor=x"] {
            client.get(nonsense).await.refused(422, "invalid_input");
        }
        backend.stop().await;
    })
    .await;
}
