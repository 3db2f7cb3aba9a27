//! One MQTT 5 session over TCP or TLS, from CONNECT to its end. Clean start: what is missed is in the feed.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rapi_core::Id;
use rapi_core::values::User;
use rapi_core::wire::topics;
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{ConnectReturnCode, Filter, Packet, PubAck, PubAckReason};
use rumqttc::v5::{AsyncClient, ConnectionError, Event, EventLoop, MqttOptions};
use rumqttc::{NetworkOptions, Outgoing, TlsConfiguration, Transport};
use tokio::sync::{mpsc, watch};

use super::{LinkEvent, Publish, topics as listened};
use crate::snapshot::Snapshot;

const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// Events and batches are far smaller.
const MAX_PACKET_BYTES: u32 = 256 * 1024;
/// From CONNECT to SUBACK.
const SETUP_TIMEOUT: Duration = Duration::from_secs(15);

/// Where the broker listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    host: String,
    port: u16,
    transport: Security,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Security {
    Plain,
    Tls,
}

impl Address {
    /// `host:port`, `mqtt://host:port` or `mqtts://host:port`; a bare one is as safe as the backend at `api_url`, for
    /// the access token goes there too.
    pub(super) fn parse(text: &str, api_url: &str) -> Option<Self> {
        let (transport, rest) = match text.split_once("://") {
            None if api_url.starts_with("https:") => (Security::Tls, text),
            None => (Security::Plain, text),
            Some(("mqtt" | "tcp", rest)) => (Security::Plain, rest),
            Some(("mqtts" | "ssl", rest)) => (Security::Tls, rest),
            Some(_) => return None,
        };
        let (host, port) = rest.trim_end_matches('/').rsplit_once(':')?;
        let port = port.parse().ok().filter(|port| *port != 0)?;
        (!host.is_empty()).then(|| Self { host: host.to_owned(), port, transport })
    }
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    NeverUp,
    WasUp,
    TokenRefused,
}

pub(super) struct Session<'a> {
    pub(super) address: Address,
    pub(super) user: Id<User>,
    pub(super) device_id: &'a str,
    pub(super) token: &'a str,
    pub(super) tls: &'a Arc<rustls::ClientConfig>,
    pub(super) known: &'a watch::Receiver<Arc<Snapshot>>,
    pub(super) tell: &'a (dyn Fn(LinkEvent) + Send + Sync),
}

impl Session<'_> {
    /// Connects, subscribes, publishes what comes and tells what arrives, until the connection ends.
    pub(super) async fn run(&self, publishes: &mut mpsc::UnboundedReceiver<Publish>) -> Ended {
        // What was meant for an earlier connection will be sent again by whoever kept it.
        while publishes.try_recv().is_ok() {}
        let (client, mut events) = AsyncClient::new(self.options(), 16);
        let mut known = self.known.clone();
        let topics = listened::of(self.user, &known.borrow_and_update());
        match tokio::time::timeout(SETUP_TIMEOUT, self.set_up(&client, &mut events, &topics)).await {
            Ok(Ok(())) => {}
            Ok(Err(ended)) => return ended,
            Err(_) => return Ended::NeverUp,
        }
        (self.tell)(LinkEvent::Up);
        let batches = Batches::default();
        // All are polled to the end together: none is ever dropped half way through a packet.
        tokio::select! {
            () = self.follow(&mut events, &batches) => {}
            () = self.forward(&client, publishes, &batches) => {}
            () = self.listen(&client, known, topics) => {}
        }
        Ended::WasUp
    }

    fn options(&self) -> MqttOptions {
        let id = topics::client_id(self.user, self.device_id);
        let mut options = MqttOptions::new(id, self.address.host.clone(), self.address.port);
        options.set_credentials(self.user.to_string(), self.token);
        options.set_keep_alive(KEEP_ALIVE).set_clean_start(true).set_max_packet_size(Some(MAX_PACKET_BYTES));
        let mut network = NetworkOptions::new();
        network.set_tcp_nodelay(true);
        options.set_network_options(network);
        if self.address.transport == Security::Tls {
            options.set_transport(Transport::tls_with_config(TlsConfiguration::Rustls(self.tls.clone())));
        }
        options
    }

    async fn set_up(&self, client: &AsyncClient, events: &mut EventLoop, topics: &BTreeSet<String>) -> Result<(), Ended> {
        loop {
            match events.poll().await {
                Ok(Event::Incoming(Packet::ConnAck(_))) => {
                    let filters = topics.iter().map(|topic| Filter::new(topic, QoS::AtLeastOnce));
                    client.subscribe_many(filters).await.map_err(|_| Ended::NeverUp)?;
                }
                Ok(Event::Incoming(Packet::SubAck(_))) => return Ok(()),
                Ok(Event::Incoming(packet)) => self.take(packet),
                Ok(Event::Outgoing(_)) => {}
                Err(error) => return Err(why(&error)),
            }
        }
    }

    async fn follow(&self, events: &mut EventLoop, batches: &Batches) {
        loop {
            match events.poll().await {
                Ok(Event::Outgoing(Outgoing::Publish(packet))) => batches.sent(packet),
                Ok(Event::Incoming(Packet::PubAck(ack))) => {
                    let Some(sequence) = batches.acked(ack.pkid) else { continue };
                    match verdict(&ack) {
                        Verdict::Stored => (self.tell)(LinkEvent::Acked { sequence }),
                        Verdict::Hopeless => {
                            tracing::warn!(reason = ?ack.reason, "a batch of fixes was refused");
                            (self.tell)(LinkEvent::Acked { sequence });
                        }
                        // A new connection sends it again.
                        Verdict::NotNow => return,
                    }
                }
                Ok(Event::Incoming(packet)) => self.take(packet),
                Ok(Event::Outgoing(_)) => {}
                Err(error) => return tracing::debug!(%error, "the MQTT connection ended"),
            }
        }
    }

    fn take(&self, packet: Packet) {
        if let Packet::Publish(publish) = packet {
            let topic = String::from_utf8_lossy(&publish.topic).into_owned();
            (self.tell)(LinkEvent::Message { topic, payload: publish.payload.to_vec() });
        }
    }

    /// Listens to what becomes of interest, and no more to what is not.
    async fn listen(&self, client: &AsyncClient, mut known: watch::Receiver<Arc<Snapshot>>, mut topics: BTreeSet<String>) {
        while known.changed().await.is_ok() {
            let wanted = listened::of(self.user, &known.borrow_and_update());
            for topic in wanted.difference(&topics) {
                if client.subscribe(topic, QoS::AtLeastOnce).await.is_err() {
                    return;
                }
            }
            for topic in topics.difference(&wanted) {
                if client.unsubscribe(topic).await.is_err() {
                    return;
                }
            }
            topics = wanted;
        }
    }

    async fn forward(&self, client: &AsyncClient, publishes: &mut mpsc::UnboundedReceiver<Publish>, batches: &Batches) {
        while let Some(Publish { sequence, payload }) = publishes.recv().await {
            batches.queued(sequence);
            if client.publish(topics::location(self.user), QoS::AtLeastOnce, false, payload).await.is_err() {
                return;
            }
        }
    }
}

