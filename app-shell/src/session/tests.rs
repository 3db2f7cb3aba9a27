//! Signing in against a backend that says what it is told to.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

use rapi_core::Timestamp;
use rapi_ui::outside::{Attempt, Page, SignInForm, WRONG_ROLE, Wish};

use super::*;

const APP: App = App::Client;

/// Answers every sign-in with a session of a `user_type`, and everything else with "not found".
fn backend(user_type: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), user_type);
        }
    });
    address
}

fn answer(mut stream: TcpStream, user_type: &str) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = Vec::new();
    while head.last().is_none_or(|line: &String| !line.trim().is_empty()) {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        head.push(line.to_lowercase());
    }
    let length = head.iter().find_map(|line| line.strip_prefix("content-length:")).map_or(0, |length| length.trim().parse().unwrap());
    reader.read_exact(&mut vec![0; length]).unwrap();
    let (status, body) = if head[0].contains("/auth/login") { ("200 OK", session(user_type)) } else { ("404 Not Found", "{}".into()) };
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    // A caller that gave up does not matter.
    let _ = stream.write_all((head + &body).as_bytes());
}

fn session(user_type: &str) -> String {
    let user = format!(
        r#"{{"id":"0192d1f0-0000-7000-8000-000000000001","full_name":"Siti Ayu","email":"siti@example.com","phone":null,"user_type":"{user_type}",
        "profile_photo":null,"language":"id","is_verified":true,"verification_status":"NONE"}}"#
    );
    format!(r#"{{"access_token":"a.b.c","refresh_token":"r","token_type":"Bearer","expires_in":900,"user":{user}}}"#)
}

/// Nobody listens at the port of the discard protocol.
const NOWHERE: &str = "http://127.0.0.1:9";

async fn opened(app: App, api: &str, home: &Home) -> Engine {
    let args = <Args as clap::Parser>::try_parse_from(["app", "--api", api, "--secrets", "file"]).unwrap();
    open(app, &args, home).await.unwrap().0
}

/// What is seen in `app` after somebody tried to sign in.
async fn tried(app: App, engine: &Engine) -> OutsideView {
    let wish = Wish::SignIn(SignInForm::new("siti@example.com", "rahasia"));
    wishes::granted(engine, &outside(app), Timestamp::default, wish).await
}

fn outside(app: App) -> OutsideView {
    OutsideView { page: Page::SignIn, ..OutsideView::first(app) }
}

#[tokio::test]
async fn the_person_this_app_is_for_comes_in_and_is_still_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::open(dir.path().to_owned()).unwrap();
    let api = format!("http://{}/", backend(APP.serves().as_str()));
    let engine = opened(APP, &api, &home).await;
    assert_eq!(tried(APP, &engine).await, outside(APP));
    engine.close().await;
    let engine = opened(APP, &api, &home).await;
    let known = engine.snapshot();
    assert!(matches!(Door::of(person(&known), &outside(APP)), Door::Inside(_)));
    engine.close().await;
}

#[tokio::test]
async fn a_person_of_another_app_is_out_again_at_once() {
    let strangers = App::ALL.into_iter().flat_map(|app| App::ALL.into_iter().map(move |other| (app, other)));
    for (app, other) in strangers.filter(|(app, other)| app != other) {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path().to_owned()).unwrap();
        let engine = opened(app, &format!("http://{}", backend(other.serves().as_str())), &home).await;
        assert_eq!(tried(app, &engine).await.attempt, Attempt::refused(WRONG_ROLE));
        let known = engine.wait_for(|known| known.session.user().is_none()).await;
        assert_eq!(known.session, SessionState::SignedOut { reason: None });
        engine.close().await;
    }
}

#[tokio::test]
async fn without_a_backend_the_door_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let home = Home::open(dir.path().to_owned()).unwrap();
    let engine = opened(APP, NOWHERE, &home).await;
    assert_eq!(tried(APP, &engine).await.attempt, Attempt::refused("network"));
    engine.close().await;
}
