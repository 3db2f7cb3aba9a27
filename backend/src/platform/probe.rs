//! Can anything be stored? Found out by storing something: what merely looks at a full disk finds it in good order.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rapi_core::Timestamp;
use sea_orm::{ConnectionTrait, Statement};

use super::db::Db;
use super::error::{ApiError, again};

/// More than the rest of a block that is in use already.
const PROBE: [u8; 16 * 1024] = [0x52; 16 * 1024];

/// Writes a file into `folder`, forces it to the disk and takes it away again; then commits a row.
///
/// # Errors
/// Says what is the matter.
pub async fn storage(db: &Db, folder: &Path, now: Timestamp) -> Result<(), ApiError> {
    disk(folder).await.map_err(ApiError::internal)?;
    again(|| row(db, now)).await
}

async fn row(db: &Db, now: Timestamp) -> Result<(), ApiError> {
    let tx = db.write().await?;
    let row = r#"INSERT INTO "probes" (id, written_at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at"#;
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), row, [now.micros().into()])).await?;
    Ok(tx.commit().await?)
}

/// Writes a file into `folder`, forces it to the disk and takes it away again.
///
/// # Errors
/// What the file system says.
pub async fn disk(folder: &Path) -> io::Result<()> {
    static NUMBERS: AtomicU64 = AtomicU64::new(0);
    let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
    let file = folder.join(format!(".probe-{}-{number}", std::process::id()));
    let probe = tokio::task::spawn_blocking(move || {
        let written = write(&file);
        let removed = std::fs::remove_file(&file);
        written.and(removed)
    });
    probe.await.map_err(io::Error::other)?
}

fn write(file: &Path) -> io::Result<()> {
    use std::io::Write as _;

    let mut file = std::fs::File::create(file)?;
    file.write_all(&PROBE)?;
    file.sync_all()
}
