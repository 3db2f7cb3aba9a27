//! A window of a real app, and what people do with it.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::inspector::Inspector;
use crate::patience::until;
use crate::{Display, Person, Programs, Role, World, screens_folder};

/// What the page is asked with: finds visible controls by their accessible names.
const EYES: &str = include_str!("eyes.js");

/// How a window is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// `id` or `en`.
    pub language: &'static str,
    /// Dark, as the system's choice.
    pub dark: bool,
    /// Where in the app to begin.
    pub route: String,
    /// Where the computer says that it is: latitude and longitude.
    pub position: Option<(f64, f64)>,
    /// How fast a provider rides, in metres a second.
    pub speed: f64,
    /// A service that finds places by their addresses.
    pub geocoder: Option<String>,
}

impl Default for Opening {
    fn default() -> Self {
        Self { language: "id", dark: false, route: "/".to_owned(), position: None, speed: 40.0, geocoder: None }
    }
}

/// An app that runs. It ends when this is dropped.
pub struct Window {
    app: Child,
    page: Inspector,
    log: PathBuf,
    role: Role,
}

impl Window {
    /// Opens the app for people of `role` with the folder of `home`, and waits until it draws.
    ///
    /// # Errors
    /// When it does not.
    pub fn open(programs: &Programs, display: &Display, world: &World, role: Role, home: &str, opening: &Opening) -> Result<Self> {
        let home = world.home_of(home);
        fs::create_dir_all(&home)?;
        if !home.join("language").exists() {
            fs::write(home.join("language"), opening.language)?;
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = home.join("app.log");
        let size = if role == Role::Admin { "1280x800" } else { "360x740" };
        let mut command = Command::new(programs.app(role));
        command.args(["--api", world.door(), "--route", &opening.route, "--window", size, "--speed", &opening.speed.to_string()]);
        // Nobody's key store learns of people who never were.
        command.args(["--secrets", "file", "--data-dir"]).arg(&home);
        if let Some((latitude, longitude)) = opening.position {
            command.arg(format!("--position={latitude},{longitude}"));
        }
        if let Some(geocoder) = &opening.geocoder {
            command.args(["--geocoder-url", geocoder]);
        }
        command.env("DISPLAY", display.name()).env("WEBKIT_INSPECTOR_HTTP_SERVER", format!("127.0.0.1:{port}")).env("NO_AT_BRIDGE", "1");
        if opening.dark {
            command.env("GTK_THEME", "Adwaita:dark");
        }
        let output = File::create(&log)?;
        command.process_group(0).stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        let mut app = command.spawn().with_context(|| format!("cannot start {}", programs.app(role).display()))?;
        let page = until(|| Inspector::connect(port).ok());
        let Some(page) = page else {
            let _ = app.kill();
            bail!("the app did not open a page:\n{}", fs::read_to_string(&log).unwrap_or_default());
        };
        let mut window = Self { app, page, log, role };
        window.wait("a screen", "!!document.querySelector('main')")?;
        Ok(window)
    }

    /// Opens the app and signs `person` in, unless her session was kept.
    ///
    /// # Errors
    /// When she does not get in.
    pub fn open_for(programs: &Programs, display: &Display, world: &World, person: &Person, opening: &Opening) -> Result<Self> {
        Self::open_at(programs, display, world, person, &person.email, opening)
    }

    /// The same with the folder of `home`, for whoever has several devices.
    ///
    /// # Errors
    /// As [`Window::open_for`].
    pub fn open_at(programs: &Programs, display: &Display, world: &World, person: &Person, home: &str, opening: &Opening) -> Result<Self> {
        let mut window = Self::open(programs, display, world, person.role, home, opening)?;
        window.wait("the door", "!!(document.querySelector('.shell') || document.querySelector('.outside'))")?;
        if window.is("!!document.querySelector('.outside')")? {
            if window.is("!document.querySelector('#field-who')")? {
                window.tap(if opening.language == "id" { "Masuk" } else { "Sign in" })?;
            }
            window.fill("who", &person.email)?;
            window.fill("password", &person.password)?;
            window.submit()?;
        }
        window.wait("being signed in", "!!document.querySelector('.shell main')")?;
        Ok(window)
    }

    /// Waits until `text` is to be seen.
    ///
    /// # Errors
    /// When it does not come, with what was seen instead. All that follow likewise.
    pub fn see(&mut self, text: &str) -> Result<()> {
        self.wait(&format!("“{text}”"), &format!("eyes.sees({})", json!(text)))
    }

    /// Waits until `text` is no longer to be seen.
    ///
    /// # Errors
    /// As [`Window::see`].
    pub fn see_no_more(&mut self, text: &str) -> Result<()> {
        self.wait(&format!("the end of “{text}”"), &format!("!eyes.sees({})", json!(text)))
    }

    /// Presses the control named `name`, once it is there and takes it.
    ///
    /// # Errors
    /// As [`Window::see`].
    pub fn tap(&mut self, name: &str) -> Result<()> {
        self.wait(&format!("a control named “{name}”"), &format!("eyes.tap({})", json!(name)))
    }

    /// Slides the slide named `name` to its end.
    ///
    /// # Errors
    /// As [`Window::see`].
    pub fn slide(&mut self, name: &str) -> Result<()> {
        self.wait(&format!("a slide named “{name}”"), &format!("eyes.slide({})", json!(name)))
    }

    /// Fills in the field with this name or label.
    ///
    /// # Errors
    /// As [`Window::see`].
    pub fn fill(&mut self, field: &str, text: &str) -> Result<()> {
        self.wait(&format!("a field “{field}”"), &format!("eyes.fill({}, {})", json!(field), json!(text)))
    }

    /// Types `text` into the field with this name or label, key by key, one every 30 ms, as the fastest people do.
    ///
    /// # Errors
    /// As [`Window::see`], and when xdotool is not installed.
    pub fn type_keys(&mut self, display: &Display, field: &str, text: &str) -> Result<()> {
        self.wait(&format!("a field “{field}”"), &format!("eyes.enter({})", json!(field)))?;
        let keys = |words: &[&str]| Command::new("xdotool").args(words).env("DISPLAY", display.name()).status().context("xdotool");
        // Without a window manager nobody else gives a window the keys.
        keys(&["search", "--onlyvisible", "--name", "^Rapi", "windowfocus", "--sync"])?;
        let typed = keys(&["type", "--delay", "30", "--", text])?;
        if !typed.success() {
            bail!("xdotool: {typed}");
        }
        Ok(())
    }

    /// Sends the form that is to be seen.
    ///
    /// # Errors
    /// As [`Window::see`].
    pub fn submit(&mut self) -> Result<()> {
        self.wait("a form", "eyes.submit()")
    }

    /// Gives a picture to the file picker named `name`.
    ///
    /// # Errors
    /// As [`Window::see`].
    pub fn give_picture(&mut self, name: &str) -> Result<()> {
        self.wait(&format!("a file picker named “{name}”"), &format!("eyes.givePicture({})", json!(name)))
    }

    /// Waits until `expression` is true in the page; `what` names it when it never is.
    ///
    /// # Errors
    /// As [`Window::see`].
    pub fn wait(&mut self, what: &str, expression: &str) -> Result<()> {
        let found = until(|| self.is(expression).ok().filter(|is| *is));
        if found.is_none() {
            let seen = self.text().unwrap_or_default();
            let failed = self.keep_picture(&format!("failed-{}", self.role.slug()));
            bail!("the {} app does not show {what}, but:\n{seen}\n({failed:?})\n{}", self.role.slug(), self.log_tail());
        }
        Ok(())
    }

    /// Is `expression` true in the page now?
    ///
    /// # Errors
    /// When the page does not answer.
    pub fn is(&mut self, expression: &str) -> Result<bool> {
        Ok(self.value(expression)? == Value::Bool(true))
    }

    /// What `expression` is in the page now.
    ///
    /// # Errors
    /// When the page does not answer.
    pub fn value(&mut self, expression: &str) -> Result<Value> {
        // A page that was loaded anew has lost its eyes.
        if self.page.evaluate("!window.eyes")? == Value::Bool(true) {
            self.page.evaluate(EYES)?;
        }
        self.page.evaluate(expression)
    }

    /// All text that is to be seen.
    ///
    /// # Errors
    /// When the page does not answer.
    pub fn text(&mut self) -> Result<String> {
        Ok(self.value("document.body.innerText")?.as_str().unwrap_or_default().to_owned())
    }

    /// Controls that are to be seen and lack a role or a name.
    ///
    /// # Errors
    /// When the page does not answer.
    pub fn nameless_controls(&mut self) -> Result<Vec<String>> {
        self.found("eyes.nameless()")
    }

    /// Screens that one would have to push sideways, and controls whose words are cut off.
    ///
    /// # Errors
    /// When the page does not answer.
    pub fn unfit_parts(&mut self) -> Result<Vec<String>> {
        self.found("eyes.unfit()")
    }

    fn found(&mut self, expression: &str) -> Result<Vec<String>> {
        let found = self.value(expression)?;
        Ok(found.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect())
    }

    /// Keeps a picture of the screen, once it rests, in `target/screens`; fails when a control on it has no name, or something does
    /// not fit.
    ///
    /// # Errors
    /// When no picture can be had, a control has no name, or something does not fit.
    pub fn show(&mut self, name: &str) -> Result<()> {
        self.wait("a screen at rest", "eyes.rests()")?;
        self.show_now(name)
    }

    /// The same at once, for a screen on which something is awaited.
    ///
    /// # Errors
    /// As [`Window::show`].
    pub fn show_now(&mut self, name: &str) -> Result<()> {
        self.keep_picture(&format!("{}-{name}", self.role.slug()))?;
        let (nameless, unfit) = (self.nameless_controls()?, self.unfit_parts()?);
        if !nameless.is_empty() {
            bail!("{name}: controls without a role or a name:\n{}", nameless.join("\n"));
        }
        if !unfit.is_empty() {
            bail!("{name}: these do not fit:\n{}", unfit.join("\n"));
        }
        Ok(())
    }

    fn keep_picture(&mut self, name: &str) -> Result<PathBuf> {
        let folder = screens_folder();
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.png"));
        fs::write(&path, self.page.picture()?)?;
        write_index(&folder)?;
        Ok(path)
    }

    fn log_tail(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let last: Vec<&str> = log.lines().rev().take(15).collect();
        last.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    /// Ends the app at once, as a phone does that runs out of power.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // The app and its page live in a group of their own.
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.app.id())]).stderr(Stdio::null()).status();
        let _ = self.app.wait();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.end();
    }
}

/// A page with all pictures, so that anyone can look at the whole product in one place.
fn write_index(folder: &Path) -> Result<()> {
    let mut names: Vec<String> = fs::read_dir(folder)?.flatten().filter_map(|file| file.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(".png"));
    names.sort();
    let figures: String = names
        .iter()
        .map(|name| format!("<figure><img src=\"{name}\" alt=\"\"><figcaption>{}</figcaption></figure>", name.trim_end_matches(".png")))
        .collect();
    let style = "body{font:14px system-ui;margin:24px;background:#ddd;display:flex;flex-wrap:wrap;gap:24px}figure{margin:0}img{display:block;max-width:720px;border-radius:12px}";
    let page = format!("<!DOCTYPE html><meta charset=\"utf-8\"><title>Rapi: screens</title><style>{style}</style>{figures}");
    // Several journeys may write at once: whole or not at all.
    let own = folder.join(format!(".index-{}", std::process::id()));
    fs::write(&own, page)?;
    fs::rename(own, folder.join("index.html"))?;
    Ok(())
}
