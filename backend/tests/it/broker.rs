//! The broker inside, tried with foreign clients: `mosquitto_pub` and `mosquitto_sub` over TCP with MQTT 3.1.1 and 5, another
//! client over WebSocket.

mod house;

use std::time::Duration;

use house::{House, Said, ayu, finish, start, wati, within};
use mqtt5::client::MqttClient;
use mqtt5::{ConnectOptions, QoS, SubscribeOptions};
use rapi_backend::platform::bus::Bus;
use rapi_backend::users::tokens::TokenKeys;
use rapi_core::wire::people::UserType;
use rapi_core::wire::topics;
use rapi_core::{Id, Timestamp};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use uuid::Uuid;

/// The version, and its way to say in CONNACK or SUBACK what follows.
struct Version {
    name: &'static str,
    bad_login: u8,
    bad_client_id: u8,
    not_authorized: u8,
    no_subscription: u8,
}

const VERSIONS: [Version; 2] = [
    Version { name: "mqttv311", bad_login: 4, bad_client_id: 2, not_authorized: 5, no_subscription: 128 },
    Version { name: "mqttv5", bad_login: 134, bad_client_id: 133, not_authorized: 135, no_subscription: 135 },
];

#[tokio::test]
async fn only_a_good_token_under_ones_own_name_connects() {
    let house = House::open().await;
    let (me, now) = (ayu().to_string(), Timestamp::from_micros(1_790_000_000_000_000));
    let issue =
        |seed, at| TokenKeys::try_new(seed).unwrap().issue(ayu(), ayu().uuid(), UserType::ServiceProvider, at, Duration::from_secs(900));
    let (foreign, expired) = (issue([8; 32], now).unwrap(), issue([7; 32], now - Duration::from_secs(900)).unwrap());
    let hers = house.token(wati());
    let logins = [
        None,
        Some((me.as_str(), "garbage")),
        Some((me.as_str(), "")),
        Some((me.as_str(), foreign.as_str())),
        Some((me.as_str(), expired.as_str())),
        Some((me.as_str(), hers.as_str())),
        Some(("ayu", hers.as_str())),
    ];
    for version in VERSIONS {
        for login in logins {
            let mut client = house.mosquitto_as("mosquitto_sub", version.name, &topics::client_id(ayu(), "phone"), login);
            let said = finish(client.args(["-t", &topics::events(ayu())])).await;
            assert!(said.contains(&format!("received CONNACK ({})", version.bad_login)), "{login:?}: {said}");
        }
    }
}

#[tokio::test]
async fn a_revoked_session_does_not_connect() {
    let house = House::open().await;
    house.revoke(ayu());
    for version in VERSIONS {
        let said = finish(house.mosquitto("mosquitto_sub", version.name, ayu()).args(["-t", &topics::events(ayu())])).await;
        assert!(said.contains(&format!("received CONNACK ({})", version.bad_login)), "{said}");
    }
}

#[tokio::test]
async fn somebody_elses_client_id_is_refused() {
    let house = House::open().await;
    let (me, token) = (ayu().to_string(), house.token(ayu()));
    for version in VERSIONS {
        for client_id in [topics::client_id(wati(), "phone"), "phone".to_owned(), format!("{me}:"), me.clone()] {
            let mut client = house.mosquitto_as("mosquitto_sub", version.name, &client_id, Some((&me, &token)));
            let said = finish(client.args(["-t", &topics::events(ayu())])).await;
            assert!(said.contains(&format!("received CONNACK ({})", version.bad_client_id)), "{client_id}: {said}");
        }
    }
}

#[tokio::test]
async fn nobody_leaves_a_will() {
    let house = House::open().await;
    for version in VERSIONS {
        for topic in [topics::events(wati()), topics::location(ayu())] {
            let mut client = house.mosquitto("mosquitto_sub", version.name, ayu());
            let said = finish(client.args(["-t", &topics::events(ayu()), "--will-topic", &topic, "--will-payload", "forged"])).await;
            assert!(said.contains(&format!("received CONNACK ({})", version.not_authorized)), "{topic}: {said}");
        }
    }
}

