//! Every POST sent ten times at once under one key: one effect, ten equal answers.

use std::collections::BTreeSet;

use serde_json::json;

use super::houses::{self, Houses};
use super::*;
use crate::client::png;
use crate::deaths::books::Books;
use crate::doors::operations;

/// How often each is sent.
const TIMES: usize = 10;

/// Sends things many times, and remembers what was tried.
pub(super) struct Keys<'a> {
    pub(super) houses: &'a Houses,
    books: Books,
    tried: BTreeSet<String>,
}

/// Rows of a table (with a condition, if any) that a call adds.
pub(super) type Effect = (&'static str, i64);

impl Keys<'_> {
    async fn count(&self, rows: &str) -> i64 {
        self.books.count(&format!("SELECT COUNT(*) AS n FROM {rows}")).await
    }

    async fn counts(&self, effects: &[Effect]) -> Vec<i64> {
        let mut counts = Vec::new();
        for (rows, _) in effects {
            counts.push(self.count(rows).await);
        }
        counts
    }

    /// Sends it ten times at once; the one answer.
    pub(super) async fn post(&mut self, who: &Client, template: &str, id: &str, body: Value, effects: &[Effect]) -> Value {
        let (path, key) = (template.replace("{id}", id), format!("kunci-{}", self.tried.len()));
        let call = |number: usize| {
            let (who, path, key, body) = (self.houses.at(number, who), path.clone(), key.clone(), body.clone());
            async move { who.post_once(&format!("/api/v1{path}"), &key, body).await }
        };
        let answers = || join_all((0..TIMES).map(call));
        let answer = self.all_the_same(template, answers, effects).await;
        let other = self.houses.any().stranger();
        let other = Client { token: who.token.clone(), ..other };
        let reused = other.post_once(&format!("/api/v1{path}"), &key, json!({ "lain": true })).await;
        assert!([409, 422].contains(&reused.status), "{template}: another body under the same key: {}", reused.body);
        self.tried.insert(template.to_owned());
        answer
    }

    async fn all_the_same<F: Future<Output = Vec<Reply>>>(&self, what: &str, send: impl FnOnce() -> F, effects: &[Effect]) -> Value {
        let before = self.counts(effects).await;
        let replies = send().await;
        for reply in &replies {
            assert_eq!((reply.status, &reply.body), (replies[0].status, &replies[0].body), "{what}: answers differ");
        }
        assert!(replies[0].status < 300, "{what}: {}", replies[0].body);
        let after = self.counts(effects).await;
        for (((rows, expected), before), after) in effects.iter().zip(before).zip(after) {
            assert_eq!(after - before, *expected, "{what}: {rows}");
        }
        replies[0].body.clone()
    }

    /// A file, whose form differs each time.
    pub(super) async fn upload(&mut self, who: &Client, effects: &[Effect]) {
        let send = |number: usize| {
            let who = self.houses.at(number, who);
            async move {
                let form = reqwest::multipart::Form::new().text("purpose", "profile_photo");
                let form = form.part("file", reqwest::multipart::Part::bytes(png()).file_name("saya.png"));
                let request = who.http.post(format!("{}/api/v1/media", who.url)).bearer_auth(who.token.unwrap());
                let response = request.header("Idempotency-Key", "foto").multipart(form).send().await.unwrap();
                let (status, headers) = (response.status().as_u16(), response.headers().clone());
                Reply { status, headers, body: response.json().await.unwrap() }
            }
        };
        let answers = || join_all((0..TIMES).map(send));
        self.all_the_same("/media", answers, effects).await;
        self.tried.insert("/media".to_owned());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_posted_ten_times_under_one_key_happens_once_and_is_answered_alike() {
    houses::on_both(async |houses| {
        let mut keys = Keys { houses: &houses, books: Books::open(&houses.place).await, tried: BTreeSet::new() };
        story::told(&mut keys).await;
        // Whoever is not signed in has no keys: nothing of /auth is kept.
        let document = houses.any().stranger().get("/api/openapi.json").await.expect(200);
        let posts = operations(&document).into_iter().filter(|(method, path, _)| method == "POST" && !path.starts_with("/auth/"));
        let posts: BTreeSet<_> = posts.map(|(_, path, _)| path).collect();
        assert_eq!(keys.tried, posts, "every POST is tried here");
        keys.books.close().await;
        houses.end().await;
    })
    .await;
}
