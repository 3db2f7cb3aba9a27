//! Files that nobody can name: their row was never committed, because the backend died or its disk was full in between.

use std::collections::HashSet;
use std::time::Duration;

use rapi_core::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::FOLDER;
use crate::app::App;
use crate::platform::{ApiError, ApiResult};
use crate::users::entities::media;

/// No upload takes so long that its row may still come.
const OLD: Duration = Duration::from_secs(3600);
/// How many are looked up at once.
const LOOK: usize = 500;

/// Removes files without a row, and halves of files; how many that were.
///
/// # Errors
/// When the store or the database refuses.
pub(in crate::users) async fn forget(app: &App, connection: &impl ConnectionTrait) -> ApiResult<usize> {
    let before = app.now() - OLD;
    let (whole, halves) = app.files.names(FOLDER).await.map_err(ApiError::internal)?;
    let old: Vec<(Uuid, String)> = whole.into_iter().filter_map(|name| Some((id_of_old(&name, before)?, name))).collect();
    let mut removed = 0;
    for names in old.chunks(LOOK) {
        let known = known(connection, names.iter().map(|(id, _)| *id)).await?;
        for (_, name) in names.iter().filter(|(id, _)| !known.contains(id)) {
            app.files.remove(name).await.map_err(ApiError::internal)?;
            removed += 1;
        }
    }
    for part in halves.iter().filter(|part| id_of_old(part, before).is_some()) {
        app.files.remove_unfinished(part).await.map_err(ApiError::internal)?;
        removed += 1;
    }
    Ok(removed)
}

/// The id in a file's name, when the file is old: ids tell when they were made.
fn id_of_old(name: &str, before: Timestamp) -> Option<Uuid> {
    let id = Uuid::parse_str(name.rsplit('/').next()?.split('#').next()?).ok()?;
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    let made = i64::try_from(seconds).ok()?.checked_mul(1_000_000)? + i64::from(nanos / 1_000);
    (Timestamp::from_micros(made) < before).then_some(id)
}

async fn known(connection: &impl ConnectionTrait, ids: impl Iterator<Item = Uuid>) -> ApiResult<HashSet<Uuid>> {
    let rows = media::Entity::find().select_only().column(media::Column::Id).filter(media::Column::Id.is_in(ids));
    Ok(rows.into_tuple::<Uuid>().all(connection).await?.into_iter().collect())
}