#[tokio::test]
async fn nobody_listens_to_others() {
    let house = House::open().await;
    let (hers, mine) = (topics::everything_of(wati()), topics::everything_of(ayu()));
    let filters = [
        topics::events(wati()),
        hers.clone(),
        "#".to_owned(),
        "+/+/events".to_owned(),
        "u/#".to_owned(),
        "u/+/events".to_owned(),
        format!("u/{}", ayu()),
        "$SYS/#".to_owned(),
        format!("$share/g/{hers}"),
        format!("$share/g/{mine}"),
        "refused".to_owned(),
    ];
    for version in VERSIONS {
        for filter in &filters {
            let said = finish(house.mosquitto("mosquitto_sub", version.name, ayu()).args(["-t", filter])).await;
            assert!(said.contains(&format!("Subscribed (mid: 1): {}", version.no_subscription)), "{filter}: {said}");
        }
    }
}

#[tokio::test]
async fn only_providers_publish_and_only_their_own_location() {
    let house = House::open().await;
    let elsewhere = [topics::location(wati()), topics::events(ayu()), format!("u/{}/location/x", ayu()), "$SYS/x".to_owned()];
    let mut tries: Vec<_> = elsewhere.into_iter().map(|topic| (ayu(), topic)).collect();
    tries.push((wati(), topics::location(wati())));
    for (who, topic) in tries {
        let mut new = house.mosquitto("mosquitto_pub", "mqttv5", who);
        let said = finish(new.args(["-q", "1", "-t", &topic, "-m", "forged"])).await;
        assert!(said.contains("received PUBACK (Mid: 1, RC:135)"), "{topic}: {said}");
        // MQTT 3.1.1 has no word for it: the message is acknowledged and goes nowhere.
        finish(house.mosquitto("mosquitto_pub", "mqttv311", who).args(["-q", "1", "-t", &topic, "-m", "forged"])).await;
    }
    assert_eq!(house.stored_until_now().await, [b"the end"]);
}

#[tokio::test]
async fn a_retained_or_too_large_message_ends_the_connection() {
    let house = House::open().await;
    let (topic, large) = (topics::location(ayu()), "x".repeat(64 * 1024));
    for message in [["-m", "retained", "-r"].as_slice(), ["-m", &large].as_slice()] {
        let mut publish = house.mosquitto("mosquitto_pub", "mqttv311", ayu());
        let said = finish(publish.args(["-q", "1", "-t", &topic]).args(message)).await;
        assert!(!said.contains("PUBACK") && said.contains("The connection was lost"), "{said}");
    }
    assert_eq!(house.stored_until_now().await, [b"the end"]);
}

#[tokio::test]
async fn a_batch_is_acknowledged_only_when_it_is_stored() {
    for version in VERSIONS {
        for qos in ["1", "2"] {
            let mut house = House::open().await;
            house.letters.permits.forget_permits(usize::MAX);
            let mut publish = house.mosquitto("mosquitto_pub", version.name, ayu());
            let mut client = start(publish.args(["-q", qos, "-t", &topics::location(ayu()), "-m", "batch"]));
            let batch = within(house.entered.recv()).await.unwrap();
            assert_eq!(batch, (ayu(), "phone".to_owned(), b"batch".to_vec()));
            // Others are served meanwhile, this one waits.
            let said = finish(house.mosquitto("mosquitto_sub", version.name, wati()).args(["-t", "#"])).await;
            assert!(said.contains("received SUBACK"), "{said}");
            assert!(client.try_wait().unwrap().is_none(), "acknowledged before it was stored");
            house.letters.permits.add_permits(1);
            assert!(within(client.wait()).await.unwrap().success());
            assert_eq!(house.letters.stored.lock().unwrap().len(), 1);
        }
    }
}

