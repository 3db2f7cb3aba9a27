//! What the app is told when it is started.

use std::path::PathBuf;
use std::{env, fs};

use anyhow::Context as _;
use clap::{CommandFactory as _, FromArgMatches as _, Parser};
use rapi_core::LatLng;
use rapi_ui::App;
use rapi_ui::theme::Tiles;

use crate::key_store::Secrets;
use crate::receiver::TOWN_SPEED;

/// Command line of the app.
#[derive(Debug, Parser)]
#[command(version, about = "A window on Rapi.")]
pub struct Args {
    /// The backend's public address.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub api: String,
    /// Where the app remembers things; a folder of its own below the user's data by default.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Where the session is kept: in the system's key store, or in a file of the data folder that only its owner can read.
    #[arg(long, value_name = "WHERE", env = "RAPI_SECRETS", value_enum, default_value_t = Secrets::System)]
    pub secrets: Secrets,
    /// Where in the app to begin: the path of a deep link, such as `/orders/…`.
    #[arg(long, value_name = "PATH", value_parser = route)]
    route: Option<String>,
    /// A deep link that was followed elsewhere, such as `rapi://orders/…`: as desktops hand it over.
    #[arg(value_name = "LINK", value_parser = route, conflicts_with = "route")]
    link: Option<String>,
    /// Where this computer is, which has no receiver; a provider who sets off rides from here.
    #[arg(long, value_name = "LAT,LNG", value_parser = place)]
    pub position: Option<LatLng>,
    /// How fast such a ride goes, in metres a second.
    #[arg(long, value_name = "M/S", default_value_t = TOWN_SPEED)]
    pub speed: f64,
    /// Size of the window, in logical pixels.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    pub window: Option<(u32, u32)>,
    /// Where the pieces of the map come from, with `{z}`, `{x}` and `{y}`; without it the map has a plain ground.
    #[arg(long, value_name = "URL", env = "RAPI_TILE_URL")]
    tile_url: Option<String>,
    /// A service that finds places by their addresses, as Nominatim does; without it there are the pin and the typed address.
    #[arg(long, value_name = "URL", env = "RAPI_GEOCODER_URL")]
    pub geocoder_url: Option<String>,
    /// Whom to thank for the map.
    #[arg(long, value_name = "TEXT", env = "RAPI_TILE_ATTRIBUTION", default_value = "© OpenStreetMap contributors")]
    tile_attribution: String,
}

/// The name of the app's program.
const fn program(app: App) -> &'static str {
    match app {
        App::Client => "rapi-client-app",
        App::Provider => "rapi-provider-app",
        App::Admin => "rapi-admin-app",
    }
}

/// A path within the app; `rapi://orders/…` is one too.
fn route(text: &str) -> Result<String, String> {
    let path = text.strip_prefix("rapi:/").unwrap_or(text);
    if path.starts_with('/') { Ok(path.to_owned()) } else { Err("a route begins with /".to_owned()) }
}

fn place(text: &str) -> Result<LatLng, String> {
    let (latitude, longitude) = text.split_once(',').ok_or("give latitude and longitude, with a comma between")?;
    let degrees = |text: &str| text.trim().parse::<f64>().map_err(|error| error.to_string());
    LatLng::try_new(degrees(latitude)?, degrees(longitude)?).map_err(|error| error.to_string())
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let (width, height) = text.split_once('x').ok_or("give width and height, with an x between")?;
    let pixels = |text: &str| text.parse::<u32>().map_err(|error| error.to_string());
    Ok((pixels(width)?, pixels(height)?))
}

impl Args {
    /// What `app` was told when it was started; ends the process where that is nonsense, or only a question.
    pub fn of(app: App) -> Self {
        let command = Self::command().name(program(app));
        Self::from_arg_matches(&command.get_matches()).unwrap_or_else(|error| error.exit())
    }

    /// Where in the app to begin.
    pub fn route(&self) -> String {
        self.route.as_ref().or(self.link.as_ref()).map_or_else(|| "/".to_owned(), Clone::clone)
    }

