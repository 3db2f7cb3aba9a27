CREATE TABLE work_sessions (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL UNIQUE,
    start_time BIGINT NOT NULL,
    end_time BIGINT,
    pause_times JSONB NOT NULL,
    duration_minutes BIGINT NOT NULL DEFAULT 0,
    status TEXT NOT NULL CHECK (status IN ('STARTED', 'PAUSED', 'COMPLETED')),
    clock_unsure BOOLEAN NOT NULL DEFAULT FALSE,
    cap_warned_percent INTEGER NOT NULL DEFAULT 0,
    provider_notes TEXT,
    client_notes TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX work_sessions_by_status ON work_sessions (status);
CREATE INDEX work_sessions_by_start ON work_sessions (start_time);

CREATE TABLE work_events (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL,
    sequence BIGINT NOT NULL CHECK (sequence >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('depart', 'arrive', 'start', 'pause', 'resume', 'stop')),
    wall BIGINT NOT NULL,
    mono_nanos BIGINT,
    boot_id TEXT,
    received_at BIGINT NOT NULL,
    attestation TEXT NOT NULL CHECK (attestation IN ('server', 'device')),
    hash TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    UNIQUE (order_id, sequence),
    UNIQUE (order_id, hash),
    CHECK ((mono_nanos IS NULL) = (boot_id IS NULL))
);