#[tokio::test]
async fn a_batch_that_cannot_be_stored_is_not_acknowledged() {
    for version in VERSIONS {
        let house = House::open().await;
        let send = async || {
            let mut publish = house.mosquitto("mosquitto_pub", version.name, ayu());
            finish(publish.args(["-q", "1", "-t", &topics::location(ayu()), "-m", "cannot be stored"])).await
        };
        let first = send().await;
        assert!(!first.contains("PUBACK"), "{first}");
        assert!(send().await.contains("received PUBACK"));
        assert_eq!(house.letters.stored.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn ones_own_events_arrive() {
    let house = House::open().await;
    for version in VERSIONS {
        let mut subscribe = house.mosquitto("mosquitto_sub", version.name, wati());
        let mut said = Said::by(subscribe.args(["-q", "1", "-t", &topics::everything_of(wati())]));
        said.until("Subscribed (mid: 1): 1").await;
        house.bus.publish(topics::events(ayu()), b"for Ayu".to_vec()).await;
        house.bus.publish(topics::events(wati()), b"for Wati".to_vec()).await;
        said.until("PUBLISH (d0, q1, r0, m1").await;
        said.until("for Wati").await;
    }
}

#[tokio::test]
async fn a_connection_ends_with_its_session() {
    let house = House::open().await;
    for version in VERSIONS {
        let somebody = Id::new(Uuid::from_u128(if version.name == "mqttv5" { 5 } else { 3 }));
        let mut subscribe = house.mosquitto("mosquitto_sub", version.name, somebody);
        let mut said = Said::by(subscribe.args(["-t", &topics::events(somebody)]));
        said.until("Subscribed").await;
        house.revoke(somebody);
        house.bus.disconnect(&format!("{somebody}:")).await;
        // The client comes back by itself, and is turned away.
        said.until(&format!("received CONNACK ({})", version.bad_login)).await;
    }
}

#[tokio::test]
async fn a_session_that_ended_elsewhere_is_noticed() {
    let house = House::open().await;
    let mut said = Said::by(house.mosquitto("mosquitto_sub", "mqttv5", ayu()).args(["-t", &topics::events(ayu())]));
    said.until("Subscribed").await;
    house.revoke(ayu());
    house.clock.advance(Duration::from_secs(30));
    said.until("received CONNACK (134)").await;
}

#[tokio::test]
async fn a_connection_ends_after_a_day() {
    let house = House::open().await;
    let mut said = Said::by(house.mosquitto("mosquitto_sub", "mqttv311", ayu()).args(["-t", &topics::events(ayu())]));
    said.until("Subscribed").await;
    house.clock.advance(Duration::from_secs(24 * 3600));
    said.until("received CONNACK (4)").await;
}

#[tokio::test]
async fn over_websocket_the_same_rules_hold() {
    let house = House::open().await;
    // Somebody who never says a word keeps nobody waiting.
    let _silent = TcpStream::connect(house.broker.ws).await.unwrap();
    let address = format!("ws://{}/mqtt", house.broker.ws);
    let options = |client_id: &str, token: &str| {
        ConnectOptions::new(client_id).with_credentials(ayu().to_string(), token).with_automatic_reconnect(false)
    };
    let (mine, token) = (topics::client_id(ayu(), "browser"), house.token(ayu()));
    for (client_id, token) in [(mine.as_str(), "garbage"), ("browser", token.as_str())] {
        let refused = within(MqttClient::new(client_id).connect_with_options(&address, options(client_id, token))).await;
        assert!(refused.is_err(), "{client_id}");
    }

    let client = MqttClient::new(mine.as_str());
    within(client.connect_with_options(&address, options(&mine, &token))).await.unwrap();
    let (sender, mut arrived) = mpsc::unbounded_channel();
    let at_least_once = SubscribeOptions { qos: QoS::AtLeastOnce, ..SubscribeOptions::default() };
    let keep = move |message: mqtt5::types::Message| {
        let _ = sender.send(message.payload.to_vec());
    };
    within(client.subscribe_with_options(topics::events(ayu()), at_least_once, keep)).await.unwrap();
    assert!(within(client.subscribe(topics::events(wati()), |_| {})).await.is_err());
    assert!(within(client.publish_qos1(topics::location(wati()), b"forged".to_vec())).await.is_err());
    within(client.publish_qos1(topics::location(ayu()), b"batch".to_vec())).await.unwrap();
    assert_eq!(*house.letters.stored.lock().unwrap(), [(ayu(), "browser".to_owned(), b"batch".to_vec())]);
    house.bus.publish(topics::events(ayu()), b"for Ayu".to_vec()).await;
    assert_eq!(within(arrived.recv()).await.unwrap(), b"for Ayu");
    house.broker.stop().await;
}
