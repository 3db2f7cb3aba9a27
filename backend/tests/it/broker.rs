//! The broker inside, tried with real foreign clients: `mosquitto_pub` and `mosquitto_sub` over TCP (MQTT 3.1.1 and 5), and
//! an MQTT client over WebSocket.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use mqtt5::client::MqttClient;
use mqtt5::{ConnectOptions, QoS};
use rapi_backend::platform::broker::{Admitted, Broker, Gate, Inbox, LateBus, Listen, NotTaken, Refusal};
use rapi_backend::platform::bus::Bus;
use rapi_backend::platform::{Clock, ManualClock};
use rapi_core::wire::people::UserType;
use rapi_core::wire::topics;
use rapi_core::{Id, Timestamp, values};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::{Semaphore, mpsc};
use uuid::Uuid;

type User = Id<values::User>;

const DEADLINE: Duration = Duration::from_secs(20);

fn ayu() -> User {
    Id::new(Uuid::from_u128(1))
}

fn wati() -> User {
    Id::new(Uuid::from_u128(2))
}

/// Lets in who shows `good:<user id>`; everybody is a provider but Wati.
#[derive(Default)]
struct Door {
    revoked: Mutex<HashSet<User>>,
}

#[async_trait]
impl Gate for Door {
    async fn admit(&self, user: &str, token: &str) -> Result<Admitted, Refusal> {
        let user: User = user.parse().map_err(|_| Refusal::BadCredentials)?;
        if token != format!("good:{user}") || self.revoked.lock().unwrap().contains(&user) {
            return Err(Refusal::BadCredentials);
        }
        let role = if user == wati() { UserType::Client } else { UserType::ServiceProvider };
        Ok(Admitted { user, session: Uuid::from_u128(9), role })
    }

    async fn is_live(&self, admitted: Admitted) -> bool {
        !self.revoked.lock().unwrap().contains(&admitted.user)
    }
}

/// A batch that came in: from whom, from which device, what.
type Batch = (User, String, Vec<u8>);

/// Reports each batch and stores it when there is a permit; a batch `fail` cannot be stored the first time.
struct Letters {
    entered: mpsc::UnboundedSender<Batch>,
    permits: Semaphore,
    stored: Mutex<Vec<Batch>>,
    failed: Mutex<bool>,
}

#[async_trait]
impl Inbox for Letters {
    async fn receive(&self, user: User, device: &str, payload: &[u8]) -> Result<(), NotTaken> {
        let batch = (user, device.to_owned(), payload.to_vec());
        self.entered.send(batch.clone()).unwrap();
        self.permits.acquire().await.unwrap().forget();
        if payload == b"fail" && !std::mem::replace(&mut *self.failed.lock().unwrap(), true) {
            return Err(NotTaken);
        }
        self.stored.lock().unwrap().push(batch);
        Ok(())
    }
}

struct House {
    broker: Broker,
    bus: LateBus,
    clock: Arc<ManualClock>,
    door: Arc<Door>,
    letters: Arc<Letters>,
    entered: mpsc::UnboundedReceiver<Batch>,
}

impl House {
    async fn open() -> Self {
        let (sender, entered) = mpsc::unbounded_channel();
        let letters =
            Arc::new(Letters { entered: sender, permits: Semaphore::new(1000), stored: Mutex::default(), failed: Mutex::default() });
        let (bus, door) = (LateBus::default(), Arc::new(Door::default()));
        let clock = Arc::new(ManualClock::at(Timestamp::from_micros(1_790_000_000_000_000)));
        let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let listen = Listen { tcp: any, ws: any };
        let now: Arc<dyn Clock> = Arc::clone(&clock) as _;
        let broker = Broker::start(listen, &bus, now, Arc::clone(&door) as _, Arc::clone(&letters) as _).await.unwrap();
        Self { broker, bus, clock, door, letters, entered }
    }

    /// A `mosquitto_…` that signs in as `user`.
    fn mosquitto(&self, program: &str, version: &str, user: User) -> Command {
        let id = topics::client_id(user, "phone");
        self.mosquitto_as(program, version, &user.to_string(), &format!("good:{user}"), &id)
    }

    fn mosquitto_as(&self, program: &str, version: &str, user: &str, token: &str, client_id: &str) -> Command {
        let mut command = Command::new(program);
        let port = self.broker.tcp.port().to_string();
        command.args(["-h", "127.0.0.1", "-p", &port, "-V", version, "-u", user, "-P", token, "-i", client_id, "-d"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }

    /// Publishes a batch that must be taken, and returns all that was stored up to it.
    async fn stored_up_to_now(&mut self) -> Vec<Batch> {
        let mut publish = self.mosquitto("mosquitto_pub", "mqttv5", ayu());
        let out = finish(publish.args(["-q", "1", "-t", &topics::location(ayu()), "-m", "the end"])).await;
        assert!(out.status.success(), "{}", text(&out));
        self.letters.stored.lock().unwrap().clone()
    }
}

fn missing(program: &str, error: &std::io::Error) -> String {
    format!("{program} cannot be run ({error}): install the package mosquitto-clients")
}

fn spawn(command: &mut Command) -> Child {
    let program = command.as_std().get_program().to_string_lossy().into_owned();
    command.spawn().unwrap_or_else(|error| panic!("{}", missing(&program, &error)))
}

async fn finish(command: &mut Command) -> Output {
    let child = spawn(command);
    tokio::time::timeout(DEADLINE, child.wait_with_output()).await.expect("the client ends").unwrap()
}

fn text(out: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

#[tokio::test]
async fn look() {
    let mut house = House::open().await;
    for version in ["mqttv311", "mqttv5"] {
        for filter in ["#", "u/+/events", "$SYS/#", "$share/g/u/x/#"] {
            let mut sub = house.mosquitto("mosquitto_sub", version, ayu());
            let out = finish(sub.args(["-t", filter, "-C", "1", "-W", "3"])).await;
            println!("{version} {filter} {:?}\n{}", out.status, text(&out));
        }
        for args in [
            vec!["-q", "1", "-t", "u/other/location", "-m", "x"],
            vec!["-q", "1", "-t", &topics::location(ayu()), "-m", "x"],
            vec!["-q", "1", "-r", "-t", &topics::location(ayu()), "-m", "x"],
        ] {
            let mut publish = house.mosquitto("mosquitto_pub", version, ayu());
            let child = spawn(publish.args(&args));
            let out = tokio::time::timeout(Duration::from_secs(3), child.wait_with_output()).await;
            match out {
                Ok(out) => {
                    let out = out.unwrap();
                    println!("{version} {args:?} {:?}\n{}", out.status, text(&out));
                }
                Err(_) => println!("{version} {args:?} timeout"),
            }
        }
        let mut sub = house.mosquitto_as("mosquitto_sub", version, &ayu().to_string(), "garbage", "x");
        let out = finish(sub.args(["-t", "a", "-C", "1", "-W", "3"])).await;
        println!("{version} garbage {:?}\n{}", out.status, text(&out));
    }
    println!("{:?}", house.stored_up_to_now().await);
}
