//! What admins see of people and do about them.

use rapi_core::wire::events::Event;
use serde_json::{Value, json};

use super::told;
use crate::client::{Client, PASSWORD, Reply};
use crate::harness::{Backend, on_both, until};

fn path(person: &Client) -> String {
    format!("admin/users/{}", person.id)
}

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

async fn suspend(admin: &Client, person: &Client, reason: &str) -> Reply {
    admin.patch(&path(person), json!({ "suspended": true, "reason": reason })).await
}

async fn permit(admin: &Client, other: &Client, permissions: &[&str]) -> Reply {
    admin.patch(&path(other), json!({ "permissions": permissions })).await
}

/// The actions written down about somebody, newest first.
async fn deeds(admin: &Client, person: &Client) -> Vec<(String, Value)> {
    let log = admin.get("admin/audit-log?limit=100").await.expect(200);
    let about = log["items"].as_array().unwrap().iter().filter(|deed| deed["subject_id"] == person.id.as_str());
    about.map(|deed| (deed["action"].as_str().unwrap().to_owned(), deed["details"].clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_name_address_phone_role_and_how_they_stand() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let admin = backend.admin().await;
        let (siti, wati) = (backend.client().await, backend.provider_at(&admin, -6.26, 106.81).await);
        let applicant = backend.applicant().await;
        let newcomer = backend.person("SERVICE_PROVIDER").await;
        let found = async |query: &str| admin.get(&format!("admin/users?{query}")).await.expect(200);
        let everybody = [&newcomer, &applicant, &wati, &siti, &admin].map(|person| person.id.as_str());
        assert_eq!(ids(&found("").await), everybody, "newest first");
        let first = found("limit=2").await;
        assert_eq!(ids(&first), everybody[..2]);
        let cursor = first["next_cursor"].as_str().unwrap();
        assert_eq!(ids(&found(&format!("limit=3&cursor={cursor}")).await), everybody[2..]);

        let phone = admin.get(&path(&siti)).await.expect(200)["phone"].as_str().unwrap().to_owned();
        let local = format!("0{}", phone.strip_prefix("+62").unwrap());
        for (query, people) in [
            ("q=sITI", vec![&siti]),
            (&format!("q={}", siti.email), vec![&siti]),
            (&format!("q={local}"), vec![&siti]),
            ("q=s_ti", vec![]),
            ("user_type=ADMIN", vec![&admin]),
            ("verification_status=APPROVED", vec![&wati]),
            ("verification_status=PENDING", vec![&applicant]),
            ("verification_status=NONE", vec![&newcomer]),
            ("user_type=CLIENT&status=active", vec![&siti]),
            ("status=suspended", vec![]),
        ] {
            let people: Vec<_> = people.into_iter().map(|person| person.id.as_str()).collect();
            assert_eq!(ids(&found(query).await), people, "{query}");
        }
        let online = found("verification_status=APPROVED").await["items"][0].clone();
        assert_eq!((&online["is_available"], &online["status"]), (&json!(true), &json!("active")));
        suspend(&admin, &siti, "Penipuan").await.expect(200);
        assert_eq!(ids(&found("status=suspended").await), [siti.id.as_str()]);
        admin.get("admin/users?status=asleep").await.refused(422, "invalid_input");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_sorted_over_everything_and_paged_in_that_order() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let admin = backend.admin().await;
        let people = [backend.client().await, backend.applicant().await, backend.client().await];
        for (person, name) in people.iter().zip(["wati", "Agus", "Wati"]) {
            person.patch("me", json!({ "full_name": name })).await.expect(200);
        }
        let [first, agus, last] = &people;
        let (by_name, by_age) = ([&admin, agus, first, last], [&admin, first, agus, last]);
        admin.patch("me", json!({ "full_name": "adi" })).await.expect(200);
        for (sort, order) in [("name", by_name), ("oldest", by_age)] {
            let ids: Vec<&str> = order.iter().map(|person| person.id.as_str()).collect();
            let backwards: Vec<&str> = ids.iter().rev().copied().collect();
            assert_eq!(in_pages(&admin, &format!("admin/users?sort={sort}")).await, ids, "{sort}");
            let other = if sort == "name" { "name_desc" } else { "newest" };
            assert_eq!(in_pages(&admin, &format!("admin/users?sort={other}")).await, backwards, "{other}");
        }
        assert_eq!(in_pages(&admin, "admin/users?sort=name&user_type=CLIENT").await, [first.id.as_str(), last.id.as_str()]);
        suspend(&admin, first, "Penipuan").await.expect(200);
        suspend(&admin, last, "Penipuan").await.expect(200);
        for path in ["admin/audit-log", "admin/verifications"] {
            let mut newest = in_pages(&admin, &format!("{path}?sort=newest")).await;
            newest.reverse();
            assert!(!newest.is_empty());
            assert_eq!(in_pages(&admin, &format!("{path}?sort=oldest")).await, newest, "{path}");
            admin.get(&format!("{path}?sort=name")).await.refused(422, "invalid_input");
        }
        backend.stop().await;
    })
    .await;
}

