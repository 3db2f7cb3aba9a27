//! The templates every installation begins with. In code because the two databases write a UUID differently.

use rapi_core::wire::notifications::NotificationType::{self, Order, Payment, Rating, System, Verification};
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::prelude::*;
use serde_json::json;
use uuid::Uuid;

/// 2026-11-22T00:00:00Z.
const MADE_AT: i64 = 1_795_305_600_000_000;

/// A template: what it is about, and its title and message in both languages.
pub(super) struct First {
    pub(super) code: &'static str,
    kind: NotificationType,
    pub(super) indonesian: (&'static str, &'static str),
    pub(super) english: (&'static str, &'static str),
}

const fn first(
    code: &'static str,
    kind: NotificationType,
    indonesian: (&'static str, &'static str),
    english: (&'static str, &'static str),
) -> First {
    First { code, kind, indonesian, english }
}

/// Every code the other modules use.
pub(super) const FIRST: [First; 27] = [
    first(
        "ORDER_CREATED",
        Order,
        ("Pesanan dibuat", "Pesanan {order_number} untuk {service_name} sudah kami terima. Kami sedang mencari penyedia terdekat."),
        ("Order placed", "We have your order {order_number} for {service_name} and are looking for the nearest provider."),
    ),
    first(
        "NEW_OFFER",
        Order,
        ("Pesanan baru: {service_name}", "{client_name} membutuhkan bantuan sekitar {distance_km} km dari Anda."),
        ("New order: {service_name}", "{client_name} needs help about {distance_km} km from you."),
    ),
    first(
        "ORDER_ACCEPTED",
        Order,
        ("Pesanan diterima", "{provider_name} menerima pesanan {order_number}."),
        ("Order accepted", "{provider_name} has accepted order {order_number}."),
    ),
    first(
        "PROVIDER_DEPARTED",
        Order,
        ("Penyedia berangkat", "{provider_name} sedang menuju lokasi Anda. Ikuti perjalanannya di peta."),
        ("On the way", "{provider_name} is on the way to you. Follow along on the map."),
    ),
    first(
        "PROVIDER_ARRIVED",
        Order,
        ("Penyedia sudah tiba", "{provider_name} sudah tiba di lokasi Anda."),
        ("Your provider has arrived", "{provider_name} has arrived at your place."),
    ),
    first(
        "WORK_STARTED",
        Order,
        ("Pekerjaan dimulai", "{provider_name} mulai mengerjakan pesanan {order_number}."),
        ("Work has started", "{provider_name} has started to work on order {order_number}."),
    ),
    first(
        "WORK_FINISHED",
        Order,
        ("Pekerjaan selesai", "{provider_name} menyelesaikan pesanan {order_number}. Silakan periksa tagihannya."),
        ("Work is done", "{provider_name} has finished order {order_number}. Please check the bill."),
    ),
    first(
        "ORDER_CANCELLED",
        Order,
        ("Pesanan dibatalkan", "Pesanan {order_number} dibatalkan. {reason}"),
        ("Order cancelled", "Order {order_number} was cancelled. {reason}"),
    ),
    first(
        "NO_PROVIDER",
        Order,
        ("Belum ada penyedia", "Tidak ada penyedia yang menerima pesanan {order_number}. Coba lagi dengan satu ketukan."),
        ("No provider found", "Nobody could take order {order_number}. Try again with one tap."),
    ),
    first(
        "ORDER_COMPLETED",
        Order,
        ("Pesanan tuntas", "Pesanan {order_number} sudah tuntas. Terima kasih!"),
        ("Order completed", "Order {order_number} is complete. Thank you!"),
    ),
    first(
        "COST_NEAR_CAP",
        Order,
        ("Biaya mendekati batas", "Biaya pesanan {order_number} sudah {percent}% dari batas {max_amount}."),
        ("Cost near the limit", "The cost of order {order_number} has reached {percent}% of its limit of {max_amount}."),
    ),
    first(
        "BILL_READY",
        Payment,
        ("Tagihan siap", "Tagihan pesanan {order_number} adalah {total_amount}."),
        ("Your bill is ready", "The bill for order {order_number} is {total_amount}."),
    ),
    first(
        "PAYMENT_SUCCESS",
        Payment,
        ("Pembayaran berhasil", "Pembayaran {amount} untuk pesanan {order_number} berhasil."),
        ("Payment received", "Your payment of {amount} for order {order_number} went through."),
    ),
    first(
        "PAYMENT_RECEIVED",
        Payment,
        ("Pembayaran masuk", "Pesanan {order_number} sudah dibayar. Pendapatan Anda {provider_earnings}."),
        ("You have been paid", "Order {order_number} has been paid. You earned {provider_earnings}."),
    ),
    first(
        "PAYMENT_FAILED",
        Payment,
        ("Pembayaran gagal", "Pembayaran {amount} untuk pesanan {order_number} gagal. Silakan coba lagi."),
        ("Payment failed", "Your payment of {amount} for order {order_number} failed. Please try again."),
    ),
    first(
        "ORDER_UNPAID",
        Payment,
        ("Tagihan belum dibayar", "Pesanan {order_number} belum dibayar selama 24 jam."),
        ("Bill unpaid", "Order {order_number} has been unpaid for 24 hours."),
    ),
    first(
        "TOP_UP_SUCCESS",
        Payment,
        ("Isi saldo berhasil", "Saldo Anda bertambah {amount}."),
        ("Top-up successful", "{amount} was added to your balance."),
    ),
    first(
        "TOP_UP_FAILED",
        Payment,
        ("Isi saldo gagal", "Isi saldo {amount} gagal. Silakan coba lagi."),
        ("Top-up failed", "Your top-up of {amount} failed. Please try again."),
    ),
    first(
        "WITHDRAWAL_REQUESTED",
        Payment,
        ("Penarikan diajukan", "Penarikan {withdrawal_number} sebesar {amount} menunggu persetujuan."),
        ("Withdrawal requested", "Your withdrawal {withdrawal_number} of {amount} is waiting for approval."),
    ),
    first(
        "WITHDRAWAL_APPROVED",
        Payment,
        ("Penarikan disetujui", "Penarikan {withdrawal_number} sebesar {amount} disetujui dan segera ditransfer."),
        ("Withdrawal approved", "Your withdrawal {withdrawal_number} of {amount} was approved and will be transferred soon."),
    ),
    first(
        "WITHDRAWAL_PROCESSING",
        Payment,
        ("Penarikan diproses", "Penarikan {withdrawal_number} sebesar {amount} sedang diproses."),
        ("Withdrawal in progress", "Your withdrawal {withdrawal_number} of {amount} is being processed."),
    ),
    first(
        "WITHDRAWAL_COMPLETED",
        Payment,
        ("Penarikan selesai", "Penarikan {withdrawal_number} sebesar {amount} sudah ditransfer."),
        ("Withdrawal completed", "Your withdrawal {withdrawal_number} of {amount} has been transferred."),
    ),
    first(
        "WITHDRAWAL_REJECTED",
        Payment,
        ("Penarikan ditolak", "Penarikan {withdrawal_number} sebesar {amount} ditolak dan kembali ke saldo Anda. {admin_notes}"),
        ("Withdrawal rejected", "Your withdrawal {withdrawal_number} of {amount} was rejected and is back in your balance. {admin_notes}"),
    ),
    first(
        "RATING_RECEIVED",
        Rating,
        ("Anda dinilai", "{client_name} memberi {rating} bintang untuk pesanan {order_number}."),
        ("You were rated", "{client_name} gave {rating} stars for order {order_number}."),
    ),
    first(
        "VERIFICATION_APPROVED",
        Verification,
        ("Verifikasi disetujui", "Identitas Anda sudah terverifikasi. Sekarang Anda bisa menerima pesanan."),
        ("Verification approved", "Your identity is verified. You can take orders now."),
    ),
    first(
        "VERIFICATION_REJECTED",
        Verification,
        ("Verifikasi ditolak", "Dokumen Anda belum bisa kami setujui. {rejection_reason}"),
        ("Verification rejected", "We could not approve your documents yet. {rejection_reason}"),
    ),
    first(
        "PASSWORD_CHANGED",
        System,
        ("Kata sandi diganti", "Kata sandi akun Anda baru saja diganti. Jika bukan Anda, segera atur ulang kata sandi."),
        ("Password changed", "The password of your account was just changed. If it was not you, reset it at once."),
    ),
];

