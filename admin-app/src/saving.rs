//! Tables as files in the user's own folders.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use dioxus::prelude::*;
use rapi_app_shell::hooks::{Acting, Toaster, use_acting, use_now, use_toaster};
use rapi_core::Timestamp;
use rapi_core::orders::Zone;
use rapi_engine::EngineError;
use rapi_ui::controls::Tone;
use rapi_ui::desk::{Column, Row, csv};
use rapi_ui::formats::Zoned;
use rapi_ui::text::{Text, Word, text};

/// Writes tables where their reader finds them, and says where. Copies are the same.
#[derive(Clone, Copy)]
pub struct Saving {
    acting: Acting,
    toaster: Toaster,
    now: ReadSignal<Timestamp>,
    text: Text,
}

/// For the button that makes a file of a table.
#[must_use]
pub fn use_saving() -> Saving {
    Saving { acting: use_acting(), toaster: use_toaster(), now: use_now(std::time::Duration::from_secs(10)), text: text() }
}

impl Saving {
    /// Is a file being made?
    #[must_use]
    pub fn busy(self) -> bool {
        self.acting.busy()
    }

    /// Awaits `items` and writes a file of them, called after `title`.
    pub fn save<T: 'static>(
        self,
        title: &str,
        columns: Vec<Column>,
        items: impl Future<Output = Result<Vec<T>, EngineError>> + 'static,
        row: impl Fn(&T) -> Row + 'static,
    ) {
        let name = file_name(title, *self.now.peek());
        self.acting.call(items, move |items| {
            let rows: Vec<Row> = items.iter().map(row).collect();
            keep(self.toaster, self.text, &name, csv(&columns, &rows).as_bytes());
        });
    }
}

/// Writes `bytes` into a new file called `name` where its reader finds it, and says where.
pub fn keep(toaster: Toaster, text: Text, name: &str, bytes: &[u8]) {
    match downloads().and_then(|folder| write(&folder, name, bytes)) {
        Ok(path) => toaster.say(Tone::Good, text.fill(Word::AdminSaved, [("path", path.display().to_string())])),
        Err(_) => toaster.say(Tone::Bad, text.say(Word::AdminNotSaved)),
    }
}

/// `rapi-pesanan-2026-11-22-1204.csv`.
fn file_name(title: &str, now: Timestamp) -> String {
    let plain: String = title.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    let at = Zoned::within(now, Zone::Western);
    let clock = at.clock(rapi_ui::text::Language::English).replace(':', "");
    format!("rapi-{plain}-{}-{clock}.csv", at.date())
}

/// The user's folder for what was fetched; home where there is none.
fn downloads() -> io::Result<PathBuf> {
    let home = env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    let home = home.filter(|path| path.is_dir()).ok_or(io::ErrorKind::NotFound)?;
    let named = env::var_os("XDG_DOWNLOAD_DIR").map(PathBuf::from);
    let known = named.into_iter().chain(["Downloads", "Unduhan"].map(|name| home.join(name)));
    Ok(known.into_iter().find(|path| path.is_dir()).unwrap_or(home))
}

/// Writes `bytes` into a new file; one that is there already stays.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let names = std::iter::once(name.to_owned()).chain((2..1_000).map(|turn| format!("{stem}-{turn}.{ending}")));
    for name in names {
        let path = folder.join(name);
        match fs::File::create_new(&path) {
            Ok(mut file) => return io::Write::write_all(&mut file, bytes).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_after_its_table_and_the_time() {
        let now = "2026-11-22T05:04:00Z".parse().unwrap();
        assert_eq!(file_name("Jejak audit", now), "rapi-jejak-audit-2026-11-22-1204.csv");
    }

    #[test]
    fn a_file_that_is_there_already_is_never_overwritten() {
        let folder = env::temp_dir().join(format!("rapi-saving-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let paths = ["one", "two"].map(|text| write(&folder, "a.csv", text.as_bytes()).unwrap());
        assert_eq!(paths, [folder.join("a.csv"), folder.join("a-2.csv")]);
        assert_eq!(fs::read_to_string(&paths[0]).unwrap(), "one");
        fs::remove_dir_all(&folder).unwrap();
    }
}
