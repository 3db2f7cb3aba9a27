//! Uploaded files: what is taken, who may see what, what lies on the disk.

use std::path::Path;

use serde_json::json;

use super::count;
use crate::client::{Client, png};
use crate::harness::{Backend, on_both};

/// Every file below `folder`.
fn files_in(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries
        .flat_map(|entry| if entry.path().is_dir() { files_in(&entry.path()) } else { vec![std::fs::read(entry.path()).unwrap()] })
        .collect()
}

async fn upload(person: &Client, purpose: &str) -> String {
    person.upload(purpose, "gambar.png", png()).await.expect(201)["url"].as_str().unwrap().to_owned()
}

async fn status(person: &Client, url: &str) -> u16 {
    person.bytes(url).await.0.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_identity_checks_are_encrypted_on_the_disk_and_their_views_logged() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, wati, sri) =
            (backend.admin().await, backend.person("SERVICE_PROVIDER").await, backend.person("SERVICE_PROVIDER").await);
        for purpose in ["id_card", "selfie", "certificate"] {
            let url = upload(&wati, purpose).await;
            assert_eq!(wati.bytes(&url).await, (reqwest::StatusCode::OK, png()), "{purpose}");
            assert_eq!(status(&sri, &url).await, 404, "{purpose}");
            assert_eq!(admin.bytes(&url).await, (reqwest::StatusCode::OK, png()), "{purpose}");
        }
        let stored = files_in(&backend.dir.path().join("files"));
        assert_eq!(stored.len(), 3);
        assert!(stored.iter().all(|file| !file.windows(8).any(|window| window == &png()[..8] || window == &png()[16..24])));
        let by_admin = "SELECT COUNT(*) FROM media_views JOIN users ON users.id = viewer_id WHERE user_type = 'ADMIN'";
        assert_eq!(count(&backend, by_admin).await, 3);
        super::execute(&backend, "DELETE FROM admin_permissions").await;
        assert_eq!(status(&admin, &upload(&wati, "id_card").await).await, 404, "not every admin verifies");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_see_a_file_follows_from_its_purpose() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, owner, other) = (backend.admin().await, backend.client().await, backend.client().await);
        for (purpose, seen_by_other, seen_by_admin) in
            [("profile_photo", 200, 200), ("portfolio", 200, 200), ("order", 404, 200), ("payment_proof", 404, 200), ("chat", 404, 200)]
        {
            let url = upload(&owner, purpose).await;
            let seen = (status(&owner, &url).await, status(&other, &url).await, status(&admin, &url).await);
            assert_eq!(seen, (200, seen_by_other, seen_by_admin), "{purpose}");
            assert_eq!(status(&backend.stranger(), &url).await, 401, "{purpose}");
        }
        assert_eq!(status(&owner, "/api/v1/media/019a0000-0000-7000-8000-000000000000").await, 404);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_is_told_to_trust_nothing_and_keep_no_papers() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let wati = backend.person("SERVICE_PROVIDER").await;
        for (purpose, caching) in [("id_card", "private, no-store"), ("portfolio", "private, max-age=86400, immutable")] {
            let reply = wati.get(&upload(&wati, purpose).await).await;
            assert_eq!(reply.headers["content-type"], "image/png");
            assert_eq!(reply.headers["cache-control"], caching);
            assert_eq!(reply.headers["x-content-type-options"], "nosniff");
            assert!(reply.headers["content-disposition"].to_str().unwrap().starts_with("inline; filename="));
        }
        let url = wati.upload("certificate", "ijazah.pdf", b"%PDF-1.7\n%%EOF".to_vec()).await.expect(201)["url"].clone();
        let reply = wati.get(url.as_str().unwrap()).await;
        assert!(reply.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_what_its_bytes_say_and_not_too_large() {
    on_both(async |engine| {
        let backend = Backend::with(engine, |settings| settings.limits.upload_bytes = 4096).await;
        let ayu = backend.client().await;
        let kept = ayu.upload("profile_photo", "foto.exe", png()).await.expect(201);
        assert_eq!((&kept["mime_type"], &kept["file_size_kb"]), (&json!("image/png"), &json!(1)));
        for (purpose, bytes) in [
            ("profile_photo", b"<svg onload=alert(1)>".to_vec()),
            ("profile_photo", b"%PDF-1.7".to_vec()),
            ("selfie", b"OggS\0".to_vec()),
            ("chat", Vec::new()),
            ("payung", png()),
        ] {
            ayu.upload(purpose, "foto.png", bytes).await.refused(422, "invalid_input");
        }
        ayu.upload("chat", "suara.ogg", b"OggS\0\x02".to_vec()).await.expect(201);
        let large = [png(), vec![0; 4096]].concat();
        ayu.upload("profile_photo", "besar.png", large).await.refused(413, "too_large");
        let huge = [png(), vec![0; 200_000]].concat();
        ayu.upload("profile_photo", "besar.png", huge).await.refused(413, "too_large");
        assert_eq!(ayu.post("media", json!({})).await.status, 400);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM media").await, 2);
        backend.stop().await;
    })
    .await;
}