/// Writes them.
pub(super) struct FirstTemplates;

impl MigrationName for FirstTemplates {
    fn name(&self) -> &str {
        "m20261122_08_first_templates"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FirstTemplates {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["id", "code", "title_template", "message_template", "translations", "type", "variables", "is_active"];
        let mut insert = Query::insert();
        insert.into_table("notification_templates").columns(columns.into_iter().chain(["created_at", "updated_at"]));
        for (place, template) in (1u16..).zip(&FIRST) {
            let (title, message) = template.english;
            let values: [SimpleExpr; 10] = [
                first_id(place).into(),
                template.code.into(),
                template.indonesian.0.into(),
                template.indonesian.1.into(),
                json!({ "en": { "title": title, "message": message } }).into(),
                template.kind.as_str().into(),
                json!(template.variables()).into(),
                true.into(),
                MADE_AT.into(),
                MADE_AT.into(),
            ];
            insert.values(values).map_err(|error| DbErr::Migration(error.to_string()))?;
        }
        manager.get_connection().execute(&insert).await.map(|_| ())
    }
}

impl First {
    /// The names its texts use, sorted.
    fn variables(&self) -> Vec<&'static str> {
        let texts = [self.indonesian.0, self.indonesian.1, self.english.0, self.english.1];
        let mut names: Vec<_> = texts.into_iter().flat_map(super::render::names).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// A fixed UUID v7: the time of [`MADE_AT`], the place in the list.
fn first_id(place: u16) -> Uuid {
    let (millis, [high, low]) = (MADE_AT.unsigned_abs() / 1000, place.to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(millis, &[0, 0, 0, 0, 0, 0, 0, 8, high, low]).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::render::names;
    use super::*;

    #[test]
    fn no_code_comes_twice() {
        let codes: HashSet<_> = FIRST.iter().map(|template| template.code).collect();
        assert_eq!(codes.len(), FIRST.len());
    }

    #[test]
    fn both_languages_speak_of_the_same() {
        for template in &FIRST {
            let said = |(title, message): (&'static str, &'static str)| names(title).chain(names(message)).collect::<HashSet<_>>();
            assert_eq!(said(template.indonesian), said(template.english), "{}", template.code);
        }
    }
}
