//! What the app itself remembers, beside the engine's files in the same folder.

use std::path::{Path, PathBuf};
use std::{fs, io};

use rapi_ui::text::Language;

/// The app's folder.
#[derive(Debug, Clone)]
pub struct Home {
    folder: PathBuf,
}

impl Home {
    /// Uses `folder`, which is made when needed.
    pub fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name of this device: what was kept, else `new`, which is kept from now on.
    pub fn device_id(&self, new: impl FnOnce() -> String) -> io::Result<String> {
        if let Some(id) = self.kept("device") {
            return Ok(id);
        }
        let id = new();
        self.keep("device", &id)?;
        Ok(id)
    }

    /// The language that was chosen last, once one was.
    pub fn language(&self) -> Option<Language> {
        self.kept("language").and_then(|word| word.parse().ok())
    }

    /// Remembers the language that was chosen.
    pub fn keep_language(&self, language: Language) -> io::Result<()> {
        self.keep("language", language.as_str())
    }

    fn kept(&self, name: &str) -> Option<String> {
        let text = fs::read_to_string(self.folder.join(name)).ok()?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Whole or not at all.
    fn keep(&self, name: &str, text: &str) -> io::Result<()> {
        let beside = self.folder.join(format!("{name}.new"));
        fs::write(&beside, text)?;
        fs::rename(beside, self.folder.join(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_keeps_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let open = || Home::open(dir.path().join("deep").join("home")).unwrap();
        assert_eq!(open().device_id(|| "first".into()).unwrap(), "first");
        assert_eq!(open().device_id(|| "second".into()).unwrap(), "first");
    }

    #[test]
    fn the_language_chosen_last_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path().to_owned()).unwrap();
        assert_eq!(home.language(), None);
        home.keep_language(Language::English).unwrap();
        assert_eq!(Home::open(dir.path().to_owned()).unwrap().language(), Some(Language::English));
        fs::write(dir.path().join("language"), "tlh").unwrap();
        assert_eq!(home.language(), None);
    }
}
