//! Files that a death left without a row are forgotten; the others stay.

use std::time::Duration;

use rapi_backend::users;
use uuid::Uuid;

use crate::client::png;
use crate::harness::{Backend, on_both};

fn files(backend: &Backend) -> usize {
    std::fs::read_dir(backend.dir.path().join("files/media")).unwrap().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_without_a_row_and_halves_of_files_are_forgotten_when_no_row_can_come_any_more() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let ayu = backend.client().await;
        let url = ayu.upload("profile_photo", "foto.png", png()).await.expect(201)["url"].as_str().unwrap().to_owned();
        // As deaths before the row was committed, and in the middle of writing, leave them.
        let (orphan, half): (Uuid, Uuid) = (backend.app().ids.uuid(), backend.app().ids.uuid());
        let folder = backend.dir.path().join("files/media");
        for name in [orphan.to_string(), format!("{half}#1")] {
            std::fs::write(folder.join(name), png()).unwrap();
        }
        let forget = async || users::service::forget_stray_files(backend.app(), backend.app().db.read()).await.unwrap();
        backend.advance(Duration::from_secs(3600));
        assert_eq!((forget().await, files(&backend)), (0, 3), "their rows may still come");
        backend.advance(Duration::from_secs(1));
        // The housekeeping of this hour may be quicker: what counts is what is left.
        forget().await;
        assert_eq!(files(&backend), 1);
        assert_eq!(ayu.bytes(&url).await, (reqwest::StatusCode::OK, png()));
        backend.stop().await;
    })
    .await;
}
