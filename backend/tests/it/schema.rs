//! The tables the product was asked to have, with their columns, on both databases.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::harness::{Backend, on_both};

/// Table and columns. Only `users.otp_code` and `users.otp_expires_at` live elsewhere, in `otps`: a person may have several codes at
/// once (address, phone, new password), and none is kept in the clear.
const TABLES: [(&str, &str); 25] = [
    (
        "users",
        "id email phone password_hash full_name user_type profile_photo date_of_birth gender is_active is_verified last_login login_attempts locked_until google_id login_type created_at updated_at",
    ),
    (
        "user_profiles",
        "id user_id bio service_types hourly_rate total_orders total_completed_orders average_rating total_ratings certifications working_hours service_areas is_available portfolio_urls created_at updated_at",
    ),
    (
        "provider_verifications",
        "id user_id id_card_number id_card_photo_url selfie_with_id_url certificate_urls portfolio_urls bank_account_name bank_name bank_account_number status rejection_reason verified_by verified_at submitted_at created_at updated_at",
    ),
    ("user_locations", "id user_id label latitude longitude address city province postal_code is_primary created_at updated_at"),
    ("refresh_tokens", "id user_id token expires_at is_revoked revoked_at user_agent ip_address created_at"),
    ("fcm_tokens", "id user_id device_id fcm_token device_type device_name is_active last_used created_at"),
    ("service_categories", "id name slug description icon base_rate_per_5_minutes is_active display_order created_at updated_at"),
    (
        "orders",
        "id order_number client_id service_provider_id service_category_id custom_category_name status description service_latitude service_longitude service_address requested_time broadcast_time accepted_time arrived_time started_time completed_time cancelled_time duration_minutes base_amount service_fee total_amount cancellation_reason cancelled_by created_at updated_at",
    ),
    ("order_broadcasts", "id order_id provider_id notified_at seen_at is_accepted"),
    (
        "work_sessions",
        "id order_id start_time end_time pause_times duration_minutes status provider_notes client_notes created_at updated_at",
    ),
    ("ratings", "id order_id client_id service_provider_id rating review rating_details created_at updated_at"),
    (
        "order_tracking",
        "id order_id service_provider_id current_latitude current_longitude distance_km estimated_arrival_minutes tracking_status last_updated created_at",
    ),
    ("location_history", "id order_id service_provider_id latitude longitude speed_kmh accuracy_meters heading_degrees recorded_at"),
    (
        "payments",
        "id order_id payment_number client_id service_provider_id base_amount service_fee platform_fee discount total_amount provider_earnings payment_method payment_gateway external_payment_id status payment_proof notes paid_at created_at updated_at",
    ),
    ("payment_history", "id payment_id status message metadata created_at"),
    ("wallets", "id user_id balance pending_balance frozen_balance currency is_active created_at updated_at"),
    (
        "wallet_transactions",
        "id wallet_id transaction_number type category amount balance_before balance_after reference_id reference_type description metadata created_at",
    ),
    (
        "withdrawal_requests",
        "id user_id wallet_id withdrawal_number amount bank_name bank_account_number bank_account_name status admin_notes processed_by processed_at created_at updated_at",
    ),
    ("websocket_sessions", "id user_id socket_id connection_type is_connected user_agent ip_address connected_at disconnected_at"),
    (
        "chat_rooms",
        "id client_id service_provider_id order_id websocket_room_id last_message last_message_at unread_count_client unread_count_provider is_active created_at updated_at",
    ),
    (
        "chat_messages",
        "id chat_room_id sender_id receiver_id message_type message_content file_url file_size_kb latitude longitude is_read read_at is_deleted created_at",
    ),
    (
        "call_logs",
        "id caller_id receiver_id order_id call_type status duration_seconds webrtc_session_id ice_servers_used connection_quality started_at answered_at ended_at created_at",
    ),
    (
        "communication_media",
        "id chat_room_id call_log_id uploader_id media_type file_name file_url thumbnail_url file_size_kb mime_type duration_seconds created_at",
    ),
    ("notifications", "id user_id title message type data action_url is_read is_push_sent push_sent_at read_at created_at"),
    ("notification_templates", "id code title_template message_template type variables is_active created_at updated_at"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_table_asked_for_is_there_with_its_columns() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        for (table, columns) in TABLES {
            // The ways of providers may be kept in a database of their own.
            let db = if table == "location_history" { &backend.app().history } else { &backend.app().db };
            let backend_kind: DbBackend = db.backend();
            // With the table's name before it, SQLite cannot take an unknown column for text.
            let columns: Vec<String> = columns.split(' ').map(|column| format!("{table}.{column}")).collect();
            let query = format!("SELECT {} FROM {table} LIMIT 1", columns.join(", "));
            let found = db.read().query_all_raw(Statement::from_string(backend_kind, query)).await;
            assert!(found.is_ok(), "{table}: {found:?}");
        }
        backend.stop().await;
    })
    .await;
}
