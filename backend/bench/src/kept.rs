//! Large databases are filled once and kept between runs, below the folder that is measured, until their tables change.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use anyhow::Result;
use sea_orm::{ConnectionTrait as _, Statement};

use crate::backend::Place;

/// Grows when what is filled in changes.
const VERSION: u32 = 1;
const FILLED: &str = "filled";

/// Answers a place filled by `fill`, now or in an earlier run.
///
/// # Errors
/// When it cannot be filled.
pub async fn filled(folder: &Path, name: &str, fill: impl AsyncFnOnce(&Place) -> Result<()>) -> Result<Place> {
    let base = folder.join("kept");
    let place = Place { folder: base.join(format!("{name}-{}", tables(&base).await?)), database: None };
    if place.folder.join(FILLED).exists() {
        return Ok(place);
    }
    _ = fs::remove_dir_all(&place.folder);
    fs::create_dir_all(&place.folder)?;
    fill(&place).await?;
    fs::write(place.folder.join(FILLED), "")?;
    Ok(place)
}

/// Names the shape of the tables, as this version of the backend makes them.
async fn tables(base: &Path) -> Result<String> {
    let empty = Place { folder: base.join("empty"), database: None };
    _ = fs::remove_dir_all(&empty.folder);
    fs::create_dir_all(&empty.folder)?;
    let app = empty.open().await?;
    let shape = Statement::from_string(app.db.backend(), "SELECT COALESCE(sql, '') AS sql FROM sqlite_master ORDER BY name");
    let mut hash = DefaultHasher::new();
    VERSION.hash(&mut hash);
    for row in app.db.read().query_all_raw(shape).await? {
        row.try_get::<String>("", "sql")?.hash(&mut hash);
    }
    Place::close(app).await?;
    fs::remove_dir_all(&empty.folder)?;
    Ok(format!("{:016x}", hash.finish()))
}
