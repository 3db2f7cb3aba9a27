//! A backend with people in it.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::patience::until;
use crate::road::Road;
use crate::{Person, Programs, Role, Traffic};

/// Where the work is to be done: a house in Kemang, Jakarta. Latitude and longitude.
pub const HOME: (f64, f64) = (-6.2607, 106.8137);

/// The smallest picture there is, for papers that nobody reads: one white pixel as PNG.
const PICTURE: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e,
    0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0, 1, 1, 1, 0, 0x1b, 0xb6, 0xee, 0x56, 0, 0, 0, 0, b'I',
    b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// A running backend with the folders of its people's apps. It ends when this is dropped.
pub struct World {
    programs: Programs,
    folder: PathBuf,
    /// Removes the folder at the end, unless it is kept.
    _passing: Option<TempDir>,
    http: String,
    /// By which apps come, if it is not the direct one.
    road: Option<Road>,
    settings: Vec<(String, String)>,
    backend: Option<Child>,
    numbers: Cell<u32>,
}

impl World {
    /// Starts the backend on a folder that goes at the end: see [`World::start_in`].
    ///
    /// # Errors
    /// As there.
    pub fn start(programs: &Programs, settings: &[(&str, &str)]) -> Result<Self> {
        Self::start_in(programs, None, settings)
    }

    /// Starts the backend with `settings`, as they are named in the environment, and waits until it serves. What is in `folder` is
    /// kept.
    ///
    /// # Errors
    /// When it does not.
    pub fn start_in(programs: &Programs, folder: Option<&Path>, settings: &[(&str, &str)]) -> Result<Self> {
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let passing = folder.is_none().then(|| tempfile::Builder::new().prefix("rapi-journey").tempdir()).transpose()?;
        let folder = passing.as_ref().map(TempDir::path).or(folder).context("there is a folder")?.to_owned();
        fs::create_dir_all(&folder)?;
        let (programs, http) = (programs.clone(), "127.0.0.1:0".to_owned());
        let mut world = Self { programs, folder, _passing: passing, http, road: None, settings, backend: None, numbers: Cell::new(0) };
        world.resume()?;
        Ok(world)
    }

    /// Starts the backend again where it was, after [`World::lose_network`].
    ///
    /// # Errors
    /// When it does not serve.
    pub fn resume(&mut self) -> Result<()> {
        let mut command = Command::new(self.programs.backend());
        command.arg("serve").arg("--data-dir").arg(self.data()).args(["--http", self.http.trim_start_matches("http://")]);
        command.args(["--mqtt", "127.0.0.1:0", "--mqtt-ws", "127.0.0.1:0"]).envs(self.settings.iter().cloned());
        let log = File::options().create(true).append(true).open(self.folder.join("backend.log"))?;
        let mut backend = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn()?;
        let mut line = String::new();
        BufReader::new(backend.stdout.take().context("the backend has no stdout")?).read_line(&mut line)?;
        self.backend = Some(backend);
        let ready: Value = serde_json::from_str(&line).with_context(|| format!("the backend did not start; it logged:\n{}", self.log()))?;
        self.http = ready["http"].as_str().context("the backend does not say where it serves")?.to_owned();
        Ok(())
    }

    /// Takes the backend away at once, as a network does that is lost.
    pub fn lose_network(&mut self) {
        if let Some(mut backend) = self.backend.take() {
            let _ = backend.kill();
            let _ = backend.wait();
        }
    }

