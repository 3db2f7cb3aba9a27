//! What the demo is told.

use std::collections::HashMap;
use std::path::PathBuf;

/// Where the backend is, and who runs it.
pub struct Args {
    pub http: String,
    pub data_dir: PathBuf,
    pub admin_email: String,
    pub admin_password: String,
}

impl Args {
    /// From the command line, then from the environment. What is not known is ignored.
    pub fn from_environment() -> Result<Self, String> {
        let given = options(std::env::args().skip(1));
        let wanted = |name: &str, variable: &str| {
            let value = given.get(name).cloned().or_else(|| std::env::var(variable).ok());
            value.ok_or_else(|| format!("--{name} is missing (or {variable})"))
        };
        let http = wanted("http", "RAPI_DEMO_HTTP")?;
        let has_scheme = http.contains("://");
        Ok(Self {
            http: if has_scheme { http } else { format!("http://{http}") },
            data_dir: wanted("data-dir", "RAPI_DEMO_DATA_DIR")?.into(),
            admin_email: wanted("admin-email", "RAPI_DEMO_ADMIN_EMAIL")?,
            admin_password: wanted("admin-password", "RAPI_DEMO_ADMIN_PASSWORD")?,
        })
    }
}

/// `--name value` and `--name=value`.
fn options(words: impl Iterator<Item = String>) -> HashMap<String, String> {
    let mut words = words.peekable();
    let mut found = HashMap::new();
    while let Some(word) = words.next() {
        let Some(name) = word.strip_prefix("--") else { continue };
        if let Some((name, value)) = name.split_once('=') {
            found.insert(name.to_owned(), value.to_owned());
        } else if let Some(value) = words.next_if(|next| !next.starts_with("--")) {
            found.insert(name.to_owned(), value);
        }
    }
    found
}
