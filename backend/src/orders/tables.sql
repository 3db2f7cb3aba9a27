CREATE TABLE service_categories (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    description TEXT,
    icon TEXT,
    base_rate_per_5_minutes BIGINT NOT NULL CHECK (base_rate_per_5_minutes > 0),
    is_active BOOLEAN NOT NULL,
    display_order INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX service_categories_shown ON service_categories (is_active, display_order);

CREATE TABLE orders (
    id UUID PRIMARY KEY,
    order_number TEXT NOT NULL UNIQUE,
    client_id UUID NOT NULL,
    service_provider_id UUID,
    service_category_id UUID REFERENCES service_categories (id),
    custom_category_name TEXT,
    status TEXT NOT NULL CHECK (status IN ('PENDING', 'ACCEPTED', 'ON_THE_WAY', 'ARRIVED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED')),
    stage TEXT CHECK (stage IN ('working', 'awaiting_payment', 'awaiting_rating')),
    description TEXT,
    service_latitude DOUBLE PRECISION NOT NULL,
    service_longitude DOUBLE PRECISION NOT NULL,
    service_address TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    utc_offset_minutes INTEGER NOT NULL,
    requested_time BIGINT NOT NULL,
    broadcast_time BIGINT,
    accepted_time BIGINT,
    departed_time BIGINT,
    arrived_time BIGINT,
    started_time BIGINT,
    finished_time BIGINT,
    paid_at BIGINT,
    completed_time BIGINT,
    cancelled_time BIGINT,
    duration_minutes BIGINT NOT NULL DEFAULT 0,
    base_amount BIGINT NOT NULL DEFAULT 0,
    service_fee BIGINT NOT NULL DEFAULT 0,
    total_amount BIGINT NOT NULL DEFAULT 0,
    rate_per_5_minutes BIGINT NOT NULL,
    platform_percent INTEGER NOT NULL CHECK (platform_percent BETWEEN 0 AND 100),
    max_amount BIGINT,
    payment_method TEXT NOT NULL,
    preferred_provider_id UUID,
    photo_urls JSONB NOT NULL,
    cancellation_reason TEXT,
    cancelled_by UUID,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK ((service_category_id IS NULL) <> (custom_category_name IS NULL)),
    CHECK ((status = 'IN_PROGRESS') = (stage IS NOT NULL)),
    CHECK (status IN ('PENDING', 'CANCELLED') OR service_provider_id IS NOT NULL)
);
CREATE INDEX orders_of_client ON orders (client_id, id);
CREATE INDEX orders_of_provider ON orders (service_provider_id, id);
CREATE INDEX orders_by_status ON orders (status, id);
CREATE INDEX orders_by_requested_time ON orders (requested_time);
-- A provider is on one job at a time, whatever happens at once: from accepting until the work stops.
CREATE UNIQUE INDEX orders_one_job ON orders (service_provider_id)
    WHERE status IN ('ACCEPTED', 'ON_THE_WAY', 'ARRIVED') OR (status = 'IN_PROGRESS' AND stage = 'working');

CREATE TABLE order_broadcasts (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    provider_id UUID NOT NULL,
    wave INTEGER NOT NULL,
    distance_meters DOUBLE PRECISION NOT NULL,
    was_offered BOOLEAN NOT NULL,
    passed_over TEXT,
    notified_at BIGINT NOT NULL,
    seen_at BIGINT,
    declined_at BIGINT,
    is_accepted BOOLEAN NOT NULL,
    UNIQUE (order_id, provider_id),
    CHECK (was_offered = (passed_over IS NULL))
);
CREATE INDEX order_broadcasts_of_provider ON order_broadcasts (provider_id, id);
CREATE INDEX order_broadcasts_by_time ON order_broadcasts (notified_at);

CREATE TABLE ratings (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL UNIQUE REFERENCES orders (id),
    client_id UUID NOT NULL,
    service_provider_id UUID NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    review TEXT,
    rating_details JSONB,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ratings_of_provider ON ratings (service_provider_id, id);
CREATE INDEX ratings_of_client ON ratings (client_id);

CREATE TABLE order_transitions (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL REFERENCES orders (id),
    seq INTEGER NOT NULL,
    from_status TEXT,
    from_stage TEXT,
    to_status TEXT NOT NULL,
    to_stage TEXT,
    actor TEXT NOT NULL CHECK (actor IN ('CLIENT', 'SERVICE_PROVIDER', 'ADMIN', 'SYSTEM')),
    actor_id UUID,
    at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    UNIQUE (order_id, seq)
);
