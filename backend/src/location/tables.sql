CREATE TABLE order_tracking (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL UNIQUE,
    service_provider_id UUID NOT NULL,
    current_latitude DOUBLE PRECISION,
    current_longitude DOUBLE PRECISION,
    heading_degrees INTEGER,
    speed_kmh DOUBLE PRECISION,
    distance_km DOUBLE PRECISION,
    estimated_arrival_minutes INTEGER,
    tracking_status TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (tracking_status IN ('ACTIVE', 'PAUSED', 'STOPPED')),
    recorded_at BIGINT,
    watched_until BIGINT,
    watch_told_at BIGINT,
    last_updated BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX order_tracking_of_provider ON order_tracking (service_provider_id);
CREATE INDEX order_tracking_by_status ON order_tracking (tracking_status);
CREATE INDEX order_tracking_by_age ON order_tracking (last_updated);

CREATE TABLE provider_positions (
    provider_id UUID PRIMARY KEY,
    latitude DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    heading_degrees INTEGER,
    recorded_at BIGINT NOT NULL,
    is_fix BOOLEAN NOT NULL
);

CREATE TABLE location_batches (
    user_id UUID NOT NULL,
    device TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, device, sequence)
);
CREATE INDEX location_batches_by_age ON location_batches (received_at);
