//! Who takes part: a client, a provider and an admin, each with an engine of her own.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rapi_engine::core::wire::Secret;
use rapi_engine::core::wire::admin::VerificationsQuery;
use rapi_engine::core::wire::auth::RegisterRequest;
use rapi_engine::core::wire::people::{
    AvailabilityRequest, DeviceType, MediaPurpose, PatchProviderProfileRequest, ServiceArea, UserSummary, UserType, VerificationRequest,
    VerificationStatus,
};
use rapi_engine::{Connection, Engine, EngineConfig, EngineError, Host, IdGen, Intent, SimulatedRide, SystemIds};
use serde_json::Value;
use tempfile::TempDir;

use crate::args::Args;
use crate::papers;
use crate::stage::{Failed, Stage};
use crate::streets;

/// A scooter at 25 km/h, four times as fast; the backend believes up to 55 m/s.
pub const METERS_PER_SECOND: f64 = 4.0 * 25.0 / 3.6;

const PASSWORD: &str = "kemang-sapu-lidi-48";

/// Everybody, ready to go.
pub struct Cast {
    pub client: Engine,
    pub provider: Engine,
    pub admin: Engine,
    pub ride: SimulatedRide,
    _folders: TempDir,
}

impl Cast {
    /// Registers, verifies, approves, and brings the provider online at the start of the first trip.
    pub async fn gather(stage: &Stage, args: &Args) -> Result<Self, Failed> {
        let folders = stage.step("open three engines", async { tempfile::tempdir() }).await?;
        let ride = SimulatedRide::new(stage.clock(), streets::first().way(), METERS_PER_SECOND);
        let client = open(stage, args, &folders, "client", None).await?;
        let provider = open(stage, args, &folders, "provider", Some(ride.clone())).await?;
        let admin = open(stage, args, &folders, "admin", None).await?;
        let cast = Self { client, provider, admin, ride, _folders: folders };

        register(stage, args, &cast.client, "Ayu Lestari", UserType::Client).await?;
        let wati = register(stage, args, &cast.provider, "Wati Suryani", UserType::ServiceProvider).await?;
        stage.step("the admin signs in", cast.admin.sign_in(&args.admin_email, &args.admin_password)).await?;
        cast.verify(stage, &wati).await?;
        cast.go_online(stage).await?;
        Ok(cast)
    }

    async fn verify(&self, stage: &Stage, wati: &UserSummary) -> Result<(), Failed> {
        let api = self.provider.api();
        let picture = |grey| papers::picture(64, grey);
        let card = stage.step("Wati photographs her KTP", api.upload(MediaPurpose::IdCard, "ktp.png", picture(200))).await?;
        let selfie = stage.step("and herself with it", api.upload(MediaPurpose::Selfie, "selfie.png", picture(120))).await?;
        let request = VerificationRequest {
            id_card_number: Secret::new(papers::nik(SystemIds.new_uuid().as_u128())),
            id_card_photo_url: card.url,
            selfie_with_id_url: selfie.url,
            certificate_urls: Vec::new(),
            portfolio_urls: Vec::new(),
            bank_account_name: wati.full_name.clone(),
            bank_name: "BCA".into(),
            bank_account_number: "5220304455".into(),
        };
        stage.step("Wati hands in her papers", self.provider.perform(Intent::SubmitVerification(request))).await?;
        stage.step("the admin finds and approves them", self.approve(wati)).await?;
        let approved = |user: &UserSummary| user.verification_status.is(&VerificationStatus::Approved);
        stage.see("Wati is told that she may work", &self.provider, |s| s.session.user().is_some_and(approved)).await?;
        Ok(())
    }

    async fn approve(&self, wati: &UserSummary) -> Result<(), EngineError> {
        let api = self.admin.api();
        let query = VerificationsQuery { status: Some(VerificationStatus::Pending), limit: Some(100), cursor: None };
        let queue = api.verifications(query).await?;
        let hers = queue.items.into_iter().find(|item| item.user.id == wati.id);
        let hers = hers.ok_or_else(|| EngineError::Unreadable("her papers are not in the queue".into()))?;
        api.verification_of(hers.id).await?;
        api.approve_verification(hers.id).await
    }

