//! Mail and SMS to people: written in their language, kept (encrypted: they carry codes) as a job in the transaction of what they
//! tell of, and sent by a worker, so that a crash loses none.

use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rapi_core::Timestamp;
use rapi_core::wire::people::Language;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::app::{App, AppState};
use crate::platform::jobs::{self, Handler, Job};
use crate::platform::messages::{Channel, Message};
use crate::platform::{ApiError, ApiResult, Tx};

/// The kind of its jobs, and the purpose their payloads are encrypted for.
pub(super) const KIND: &str = "users.message";

/// Where a letter goes.
#[derive(Clone, Copy)]
pub(super) enum To<'a> {
    /// An e-mail address.
    Email(&'a str),
    /// A phone number in E.164.
    Phone(&'a str),
}

/// What a letter says.
pub(super) enum Letter {
    /// The code that proves a new account's address.
    Welcome(super::otps::Sent),
    /// Somebody asked for an account with an address that has one.
    EmailTaken,
    /// Somebody asked for an account with a phone number that belongs to another.
    PhoneTaken,
    /// The code for a new password.
    Reset(super::otps::Sent),
    /// The password was changed.
    PasswordChanged,
    /// The code that proves a phone number.
    PhoneCode(super::otps::Sent),
    /// Somebody else proved to have the person's phone number.
    PhoneMoved,
}

impl Letter {
    const fn code(&self) -> Option<&super::otps::Sent> {
        match self {
            Self::Welcome(sent) | Self::Reset(sent) | Self::PhoneCode(sent) => Some(sent),
            _ => None,
        }
    }

    fn text(&self, language: Language) -> (&'static str, String) {
        match language {
            Language::Indonesian => self.in_indonesian(),
            Language::English => self.in_english(),
        }
    }

    fn in_indonesian(&self) -> (&'static str, String) {
        match self {
            Self::Welcome(sent) => (
                "Kode verifikasi Rapi",
                format!("Kode verifikasi akun Rapi Anda: {}. Berlaku 5 menit. Abaikan surat ini jika Anda tidak mendaftar.", sent.code),
            ),
            Self::EmailTaken => (
                "Anda sudah punya akun Rapi",
                "Seseorang mencoba mendaftar dengan alamat ini, padahal Anda sudah punya akun. Jika itu Anda, silakan masuk atau \
                 atur ulang kata sandi. Jika bukan, tidak ada yang perlu dilakukan."
                    .to_owned(),
            ),
            Self::PhoneTaken => (
                "Nomor telepon Anda dipakai untuk mendaftar",
                "Seseorang mendaftar di Rapi dengan nomor telepon Anda. Nomor itu tetap milik akun Anda.".to_owned(),
            ),
            Self::Reset(sent) => (
                "Atur ulang kata sandi Rapi",
                format!("Kode untuk mengatur ulang kata sandi: {}. Berlaku 5 menit. Jangan berikan kode ini kepada siapa pun.", sent.code),
            ),
            Self::PasswordChanged => (
                "Kata sandi Rapi Anda diganti",
                "Kata sandi Anda baru saja diganti dan semua perangkat dikeluarkan. Jika bukan Anda, segera atur ulang kata sandi."
                    .to_owned(),
            ),
            Self::PhoneCode(sent) => {
                ("Kode Rapi", format!("Kode Rapi Anda: {}. Berlaku 5 menit. Jangan berikan kepada siapa pun.", sent.code))
            }
            Self::PhoneMoved => (
                "Nomor telepon dilepas dari akun Anda",
                "Nomor telepon di akun Anda dibuktikan milik orang lain dan dilepas. Silakan tambahkan nomor Anda di aplikasi.".to_owned(),
            ),
        }
    }

    fn in_english(&self) -> (&'static str, String) {
        match self {
            Self::Welcome(sent) => (
                "Your Rapi verification code",
                format!(
                    "Your Rapi verification code is {}. It is good for 5 minutes. Ignore this mail if you did not register.",
                    sent.code
                ),
            ),
            Self::EmailTaken => (
                "You already have a Rapi account",
                "Somebody tried to register with this address, which already has an account. If it was you, sign in or reset your \
                 password. If not, there is nothing to do."
                    .to_owned(),
            ),
            Self::PhoneTaken => (
                "Your phone number was used to register",
                "Somebody registered at Rapi with your phone number. It still belongs to your account.".to_owned(),
            ),
            Self::Reset(sent) => (
                "Reset your Rapi password",
                format!("The code to reset your password is {}. It is good for 5 minutes. Give it to nobody.", sent.code),
            ),
            Self::PasswordChanged => (
                "Your Rapi password was changed",
                "Your password was just changed and all devices were signed out. If it was not you, reset your password now.".to_owned(),
            ),
            Self::PhoneCode(sent) => {
                ("Rapi code", format!("Your Rapi code is {}. It is good for 5 minutes. Give it to nobody.", sent.code))
            }
            Self::PhoneMoved => (
                "A phone number was taken off your account",
                "Somebody else proved to have the phone number of your account, so it was taken off. Please add your number in the app."
                    .to_owned(),
            ),
        }
    }
}

/// A letter in its envelope.
#[derive(Serialize, Deserialize)]
struct Envelope {
    email: Option<String>,
    phone: Option<String>,
    subject: String,
    body: String,
    otp_code: Option<String>,
    good_until: Option<Timestamp>,
    at: Timestamp,
}

/// Hands a letter over; it leaves when the transaction commits.
pub(super) async fn post(app: &App, tx: &Tx, to: To<'_>, language: Language, letter: &Letter) -> ApiResult<()> {
    let (subject, body) = letter.text(language);
    let (email, phone) = match to {
        To::Email(email) => (Some(email.to_owned()), None),
        To::Phone(phone) => (None, Some(phone.to_owned())),
    };
    let now = app.now();
    let envelope = Envelope {
        email,
        phone,
        subject: subject.to_owned(),
        body,
        otp_code: letter.code().map(|sent| sent.code.clone()),
        good_until: letter.code().map(|sent| sent.expires_at),
        at: now,
    };
    let sealed = STANDARD.encode(app.vault.seal(KIND, &serde_json::to_vec(&envelope)?));
    jobs::set(tx, &app.ids, now, KIND, app.ids.uuid(), now, json!({ "sealed": sealed }));
    Ok(())
}

/// Sends letters when their jobs come.
pub(super) struct Postman(AppState);

impl Postman {
    /// A postman of this backend.
    pub(super) fn new(app: &AppState) -> Self {
        Self(Arc::clone(app))
    }

    fn open(&self, job: &Job) -> ApiResult<Envelope> {
        let sealed = job.payload.get("sealed").and_then(|text| text.as_str()).unwrap_or_default();
        let sealed = STANDARD.decode(sealed).map_err(ApiError::internal)?;
        Ok(serde_json::from_slice(&self.0.vault.open(KIND, &sealed).map_err(ApiError::internal)?)?)
    }
}

#[async_trait]
impl Handler for Postman {
    async fn run(&self, _: &Tx, job: &Job) -> Result<(), ApiError> {
        let letter = self.open(job)?;
        // After an outage nobody is helped by a code that no longer counts.
        if letter.good_until.is_some_and(|until| until <= self.0.now()) {
            return Ok(());
        }
        let channel = if letter.phone.is_some() { Channel::Sms } else { Channel::Email };
        let to = letter.phone.or(letter.email).unwrap_or_default();
        let Envelope { subject, body, otp_code, at, .. } = letter;
        let message = Message { channel, to, subject, body, otp_code, at };
        self.0.messenger.send(job.subject, &message).await.map_err(ApiError::internal)
    }
}
