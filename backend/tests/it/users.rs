//! People: accounts, sessions, what is theirs, the identity check, files.

mod belongings;
mod codes;
mod files;
mod oversight;
mod phones;
mod providers;
mod sessions;
mod signing_in;
mod verification;

use rapi_core::Id;
use rapi_core::wire::events::Event;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::client::{Client, PASSWORD};
use crate::harness::{Backend, until};

/// Somebody who filled in the form.
fn form(email: &str, phone: &str) -> Value {
    json!({ "full_name": "Dewi Anggraini", "email": email, "phone": phone, "password": PASSWORD, "user_type": "CLIENT" })
}

/// How many rows a query counts.
async fn count(backend: &Backend, sql: &str) -> i64 {
    let connection = backend.app().db.read();
    let statement = Statement::from_string(connection.get_database_backend(), sql.to_owned());
    connection.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Changes rows behind the API's back, as an operator would.
async fn execute(backend: &Backend, sql: &str) {
    let tx = backend.app().db.write().await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}

/// Waits for a message to `address` whose subject holds `part`.
async fn letter(backend: &Backend, address: &str, part: &str) -> Value {
    let folder = backend.dir.path().join("outbox");
    until(&format!("a message about {part}"), async || {
        let files = std::fs::read_dir(&folder).ok()?.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "json"));
        let messages = files.filter_map(|file| serde_json::from_slice::<Value>(&std::fs::read(file.path()).ok()?).ok());
        messages.into_iter().find(|message| message["to"] == address && message["subject"].as_str().unwrap().contains(part))
    })
    .await
}

/// Waits for a code to `address` that is none of these.
async fn new_code(backend: &Backend, address: &str, known: &[&str]) -> String {
    let folder = backend.dir.path().join("outbox");
    until(&format!("a new code for {address}"), async || {
        let files = std::fs::read_dir(&folder).ok()?.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "json"));
        let messages = files.filter_map(|file| serde_json::from_slice::<Value>(&std::fs::read(file.path()).ok()?).ok());
        let codes =
            messages.filter(|message| message["to"] == address).filter_map(|message| message["otp_code"].as_str().map(str::to_owned));
        codes.into_iter().find(|code| !known.contains(&code.as_str()))
    })
    .await
}

/// Waits until the person's feed holds an event like this.
async fn told(backend: &Backend, person: &Client, event: &Event) {
    let id = Id::new(person.id.parse().unwrap());
    let is_there = async || {
        let feed = rapi_backend::platform::events::feed(&backend.app().db, id, 0, 100).await.unwrap();
        feed.iter().any(|envelope| envelope.event().as_ref() == Some(event)).then_some(())
    };
    until(&format!("{event:?}"), is_there).await;
}

/// Another six digits than these.
fn other_than(code: &str) -> &'static str {
    if code == "123456" { "654321" } else { "123456" }
}