    /// Where the pieces of the map come from.
    pub fn tiles(&self) -> Option<Tiles> {
        let attribution = self.tile_attribution.clone();
        self.tile_url.clone().map(|url| Tiles { url, attribution })
    }

    /// Where the app remembers things.
    pub fn data_dir(&self, app: App) -> anyhow::Result<PathBuf> {
        let own = || user_data().map(|data| data.join("rapi").join(app.slug()));
        self.data_dir.clone().or_else(own).context("no folder for data is known here; give one with --data-dir")
    }
}

/// The user's data folder, as the platform has it.
fn user_data() -> Option<PathBuf> {
    if cfg!(target_os = "android") {
        return sandbox(&fs::read("/proc/self/cmdline").ok()?);
    }
    let folder = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let below_home = |path| folder("HOME").map(|home| home.join(path));
    if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(any(target_os = "ios", target_os = "macos")) {
        below_home("Library/Application Support")
    } else {
        folder("XDG_DATA_HOME").or_else(|| below_home(".local/share"))
    }
}

/// The folder that Android made for the app: a process there bears the app's identifier as its name.
fn sandbox(command_line: &[u8]) -> Option<PathBuf> {
    let name = str::from_utf8(command_line.split(|byte| *byte == 0).next()?).ok()?;
    let is_identifier = name.contains('.') && !name.contains('/');
    is_identifier.then(|| PathBuf::from("/data/data").join(name).join("files"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_backend_of_this_computer_is_the_default() {
        let args = Args::try_parse_from(["app"]).unwrap();
        assert_eq!(args.api, "http://127.0.0.1:8080");
        if let Some(data) = user_data() {
            assert_eq!(args.data_dir(App::Client).unwrap(), data.join("rapi").join("client"));
        }
    }

    #[test]
    fn a_deep_link_is_a_route() {
        let route = |words: &[&str]| Args::try_parse_from(["app"].iter().chain(words)).map(|args| args.route());
        assert_eq!(route(&[]).unwrap(), "/");
        for words in [&["--route", "/orders/1"][..], &["--route", "rapi://orders/1"], &["rapi://orders/1"]] {
            assert_eq!(route(words).unwrap(), "/orders/1");
        }
        assert!(route(&["--route", "orders"]).is_err() && route(&["https://rapi.example/orders/1"]).is_err());
    }

    #[test]
    fn a_process_on_android_is_named_after_its_folder() {
        assert_eq!(sandbox(b"id.rapi.client\0\0"), Some(PathBuf::from("/data/data/id.rapi.client/files")));
        assert_eq!(sandbox(b"/usr/bin/rapi-client-app\0--route\0/\0"), None);
        assert_eq!(sandbox(b""), None);
    }

    #[test]
    fn secrets_go_to_the_system_unless_a_file_is_asked_for() {
        let secrets = |words: &[&str]| Args::try_parse_from(["app"].iter().chain(words)).map(|args| args.secrets);
        if env::var_os("RAPI_SECRETS").is_none() {
            assert_eq!(secrets(&[]).unwrap(), Secrets::System);
        }
        assert_eq!(secrets(&["--secrets", "file"]).unwrap(), Secrets::File);
        assert!(secrets(&["--secrets", "nowhere"]).is_err());
    }

    #[test]
    fn a_place_is_two_numbers_on_the_earth() {
        let args = Args::try_parse_from(["app", "--position=-6.26,106.81", "--window", "360x740"]).unwrap();
        assert_eq!((args.position, args.window), (LatLng::try_new(-6.26, 106.81).ok(), Some((360, 740))));
        for strange in ["1", "91,0", "a,b"] {
            assert!(Args::try_parse_from(["app", "--position", strange]).is_err());
        }
    }

    #[test]
    fn a_folder_that_is_given_is_taken_as_it_is() {
        let args = Args::try_parse_from(["app", "--data-dir", "somewhere", "--api", "https://rapi.example"]).unwrap();
        assert_eq!((args.api.as_str(), args.data_dir(App::Client).unwrap()), ("https://rapi.example", PathBuf::from("somewhere")));
    }
}
