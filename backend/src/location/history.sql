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
    recorded_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX location_history_of_order ON location_history (order_id, recorded_at);
CREATE INDEX location_history_of_provider ON location_history (service_provider_id);
CREATE INDEX location_history_by_age ON location_history (recorded_at);