fn why(error: &ConnectionError) -> Ended {
    use rumqttc::v5::StateError;
    tracing::debug!(%error, "no MQTT connection");
    let code = match error {
        ConnectionError::ConnectionRefused(code) | ConnectionError::MqttState(StateError::ConnFail { reason: code }) => code,
        _ => return Ended::NeverUp,
    };
    match code {
        ConnectReturnCode::BadUserNamePassword | ConnectReturnCode::NotAuthorized => Ended::TokenRefused,
        _ => Ended::NeverUp,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Stored,
    NotNow,
    Hopeless,
}

fn verdict(ack: &PubAck) -> Verdict {
    match ack.reason {
        PubAckReason::Success | PubAckReason::NoMatchingSubscribers => Verdict::Stored,
        PubAckReason::NotAuthorized | PubAckReason::TopicNameInvalid | PubAckReason::PayloadFormatInvalid => Verdict::Hopeless,
        _ => Verdict::NotNow,
    }
}

/// Which packet carries which batch: packets are numbered in the order in which they were queued.
#[derive(Default)]
struct Batches(Mutex<InFlight>);

#[derive(Default)]
struct InFlight {
    queued: VecDeque<u64>,
    sent: HashMap<u16, u64>,
}

impl Batches {
    fn queued(&self, sequence: u64) {
        self.lock().queued.push_back(sequence);
    }

    fn sent(&self, packet: u16) {
        let mut in_flight = self.lock();
        if let Some(sequence) = in_flight.queued.pop_front() {
            in_flight.sent.insert(packet, sequence);
        }
    }

    fn acked(&self, packet: u16) -> Option<u64> {
        self.lock().sent.remove(&packet)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, InFlight> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_the_backend_writes_them() {
        let address = |host: &str, port, transport| Some(Address { host: host.into(), port, transport });
        let parse = |text| Address::parse(text, "http://127.0.0.1:8080");
        assert_eq!(Address::parse("rapi.example:8883", "https://rapi.example"), address("rapi.example", 8883, Security::Tls));
        assert_eq!(parse("127.0.0.1:1883"), address("127.0.0.1", 1883, Security::Plain));
        assert_eq!(parse("mqtt://rapi.example:1883/"), address("rapi.example", 1883, Security::Plain));
        assert_eq!(parse("mqtts://rapi.example:8883"), address("rapi.example", 8883, Security::Tls));
        assert_eq!(parse("[::1]:1883"), address("[::1]", 1883, Security::Plain));
        for nonsense in ["", "rapi.example", ":1883", "rapi.example:0", "rapi.example:99999", "ftp://rapi.example:21"] {
            assert_eq!(parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn an_acknowledgement_names_the_batch_that_its_packet_carried() {
        let batches = Batches::default();
        batches.queued(41);
        batches.queued(42);
        batches.sent(7);
        batches.sent(8);
        assert_eq!((batches.acked(8), batches.acked(7), batches.acked(7)), (Some(42), Some(41), None));
    }

    #[test]
    fn only_what_was_stored_or_never_will_be_counts_as_done() {
        let of = |reason| verdict(&PubAck { pkid: 1, reason, properties: None });
        assert_eq!(of(PubAckReason::Success), Verdict::Stored);
        assert_eq!(of(PubAckReason::NoMatchingSubscribers), Verdict::Stored);
        assert_eq!(of(PubAckReason::NotAuthorized), Verdict::Hopeless);
        assert_eq!(of(PubAckReason::QuotaExceeded), Verdict::NotNow);
        assert_eq!(of(PubAckReason::UnspecifiedError), Verdict::NotNow);
    }
}
