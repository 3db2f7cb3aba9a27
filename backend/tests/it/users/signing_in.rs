//! Registering and signing in; what a stranger may not learn; lockout.

use std::time::Duration;

use serde_json::json;

use super::{count, execute, form, letter, other_than};
use crate::client::PASSWORD;
use crate::harness::{Backend, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_registers_proves_the_address_and_signs_in() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let mut dewi = backend.stranger();
        dewi.post("auth/register", form("Dewi@Contoh.id", "0813-1111-2222")).await.expect(201);
        let login = json!({ "email": "dewi@contoh.id", "password": PASSWORD });
        dewi.post("auth/login", login.clone()).await.refused(403, "not_verified");
        let code = backend.otp("dewi@contoh.id", None).await;
        let wrong = json!({ "email": "dewi@contoh.id", "otp_code": other_than(&code) });
        dewi.post("auth/otp/verify", wrong).await.refused(422, "otp_wrong");
        let right = json!({ "email": "DEWI@contoh.id", "otp_code": code });
        let tokens = dewi.post("auth/otp/verify", right.clone()).await.expect(200);
        assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(900)));
        dewi.keep(&tokens);
        let me = dewi.get("me").await.expect(200);
        assert_eq!(
            (&me["phone"], &me["is_verified"], &me["verification_status"]),
            (&json!("+6281311112222"), &json!(true), &json!("NONE"))
        );
        backend.stranger().post("auth/otp/verify", right).await.refused(422, "otp_expired");
        dewi.post("auth/login", login).await.expect(200);
        dewi.post("auth/login", json!({ "phone": "6281311112222", "password": PASSWORD })).await.expect(200);
        assert_eq!(count(&backend, "SELECT COUNT(*) FROM users WHERE last_login IS NOT NULL").await, 1);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_registrations_name_their_fields() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let stranger = backend.stranger();
        for (field, value) in [
            ("email", json!("bukan alamat")),
            ("phone", json!("021-555-1234")),
            ("password", json!("password123")),
            ("password", json!("pendek")),
            ("full_name", json!("   ")),
            ("user_type", json!("ADMIN")),
            ("user_type", json!("KING")),
        ] {
            let mut body = form("budi@contoh.id", "081311113333");
            body[field] = value;
            let problem = stranger.post("auth/register", body).await.refused(422, "invalid_input");
            assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        }
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_answers_alike_and_its_owner_is_told() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let owner = backend.client().await;
        let stranger = backend.stranger();
        let taken = stranger.post("auth/register", form(&owner.email, "081322223333")).await;
        let fresh = stranger.post("auth/register", form("baru@contoh.id", "081322224444")).await;
        assert_eq!((taken.status, fresh.status), (201, 201));
        let fields = |body: &serde_json::Value| body.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(fields(&taken.body), fields(&fresh.body));
        assert_ne!(taken.body["user_id"], owner.id.as_str());
        let letter = letter(&backend, &owner.email, "sudah punya akun").await;
        assert!(letter["otp_code"].is_null());
        let guess = |email: &str| json!({ "email": email, "otp_code": "000000" });
        let fresh = stranger.post("auth/otp/verify", guess("baru@contoh.id")).await.body["code"].clone();
        assert_eq!(stranger.post("auth/otp/verify", guess(&owner.email)).await.body["code"], fresh);
        stranger.post("auth/login", json!({ "email": owner.email, "password": PASSWORD })).await.expect(200);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_wakes_only_the_password_it_was_sent_with() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let stranger = backend.stranger();
        let email = "sasaran@contoh.id";
        let mut theirs = form(email, "081333334444");
        theirs["password"] = json!("kata sandi penyusup");
        stranger.post("auth/register", form(email, "081333335555")).await.expect(201);
        let own = backend.otp(email, None).await;
        stranger.post("auth/register", theirs.clone()).await.expect(201);
        let later = backend.otp(email, Some(&own)).await;
        stranger.post("auth/otp/verify", json!({ "email": email, "otp_code": own })).await.expect(200);
        stranger.post("auth/login", json!({ "email": email, "password": PASSWORD })).await.expect(200);
        stranger.post("auth/login", json!({ "email": email, "password": theirs["password"] })).await.refused(401, "invalid_credentials");
        stranger.post("auth/otp/verify", json!({ "email": email, "otp_code": later })).await.refused(422, "otp_expired");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_phone_number_stays_where_it_is() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let owner = backend.client().await;
        let phone = owner.get("me").await.expect(200)["phone"].clone();
        let stranger = backend.stranger();
        stranger.post("auth/register", form("kedua@contoh.id", phone.as_str().unwrap())).await.expect(201);
        letter(&backend, &owner.email, "Nomor telepon").await;
        let code = backend.otp("kedua@contoh.id", None).await;
        let tokens = stranger.post("auth/otp/verify", json!({ "email": "kedua@contoh.id", "otp_code": code })).await.expect(200);
        assert!(tokens["user"]["phone"].is_null());
        assert_eq!(owner.get("me").await.expect(200)["phone"], phone);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fifth_failure_locks_known_and_unknown_alike_for_thirty_minutes() {
    on_both(async |engine| {
        let backend = Backend::with_manual_clock(engine).await;
        let known = backend.client().await;
        let stranger = backend.stranger();
        for email in [known.email.as_str(), "tidak-ada@contoh.id"] {
            let attempt = async |password: &str| stranger.post("auth/login", json!({ "email": email, "password": password })).await;
            for _ in 0..4 {
                attempt("salah sekali").await.refused(401, "invalid_credentials");
            }
            let fifth = attempt("salah sekali").await;
            assert_eq!(fifth.headers["retry-after"], "1800");
            fifth.refused(423, "account_locked");
            attempt(PASSWORD).await.refused(423, "account_locked");
        }
        let locked = format!("SELECT COUNT(*) FROM users WHERE locked_until IS NOT NULL AND email = '{}'", known.email);
        assert_eq!(count(&backend, &locked).await, 1);
        backend.advance(Duration::from_secs(1799));
        let login = json!({ "email": known.email, "password": PASSWORD });
        let still = stranger.post("auth/login", login.clone()).await;
        assert_eq!(still.headers["retry-after"], "1");
        still.refused(423, "account_locked");
        backend.advance(Duration::from_secs(1));
        let wrong = json!({ "email": known.email, "password": "salah sekali" });
        stranger.post("auth/login", wrong).await.refused(401, "invalid_credentials");
        assert_eq!(count(&backend, &format!("SELECT COUNT(*) FROM users WHERE login_attempts = 1 AND email = '{}'", known.email)).await, 1);
        stranger.post("auth/login", login).await.expect(200);
        assert_eq!(count(&backend, &locked).await, 0);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_the_same_time_are_all_counted() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let stranger = backend.stranger();
        let guess = json!({ "email": "ramai@contoh.id", "password": "salah sekali" });
        let guesses = (0..12).map(|_| {
            let (stranger, guess) = (stranger.clone(), guess.clone());
            tokio::spawn(async move { stranger.post("auth/login", guess).await.status })
        });
        let mut answers = Vec::new();
        for guess in guesses.collect::<Vec<_>>() {
            answers.push(guess.await.unwrap());
        }
        let refused = answers.iter().filter(|status| **status == 401).count();
        let locked = answers.iter().filter(|status| **status == 423).count();
        assert_eq!((refused, locked), (4, 8), "{answers:?}");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_person_is_out_at_once() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let person = backend.client().await;
        person.get("me").await.expect(200);
        execute(&backend, &format!("UPDATE users SET is_active = FALSE WHERE email = '{}'", person.email)).await;
        person.get("me").await.refused(401, "session_revoked");
        person.post("auth/login", json!({ "email": person.email, "password": PASSWORD })).await.refused(403, "account_suspended");
        person.post("auth/login", json!({ "email": person.email, "password": "salah sekali" })).await.refused(401, "invalid_credentials");
        person.post("auth/refresh", json!({ "refresh_token": person.refresh_token })).await.refused(403, "account_suspended");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_is_made_once() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let make =
            async |password: &str| rapi_backend::users::service::create_admin(backend.app(), "Kepala@rapi.test", &password.into()).await;
        make("12345678").await.unwrap_err();
        make(PASSWORD).await.unwrap();
        assert!(make(PASSWORD).await.unwrap_err().to_string().starts_with("email_taken"));
        let mut admin = backend.stranger();
        admin.sign_in("kepala@rapi.test", PASSWORD).await;
        assert_eq!(admin.get("me").await.expect(200)["user_type"], "ADMIN");
        admin.get("admin/audit-log").await.expect(200);
        execute(&backend, "DELETE FROM admin_permissions").await;
        admin.get("admin/audit-log").await.refused(403, "missing_permission");
        backend.client().await.get("admin/audit-log").await.refused(403, "wrong_role");
        backend.stop().await;
    })
    .await;
}
