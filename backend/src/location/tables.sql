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