    async fn go_online(&self, stage: &Stage) -> Result<(), Failed> {
        let profile = PatchProviderProfileRequest {
            bio: Some("Rapi dan teliti, sepuluh tahun pengalaman.".into()),
            service_types: Some(vec!["cleaning".into()]),
            service_areas: Some(vec![ServiceArea { city: "Jakarta Selatan".into(), province: "DKI Jakarta".into() }]),
            ..PatchProviderProfileRequest::default()
        };
        stage.step("Wati offers cleaning", self.provider.perform(Intent::PatchProviderProfile(profile))).await?;
        let here = streets::first().start();
        let online = AvailabilityRequest { is_available: true, latitude: Some(here.latitude()), longitude: Some(here.longitude()) };
        stage.step("and goes online in Kemang", self.provider.perform(Intent::SetAvailability(online))).await?;
        stage.see("her position is sampled", &self.provider, |snapshot| snapshot.sampling.is_some()).await?;
        Ok(())
    }

    /// Everybody signs out.
    pub async fn leave(self, stage: &Stage) {
        for engine in [self.client, self.provider, self.admin] {
            // The demo is over; what is left ends with its folder.
            let _ = stage.step("sign out", engine.sign_out()).await;
            engine.close().await;
        }
    }
}

async fn open(stage: &Stage, args: &Args, folders: &TempDir, role: &str, ride: Option<SimulatedRide>) -> Result<Engine, Failed> {
    let data_dir = folders.path().join(role);
    let mut host = Host::system(&data_dir);
    host.clock = stage.clock();
    if let Some(ride) = ride {
        host.location = Arc::new(ride);
    }
    let config = EngineConfig {
        api_url: args.http.clone(),
        data_dir,
        device_id: SystemIds.new_uuid().to_string(),
        device_type: DeviceType::Desktop,
        device_name: Some(format!("demo {role}")),
    };
    stage.step(&format!("the {role}'s engine is open"), Engine::open(config, host)).await
}

async fn register(stage: &Stage, args: &Args, engine: &Engine, name: &str, user_type: UserType) -> Result<UserSummary, Failed> {
    let dice = SystemIds.new_uuid().as_u128();
    let first_name = name.split(' ').next().unwrap_or(name);
    let email = format!("{}.{:010x}@example.com", first_name.to_lowercase(), dice & 0xff_ffff_ffff);
    let request = RegisterRequest {
        full_name: name.to_owned(),
        email: email.clone(),
        phone: papers::phone(dice),
        password: PASSWORD.into(),
        user_type,
    };
    stage.step(&format!("{first_name} registers"), engine.register(request)).await?;
    let code = stage.step("the code is in the mail", code_for(stage, &args.data_dir.join("outbox"), &email)).await?;
    let user = stage.step(&format!("{first_name} is signed in by it"), engine.verify_otp(&email, &code)).await?;
    stage.see("events arrive as they happen", engine, |snapshot| snapshot.connection == Connection::Online).await?;
    Ok(user)
}

/// The newest one-time code that was sent to `email`; asked for again and again, as people look into their mail.
async fn code_for(stage: &Stage, outbox: &Path, email: &str) -> Result<String, std::convert::Infallible> {
    loop {
        let found = newest_code(outbox, email);
        if let Some(code) = found {
            return Ok(code);
        }
        stage.pass(Duration::from_millis(50)).await;
    }
}

fn newest_code(outbox: &Path, email: &str) -> Option<String> {
    let files: Vec<PathBuf> = std::fs::read_dir(outbox).ok()?.filter_map(|file| Some(file.ok()?.path())).collect();
    let messages = files.iter().filter_map(|path| serde_json::from_slice::<Value>(&std::fs::read(path).ok()?).ok());
    let hers = messages.filter(|message| message["to"] == email && message["otp_code"].is_string());
    let newest = hers.max_by_key(|message| message["at"].to_string())?;
    newest["otp_code"].as_str().map(str::to_owned)
}
