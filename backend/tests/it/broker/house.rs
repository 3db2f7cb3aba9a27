//! A broker with a small house around it: a door that checks real tokens, and a letter box that does as it is told.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use rapi_backend::platform::broker::{Admitted, Broker, Gate, Inbox, LateBus, Listen, NotTaken, Refusal};
use rapi_backend::platform::{Clock, ManualClock};
use rapi_backend::users::tokens::TokenKeys;
use rapi_core::wire::people::UserType;
use rapi_core::wire::topics;
use rapi_core::{Id, Timestamp, values};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::{Semaphore, mpsc};
use uuid::Uuid;

pub type User = Id<values::User>;

/// A client is given up after this long: a failure, never a pause.
const DEADLINE: Duration = Duration::from_secs(30);
const TOKEN_LIFE: Duration = Duration::from_secs(900);

/// A provider.
pub fn ayu() -> User {
    Id::new(Uuid::from_u128(1))
}

/// A client.
pub fn wati() -> User {
    Id::new(Uuid::from_u128(2))
}

pub struct Door {
    keys: TokenKeys,
    clock: Arc<ManualClock>,
    revoked: Mutex<HashSet<Uuid>>,
}

#[async_trait]
impl Gate for Door {
    async fn admit(&self, user: &str, token: &str) -> Result<Admitted, Refusal> {
        let claims = self.keys.check(token, self.clock.now()).map_err(|_| Refusal::BadCredentials)?;
        let admitted = Admitted { user: claims.sub, session: claims.sid, role: claims.role };
        let is_good = claims.sub.to_string() == user && self.is_live(admitted).await;
        if is_good { Ok(admitted) } else { Err(Refusal::BadCredentials) }
    }

    async fn is_live(&self, admitted: Admitted) -> bool {
        !self.revoked.lock().unwrap().contains(&admitted.session)
    }
}

/// A batch that came in: from whom, from which device, what.
pub type Batch = (User, String, Vec<u8>);

/// Reports each batch, and stores it when there is a permit; the first `cannot be stored` cannot be stored.
pub struct Letters {
    entered: mpsc::UnboundedSender<Batch>,
    pub permits: Semaphore,
    pub stored: Mutex<Vec<Batch>>,
    failed: Mutex<bool>,
}

#[async_trait]
impl Inbox for Letters {
    async fn receive(&self, user: User, device: &str, payload: &[u8]) -> Result<(), NotTaken> {
        let batch = (user, device.to_owned(), payload.to_vec());
        self.entered.send(batch.clone()).unwrap();
        self.permits.acquire().await.unwrap().forget();
        if payload == b"cannot be stored" && !std::mem::replace(&mut *self.failed.lock().unwrap(), true) {
            return Err(NotTaken);
        }
        self.stored.lock().unwrap().push(batch);
        Ok(())
    }
}

pub struct House {
    pub broker: Broker,
    pub bus: LateBus,
    pub clock: Arc<ManualClock>,
    pub letters: Arc<Letters>,
    pub entered: mpsc::UnboundedReceiver<Batch>,
    door: Arc<Door>,
}

impl House {
    pub async fn open() -> Self {
        let (sender, entered) = mpsc::unbounded_channel();
        let (stored, failed) = Default::default();
        let letters = Arc::new(Letters { entered: sender, permits: Semaphore::new(1000), stored, failed });
        let clock = Arc::new(ManualClock::at(Timestamp::from_micros(1_790_000_000_000_000)));
        let keys = TokenKeys::try_new([7; 32]).unwrap();
        let door = Arc::new(Door { keys, clock: Arc::clone(&clock), revoked: Mutex::default() });
        let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let bus = LateBus::default();
        let (gate, inbox) = (Arc::clone(&door) as _, Arc::clone(&letters) as _);
        let listen = Listen { tcp: any, ws: any };
        let broker = Broker::start(listen, &bus, Arc::clone(&clock) as Arc<dyn Clock>, gate, inbox).await.unwrap();
        Self { broker, bus, clock, letters, entered, door }
    }

    /// A token of the one session of `user`: Wati is a client, everybody else a provider.
    pub fn token(&self, user: User) -> String {
        let role = if user == wati() { UserType::Client } else { UserType::ServiceProvider };
        self.door.keys.issue(user, user.uuid(), role, self.clock.now(), TOKEN_LIFE).unwrap()
    }

    pub fn revoke(&self, user: User) {
        self.door.revoked.lock().unwrap().insert(user.uuid());
    }

    /// A `mosquitto_…` that signs in as `user`.
    pub fn mosquitto(&self, program: &str, version: &str, user: User) -> Command {
        self.mosquitto_as(program, version, &topics::client_id(user, "phone"), Some((&user.to_string(), &self.token(user))))
    }

    pub fn mosquitto_as(&self, program: &str, version: &str, client_id: &str, login: Option<(&str, &str)>) -> Command {
        // Writing to a pipe it would keep what it says until its buffer is full.
        let mut command = Command::new("stdbuf");
        command.args(["-oL", program]);
        let port = self.broker.tcp.port().to_string();
        command.args(["-d", "-h", "127.0.0.1", "-p", &port, "-V", version, "-i", client_id]);
        if let Some((user, token)) = login {
            command.args(["-u", user, "-P", token]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        command
    }

    /// What was stored until a last batch, sent now, is stored too.
    pub async fn stored_until_now(&self) -> Vec<Vec<u8>> {
        let mut publish = self.mosquitto("mosquitto_pub", "mqttv5", ayu());
        let said = finish(publish.args(["-q", "1", "-t", &topics::location(ayu()), "-m", "the end"])).await;
        assert!(said.contains("received PUBACK (Mid: 1, RC:0)"), "{said}");
        self.letters.stored.lock().unwrap().iter().map(|(_, _, payload)| payload.clone()).collect()
    }
}

/// Starts a client, which must be installed.
pub fn start(command: &mut Command) -> Child {
    let program = command.as_std().get_args().nth(1).unwrap().to_string_lossy().into_owned();
    let is_installed = std::env::split_paths(&std::env::var_os("PATH").unwrap()).any(|folder| folder.join(&program).is_file());
    assert!(is_installed, "{program} is missing: install the package mosquitto-clients");
    command.spawn().unwrap_or_else(|error| panic!("stdbuf cannot be run ({error}): install the package coreutils"))
}

/// Runs a client to its end; what it said.
pub async fn finish(command: &mut Command) -> String {
    let out: Output = within(start(command).wait_with_output()).await.unwrap();
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

/// What a running client says, line by line.
pub struct Said {
    lines: Lines<BufReader<ChildStdout>>,
    _child: Child,
}

impl Said {
    pub fn by(command: &mut Command) -> Self {
        let mut child = start(command);
        let stdout = child.stdout.take().unwrap();
        Self { lines: BufReader::new(stdout).lines(), _child: child }
    }

    /// Reads on to a line that holds `words`.
    pub async fn until(&mut self, words: &str) {
        let mut said = Vec::new();
        while let Some(line) = within(self.lines.next_line()).await.unwrap() {
            if line.contains(words) {
                return;
            }
            said.push(line);
        }
        panic!("never said {words:?}, but: {said:#?}");
    }
}

/// Waits, but not for ever.
pub async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.expect("it comes to an end")
}
