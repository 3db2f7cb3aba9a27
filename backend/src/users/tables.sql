-- The seed's otp_code and otp_expires_at stand in otps, because people without an account yet get codes too.
CREATE TABLE users (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    phone TEXT UNIQUE,
    phone_verified_at BIGINT,
    password_hash TEXT,
    full_name TEXT NOT NULL,
    user_type TEXT NOT NULL CHECK (user_type IN ('CLIENT', 'SERVICE_PROVIDER', 'ADMIN')),
    profile_photo TEXT,
    date_of_birth TEXT,
    gender TEXT CHECK (gender IN ('MALE', 'FEMALE')),
    language TEXT NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en')),
    is_active BOOLEAN NOT NULL DEFAULT TRUE,
    is_verified BOOLEAN NOT NULL DEFAULT FALSE,
    last_login BIGINT,
    login_attempts INTEGER NOT NULL DEFAULT 0,
    locked_until BIGINT,
    google_id TEXT UNIQUE,
    login_type TEXT NOT NULL DEFAULT 'CREDENTIAL' CHECK (login_type IN ('CREDENTIAL', 'GOOGLE')),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX users_by_type ON users (user_type, is_active);

-- Who asked for an account and has not proved the address yet. One row an attempt: a code brings only its own attempt's
-- password to life, so nobody can slip a password into somebody else's registration.
CREATE TABLE registrations (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    password_hash TEXT,
    full_name TEXT NOT NULL,
    user_type TEXT NOT NULL CHECK (user_type IN ('CLIENT', 'SERVICE_PROVIDER')),
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX registrations_of_email ON registrations (email, id);
CREATE INDEX registrations_of_phone ON registrations (phone, id);
CREATE INDEX registrations_by_age ON registrations (created_at);

-- Codes that were sent, as keyed fingerprints; a row without subject_id is a decoy that no code opens.
CREATE TABLE otps (
    id UUID PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('REGISTER', 'RESET', 'PHONE')),
    identifier TEXT NOT NULL,
    subject_id UUID,
    phone TEXT,
    otp_code TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    sent_at BIGINT NOT NULL,
    otp_expires_at BIGINT NOT NULL
);
CREATE INDEX otps_of_identifier ON otps (purpose, identifier, sent_at);
CREATE INDEX otps_by_age ON otps (otp_expires_at);

-- Failures to sign in by submitted identifier (a keyed fingerprint), known or not.
CREATE TABLE login_attempts (
    identifier TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    locked_until BIGINT,
    updated_at BIGINT NOT NULL
);
CREATE INDEX login_attempts_by_age ON login_attempts (updated_at);

CREATE TABLE user_profiles (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL UNIQUE REFERENCES users (id),
    bio TEXT,
    service_types JSONB NOT NULL,
    hourly_rate BIGINT,
    total_orders BIGINT NOT NULL DEFAULT 0,
    total_completed_orders BIGINT NOT NULL DEFAULT 0,
    average_rating DOUBLE PRECISION NOT NULL DEFAULT 0,
    total_ratings BIGINT NOT NULL DEFAULT 0,
    rating_sum BIGINT NOT NULL DEFAULT 0,
    certifications JSONB NOT NULL,
    working_hours JSONB,
    service_areas JSONB NOT NULL,
    is_available BOOLEAN NOT NULL DEFAULT FALSE,
    portfolio_urls JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX user_profiles_by_rating ON user_profiles (average_rating, user_id);

-- service_types once more, so that a category's providers can be found.
CREATE TABLE provider_services (
    user_id UUID NOT NULL REFERENCES users (id),
    category_slug TEXT NOT NULL,
    PRIMARY KEY (user_id, category_slug)
);
CREATE INDEX provider_services_of_category ON provider_services (category_slug, user_id);

-- id_card_number and bank_account_number are encrypted.
CREATE TABLE provider_verifications (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL UNIQUE REFERENCES users (id),
    id_card_number TEXT NOT NULL,
    id_card_fingerprint TEXT NOT NULL,
    id_card_photo_url TEXT NOT NULL,
    selfie_with_id_url TEXT NOT NULL,
    certificate_urls JSONB NOT NULL,
    portfolio_urls JSONB NOT NULL,
    bank_account_name TEXT NOT NULL,
    bank_name TEXT NOT NULL,
    bank_account_number TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED')),
    rejection_reason TEXT,
    verified_by UUID,
    verified_at BIGINT,
    submitted_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX provider_verifications_by_status ON provider_verifications (status, id);
CREATE UNIQUE INDEX provider_verifications_of_id_card ON provider_verifications (id_card_fingerprint) WHERE status <> 'REJECTED';

CREATE TABLE verification_history (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    id_card_number TEXT NOT NULL,
    id_card_fingerprint TEXT NOT NULL,
    id_card_photo_url TEXT NOT NULL,
    selfie_with_id_url TEXT NOT NULL,
    certificate_urls JSONB NOT NULL,
    portfolio_urls JSONB NOT NULL,
    bank_account_name TEXT NOT NULL,
    bank_name TEXT NOT NULL,
    bank_account_number TEXT NOT NULL,
    status TEXT NOT NULL,
    rejection_reason TEXT,
    verified_by UUID,
    verified_at BIGINT,
    submitted_at BIGINT NOT NULL,
    replaced_at BIGINT NOT NULL
);
CREATE INDEX verification_history_of_user ON verification_history (user_id, id);

CREATE TABLE user_locations (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    label TEXT,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    address TEXT NOT NULL,
    city TEXT,
    province TEXT,
    postal_code TEXT,
    is_primary BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX user_locations_of_user ON user_locations (user_id, id);
CREATE UNIQUE INDEX user_locations_one_primary ON user_locations (user_id) WHERE is_primary;

-- token is a keyed fingerprint. The rows of one sign-in share family_id, the session; successor is the next token,
-- encrypted, kept until it is used.
CREATE TABLE refresh_tokens (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    family_id UUID NOT NULL,
    token TEXT NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL,
    is_revoked BOOLEAN NOT NULL DEFAULT FALSE,
    revoked_at BIGINT,
    used_at BIGINT,
    used_key TEXT,
    successor_id UUID,
    successor TEXT,
    user_agent TEXT,
    ip_address TEXT,
    session_started_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX refresh_tokens_of_family ON refresh_tokens (family_id, is_revoked);
CREATE INDEX refresh_tokens_of_user ON refresh_tokens (user_id, is_revoked);
CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);

-- The devices of people; fcm_token only where there is push.
CREATE TABLE fcm_tokens (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    session_id UUID NOT NULL,
    device_id TEXT NOT NULL,
    fcm_token TEXT,
    device_type TEXT NOT NULL CHECK (device_type IN ('ANDROID', 'IOS', 'WEB', 'DESKTOP')),
    device_name TEXT,
    is_active BOOLEAN NOT NULL DEFAULT TRUE,
    last_used BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX fcm_tokens_of_device ON fcm_tokens (user_id, device_id);
CREATE INDEX fcm_tokens_by_token ON fcm_tokens (fcm_token);
CREATE INDEX fcm_tokens_of_session ON fcm_tokens (session_id);

CREATE TABLE media (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    purpose TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    file_size_kb BIGINT NOT NULL,
    is_sealed BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX media_of_user ON media (user_id, id);

CREATE TABLE media_views (
    id UUID PRIMARY KEY,
    media_id UUID NOT NULL REFERENCES media (id),
    viewer_id UUID NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX media_views_of_media ON media_views (media_id, id);

CREATE TABLE admin_permissions (
    user_id UUID NOT NULL REFERENCES users (id),
    permission TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, permission)
);

CREATE TABLE audit_log (
    id UUID PRIMARY KEY,
    actor_id UUID NOT NULL,
    action TEXT NOT NULL,
    subject_type TEXT NOT NULL,
    subject_id UUID NOT NULL,
    details JSONB NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX audit_log_of_subject ON audit_log (subject_id, id);