    /// Lets apps that are opened from now on come by a road of which [`World::traffic`] decides.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn lay_road(&mut self) -> Result<()> {
        self.road = Some(Road::to(&self.http)?);
        Ok(())
    }

    /// How requests of apps fare on the road from now on, and those that stand there.
    pub fn traffic(&self, traffic: Traffic) {
        if let Some(road) = &self.road {
            road.set(traffic);
        }
    }

    /// Where apps find the backend.
    #[must_use]
    pub fn door(&self) -> &str {
        self.road.as_ref().map_or(&self.http, Road::address)
    }

    /// The backend's address.
    #[must_use]
    pub fn http(&self) -> &str {
        &self.http
    }

    /// A folder for what an app of this person remembers.
    #[must_use]
    pub fn home_of(&self, person: &str) -> PathBuf {
        self.folder.join(format!("home-{person}"))
    }

    /// What the backend logged.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("backend.log")).unwrap_or_default()
    }

    /// The backend's own folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Makes an admin, by the backend's own command.
    ///
    /// # Errors
    /// When that fails.
    pub fn admin(&self, name: &str) -> Result<Person> {
        let person = Person { name: "Admin".to_owned(), ..Person::new(Role::Admin, name) };
        let mut command = Command::new(self.programs.backend());
        command.args(["admin", "create", "--email", &person.email, "--password-stdin", "--data-dir"]).arg(self.data());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        child.stdin.take().context("no stdin")?.write_all(format!("{}\n", person.password).as_bytes())?;
        ensure!(child.wait()?.success(), "no admin was made");
        Ok(person)
    }

    /// Makes somebody with a proved address, over the API.
    ///
    /// # Errors
    /// When that fails.
    pub fn register(&self, role: Role, name: &str) -> Result<Person> {
        let person = Person::new(role, name);
        self.numbers.set(self.numbers.get() + 1);
        let phone = format!("+62812{:07}", 3_000_000 + self.numbers.get());
        let Person { name, email, password, .. } = &person;
        let account = json!({ "full_name": name, "email": email, "phone": phone, "password": password, "user_type": role.user_type() });
        self.post(None, "/auth/register", &account)?;
        let code = self.code_for(&person.email)?;
        self.post(None, "/auth/otp/verify", &json!({ "email": person.email, "otp_code": code }))?;
        Ok(person)
    }

    /// Makes a client with a saved address at [`HOME`].
    ///
    /// # Errors
    /// When that fails.
    pub fn client(&self, name: &str) -> Result<Person> {
        let person = self.register(Role::Client, name)?;
        let home = json!({ "label": "Rumah", "latitude": HOME.0, "longitude": HOME.1, "address": "Jl. Kemang Raya 12, RT 3/RW 5", "is_primary": true });
        self.post(Some(&person), "/me/locations", &home)?;
        Ok(person)
    }

    /// Makes a cleaner whom `admin` has approved.
    ///
    /// # Errors
    /// When that fails.
    pub fn provider(&self, name: &str, admin: &Person) -> Result<Person> {
        let person = self.applicant(name)?;
        for waiting in self.get(admin, "/admin/verifications?status=PENDING")?["items"].as_array().into_iter().flatten() {
            let id = waiting["id"].as_str().unwrap_or_default();
            self.post(Some(admin), &format!("/admin/verifications/{id}/approve"), &json!({}))?;
        }
        self.patch(&person, "/me/provider-profile", &json!({ "service_types": ["cleaning"], "bio": "Teliti dan ramah." }))?;
        Ok(person)
    }

    /// Makes somebody whose papers wait for an admin.
    ///
    /// # Errors
    /// When that fails.
    pub fn applicant(&self, name: &str) -> Result<Person> {
        let person = self.register(Role::Provider, name)?;
        self.numbers.set(self.numbers.get() + 1);
        let papers = json!({
            "id_card_number": format!("3171045201{:06}", 900_001 + self.numbers.get()),
            "id_card_photo_url": self.upload(&person, "id_card")?,
            "selfie_with_id_url": self.upload(&person, "selfie")?,
            "bank_account_name": name, "bank_name": "BCA", "bank_account_number": format!("{:010}", 4_000_000 + self.numbers.get()),
        });
        self.post(Some(&person), "/me/verification", &papers)?;
        Ok(person)
    }

    /// Goes online at [`HOME`], a few hundred metres away.
    ///
    /// # Errors
    /// When that fails.
    pub fn go_online(&self, person: &Person) -> Result<()> {
        let here = json!({ "is_available": true, "latitude": HOME.0 - 0.004, "longitude": HOME.1 + 0.004 });
        self.call("PUT", Some(person), "/me/availability", &here).map(|_| ())
    }

    /// Adds the books up, by the backend's own command.
    ///
    /// # Errors
    /// When they do not balance.
    pub fn check_books(&self) -> Result<Value> {
        let checked = Command::new(self.programs.backend()).args(["check-ledger", "--data-dir"]).arg(self.data()).output()?;
        let said = String::from_utf8_lossy(&checked.stdout);
        ensure!(checked.status.success(), "the books do not balance: {said}");
        Ok(serde_json::from_str(&said)?)
    }

    /// The newest code that went to `email`.
    ///
    /// # Errors
    /// When none comes.
    pub fn code_for(&self, email: &str) -> Result<String> {
        self.later_code_for(email, "")
    }

    /// The newest code that went to `email`, once that is another than `earlier`.
    ///
    /// # Errors
    /// When none comes.
    pub fn later_code_for(&self, email: &str, earlier: &str) -> Result<String> {
        let outbox = self.data().join("outbox");
        until(|| {
            let letters = fs::read_dir(&outbox).ok()?.flatten().filter_map(|file| fs::read_to_string(file.path()).ok());
            let read = letters.filter_map(|letter| serde_json::from_str::<Value>(&letter).ok());
            let codes = read.filter(|letter| letter["to"] == email && letter["otp_code"].is_string());
            let newest = codes.max_by_key(|letter| letter["at"].to_string())?;
            newest["otp_code"].as_str().filter(|code| *code != earlier).map(str::to_owned)
        })
        .context("no code came")
    }

    /// Reads as `person`.
    ///
    /// # Errors
    /// What the backend refused, or that it could not be reached.
    pub fn get(&self, person: &Person, path: &str) -> Result<Value> {
        self.call("GET", Some(person), path, &Value::Null)
    }

    /// Posts as `person`, or as nobody.
    ///
    /// # Errors
    /// As [`World::get`].
    pub fn post(&self, person: Option<&Person>, path: &str, body: &Value) -> Result<Value> {
        self.call("POST", person, path, body)
    }

    /// Changes something as `person`.
    ///
    /// # Errors
    /// As [`World::get`].
    pub fn patch(&self, person: &Person, path: &str, body: &Value) -> Result<Value> {
        self.call("PATCH", Some(person), path, body)
    }

    fn call(&self, method: &str, person: Option<&Person>, path: &str, body: &Value) -> Result<Value> {
        self.send(method, person, path, "application/json", if body.is_null() { Vec::new() } else { body.to_string().into_bytes() })
    }

    fn upload(&self, person: &Person, purpose: &str) -> Result<String> {
        let part = |head: &str| format!("--rapi\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        let mut body = part("name=\"purpose\"").into_bytes();
        body.extend(format!("{purpose}\r\n").bytes());
        body.extend(part("name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png").bytes());
        body.extend(PICTURE);
        body.extend(b"\r\n--rapi--\r\n");
        let kept = self.send("POST", Some(person), "/media", "multipart/form-data; boundary=rapi", body)?;
        Ok(kept["url"].as_str().context("the file has no address")?.to_owned())
    }

    fn send(&self, method: &str, person: Option<&Person>, path: &str, kind: &str, body: Vec<u8>) -> Result<Value> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut request =
            ureq::http::Request::builder().method(method).uri(format!("{}/api/v1{path}", self.http)).header("Content-Type", kind);
        if let Some(person) = person {
            request = request.header("Authorization", format!("Bearer {}", self.token_of(person)?));
        }
        let mut answer = agent.run(request.body(body)?)?;
        let text = answer.body_mut().read_to_string()?;
        ensure!(answer.status().is_success(), "{method} {path}: {} {text}", answer.status());
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    fn token_of(&self, person: &Person) -> Result<String> {
        let tokens = self.post(None, "/auth/login", &json!({ "email": person.email, "password": person.password }))?;
        Ok(tokens["access_token"].as_str().context("no token")?.to_owned())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.lose_network();
        if std::thread::panicking() {
            let log = self.log();
            let last: Vec<&str> = log.lines().rev().take(20).collect();
            eprintln!("the backend's log ends:\n{}", last.into_iter().rev().collect::<Vec<_>>().join("\n"));
        }
    }
}