/// The ids of a whole list, asked for one by one.
async fn in_pages(admin: &Client, path: &str) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), format!("{path}&limit=1"));
    loop {
        let page = admin.get(&next).await.expect(200);
        found.extend(ids(&page).into_iter().map(str::to_owned));
        let Some(cursor) = page["next_cursor"].as_str() else { return found };
        next = format!("{path}&limit=1&cursor={cursor}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_suspended_is_out_at_once_and_comes_back_when_the_account_is_opened() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let mut wati = backend.provider_at(&admin, -6.26, 106.81).await;
        let session = wati.get("me/sessions").await.expect(200)["items"][0]["id"].as_str().unwrap().parse().unwrap();
        let shut = suspend(&admin, &wati, " Menagih di luar aplikasi ").await.expect(200);
        assert_eq!((&shut["status"], &shut["sessions"]), (&json!("suspended"), &json!(0)));
        assert_eq!((&shut["provider"]["is_available"], &shut["is_available"]), (&json!(false), &json!(false)));
        let suspension = &shut["suspension"];
        assert_eq!((&suspension["reason"], &suspension["suspended_by"]), (&json!("Menagih di luar aplikasi"), &json!(admin.id)));
        wati.get("me").await.refused(401, "session_revoked");
        wati.post("auth/refresh", json!({ "refresh_token": wati.refresh_token })).await.refused(401, "session_revoked");
        let login = json!({ "email": wati.email, "password": PASSWORD });
        wati.post("auth/login", login).await.refused(403, "account_suspended");
        client.get(&format!("providers/{}", wati.id)).await.refused(404, "not_found");
        told(&backend, &wati, &Event::SessionRevoked { session_id: session }).await;

        suspend(&admin, &wati, "Menagih di luar aplikasi").await.expect(200);
        let open = admin.patch(&path(&wati), json!({ "suspended": false })).await.expect(200);
        assert_eq!((&open["status"], &open["suspension"]), (&json!("active"), &Value::Null));
        let email = wati.email.clone();
        wati.sign_in(&email, PASSWORD).await;
        assert_eq!(wati.get("me/provider-profile").await.expect(200)["is_available"], false, "she goes online by herself");
        let done = deeds(&admin, &wati).await;
        let reason = json!({ "reason": "Menagih di luar aplikasi" });
        assert_eq!(done, [("user.reinstate".to_owned(), json!({})), ("user.suspend".to_owned(), reason)], "the same twice is once");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_has_a_reason_and_only_it_has_one() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, siti) = (backend.admin().await, backend.client().await);
        for (body, field) in [
            (json!({ "suspended": true }), "reason"),
            (json!({ "suspended": true, "reason": "  " }), "reason"),
            (json!({ "suspended": false, "reason": "Maaf" }), "reason"),
            (json!({ "reason": "Maaf" }), "reason"),
            (json!({ "unlock": false }), "unlock"),
            (json!({ "permissions": ["orders"] }), "permissions"),
            (json!({ "permissions": ["everything"] }), "permissions[0]"),
            (json!({ "user_type": "ADMIN" }), "user_type"),
        ] {
            let problem = admin.patch(&path(&siti), body.clone()).await.refused(422, "invalid_input");
            assert_eq!(problem["errors"][0]["field"], field, "{body}");
        }
        siti.get("me").await.expect(200);
        assert_eq!(deeds(&admin, &siti).await, []);
        admin.patch("admin/users/00000000-0000-7000-8000-000000000404", json!({ "unlock": true })).await.refused(404, "not_found");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unlocked_account_can_be_signed_in_to_again() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, mut siti) = (backend.admin().await, backend.client().await);
        let email = siti.email.clone();
        let wrong = json!({ "email": email, "password": "bukan-kata-sandi" });
        for _ in 0..4 {
            siti.post("auth/login", wrong.clone()).await.refused(401, "invalid_credentials");
        }
        siti.post("auth/login", wrong.clone()).await.refused(423, "account_locked");
        let locked = admin.get("admin/users?status=locked").await.expect(200);
        assert_eq!(ids(&locked), [siti.id.as_str()]);
        assert!(locked["items"][0]["locked_until"].is_string());
        let open = admin.patch(&path(&siti), json!({ "unlock": true })).await.expect(200);
        assert_eq!((&open["status"], &open["locked_until"]), (&json!("active"), &Value::Null));
        siti.post("auth/login", wrong).await.refused(401, "invalid_credentials");
        siti.sign_in(&email, PASSWORD).await;
        assert_eq!(deeds(&admin, &siti).await, [("user.unlock".to_owned(), json!({}))]);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn permissions_say_what_an_admin_may_do() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, other) = (backend.admin().await, backend.admin().await);
        let held = admin.get(&path(&other)).await.expect(200)["permissions"].clone();
        assert_eq!(held, json!(["audit", "catalogue", "money", "orders", "people", "verifications"]));
        let few = permit(&admin, &other, &["orders", "audit", "orders"]).await.expect(200);
        assert_eq!(few["permissions"], json!(["audit", "orders"]));
        other.get("admin/orders").await.expect(200);
        for shut in ["admin/users", &path(&admin), &format!("{}/sessions", path(&admin)), "admin/verifications", "admin/withdrawals"] {
            other.get(shut).await.refused(403, "missing_permission");
        }
        permit(&other, &other, &["people"]).await.refused(403, "missing_permission");
        other.delete(&format!("{}/sessions", path(&admin))).await.refused(403, "missing_permission");
        permit(&admin, &other, &[]).await.expect(200);
        other.get("admin/orders").await.refused(403, "missing_permission");
        let [last, first] = &deeds(&admin, &other).await[..] else { panic!("two deeds") };
        assert_eq!((&last.1["permissions"], &first.1["permissions"]), (&json!([]), &json!(["orders", "audit"])));
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_suspends_herself_and_somebody_always_manages_people() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let admin = backend.admin().await;
        suspend(&admin, &admin, "Lelah").await.refused(409, "own_account");
        permit(&admin, &admin, &["orders"]).await.refused(409, "last_admin");
        permit(&admin, &admin, &["people", "audit"]).await.expect(200);
        let other = backend.admin().await;
        suspend(&admin, &other, "Cuti").await.expect(200);
        permit(&admin, &admin, &["audit"]).await.refused(409, "last_admin");
        admin.patch(&path(&other), json!({ "suspended": false })).await.expect(200);
        permit(&admin, &admin, &["audit"]).await.expect(200);
        admin.get("admin/users").await.refused(403, "missing_permission");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_admins_who_depose_each_other_at_the_same_time_one_stays() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        for round in 0..6 {
            let (one, other) = (backend.admin().await, backend.admin().await);
            super::execute(&backend, "UPDATE users SET is_active = FALSE WHERE user_type = 'ADMIN'").await;
            let only = format!("UPDATE users SET is_active = TRUE WHERE email IN ('{}', '{}')", one.email, other.email);
            super::execute(&backend, &only).await;
            let depose = async |admin: &Client, person: &Client| {
                if round % 2 == 0 { permit(admin, person, &["audit"]).await } else { suspend(admin, person, "Kudeta").await }
            };
            let (first, second) = tokio::join!(depose(&one, &other), depose(&other, &one));
            let mut statuses = [first.status, second.status];
            statuses.sort_unstable();
            assert_eq!(statuses[0], 200, "{} {}", first.body, second.body);
            assert!([401, 403, 409].contains(&statuses[1]), "{} {}", first.body, second.body);
        }
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_sees_somebodys_sessions_and_ends_them_all() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, phone) = (backend.admin().await, backend.client().await);
        let mut laptop = backend.stranger();
        laptop.sign_in(&phone.email, PASSWORD).await;
        let sessions = format!("{}/sessions", path(&phone));
        let listed = admin.get(&sessions).await.expect(200);
        assert_eq!(ids(&listed).len(), 2);
        assert!(listed["items"].as_array().unwrap().iter().all(|session| session["is_current"] == false));
        assert_eq!(admin.get(&path(&phone)).await.expect(200)["sessions"], 2);
        admin.delete(&sessions).await.expect(204);
        for device in [&phone, &laptop] {
            device.get("me").await.refused(401, "session_revoked");
        }
        assert_eq!(ids(&admin.get(&sessions).await.expect(200)).len(), 0);
        admin.delete("admin/users/00000000-0000-7000-8000-000000000404/sessions").await.refused(404, "not_found");
        assert_eq!(deeds(&admin, &phone).await, [("user.sign_out".to_owned(), json!({}))]);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_page_shows_her_orders_work_and_money() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, siti) = (backend.admin().await, backend.client().await);
        let wati = backend.provider_at(&admin, -6.2607, 106.8137).await;
        let bare = admin.get(&path(&siti)).await.expect(200);
        assert_eq!((&bare["wallet"], &bare["provider"], &bare["permissions"]), (&Value::Null, &Value::Null, &json!([])));
        siti.post("wallet/top-ups", json!({ "amount": 50_000, "payment_method": "E_WALLET" })).await.expect(201);
        let off = backend.order(&siti, -6.2607, 106.8137, "CASH").await["id"].as_str().unwrap().to_owned();
        siti.post(&format!("orders/{off}/cancel"), json!({ "cancellation_reason": "Salah" })).await.expect(200);
        let order = backend.order(&siti, -6.2607, 106.8137, "CASH").await["id"].as_str().unwrap().to_owned();
        wati.post(&format!("orders/{order}/accept"), json!({})).await.expect(200);
        let hers = until("the money", async || {
            let page = admin.get(&path(&siti)).await.expect(200);
            (page["wallet"]["balance"] == 50_000).then_some(page)
        })
        .await;
        assert_eq!(hers["orders"], json!({ "total": 2, "open": 1, "completed": 0, "cancelled": 1 }));
        assert!(hers["phone"].is_string() && hers["last_login"].is_string() && hers["sessions"] == 1, "{hers}");
        let theirs = admin.get(&path(&wati)).await.expect(200);
        assert_eq!(theirs["orders"], json!({ "total": 1, "open": 1, "completed": 0, "cancelled": 0 }));
        let facts = &theirs["provider"];
        assert_eq!((&facts["service_types"], &facts["total_orders"]), (&json!(["cleaning"]), &json!(1)));
        assert_eq!((&facts["position"]["latitude"], &facts["is_available"]), (&json!(-6.2607), &json!(true)));
        assert!(admin.get(&path(&admin)).await.expect(200)["last_login"].is_string());
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_at_the_same_time_does_not_outlive_being_signed_out() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, siti) = (backend.admin().await, backend.client().await);
        let sessions = format!("{}/sessions", path(&siti));
        for _ in 0..12 {
            let mut phone = backend.stranger();
            phone.sign_in(&siti.email, PASSWORD).await;
            let token = json!({ "refresh_token": phone.refresh_token });
            let (refreshed, ended) = tokio::join!(phone.post("auth/refresh", token), admin.delete(&sessions));
            ended.expect(204);
            if refreshed.status == 200 {
                phone.keep(&refreshed.body);
            }
            phone.get("me").await.refused(401, "session_revoked");
            phone.post("auth/refresh", json!({ "refresh_token": phone.refresh_token })).await.refused(401, "session_revoked");
        }
        backend.stop().await;
    })
    .await;
}
