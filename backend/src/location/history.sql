CREATE TABLE location_history (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL,
    service_provider_id UUID NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    speed_kmh DOUBLE PRECISION,
    accuracy_meters INTEGER,
    heading_degrees INTEGER,
    is_mock BOOLEAN NOT NULL,
    recorded_at BIGINT NOT NULL,
    fixes BYTEA
);
CREATE UNIQUE INDEX location_history_of_order ON location_history (order_id, recorded_at);
CREATE INDEX location_history_by_age ON location_history (recorded_at);

CREATE TABLE provider_positions (
    provider_id UUID PRIMARY KEY,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    heading_degrees INTEGER,
    recorded_at BIGINT NOT NULL,
    is_fix BOOLEAN NOT NULL,
    stored_at BIGINT NOT NULL
);

CREATE INDEX provider_positions_by_storing ON provider_positions (stored_at);

CREATE TABLE location_batches (
    user_id UUID NOT NULL,
    device TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, device, sequence)
);
CREATE INDEX location_batches_by_age ON location_batches (received_at);
