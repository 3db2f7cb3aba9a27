//! What the app is told when it is started.

use std::env;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use rapi_ui::App;

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
}

impl Args {
    /// Where the app remembers things.
    pub fn data_dir(&self, app: App) -> anyhow::Result<PathBuf> {
        let own = || user_data().map(|data| data.join("rapi").join(app.slug()));
        self.data_dir.clone().or_else(own).context("no folder for data is known here; give one with --data-dir")
    }
}

/// The user's data folder, as the platform has it.
fn user_data() -> Option<PathBuf> {
    let folder = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let below_home = |path| folder("HOME").map(|home| home.join(path));
    if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        below_home("Library/Application Support")
    } else {
        folder("XDG_DATA_HOME").or_else(|| below_home(".local/share"))
    }
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
    fn a_folder_that_is_given_is_taken_as_it_is() {
        let args = Args::try_parse_from(["app", "--data-dir", "somewhere", "--api", "https://rapi.example"]).unwrap();
        assert_eq!((args.api.as_str(), args.data_dir(App::Client).unwrap()), ("https://rapi.example", PathBuf::from("somewhere")));
    }
}
