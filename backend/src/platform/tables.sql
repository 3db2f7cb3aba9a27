CREATE TABLE events (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL,
    seq BIGINT,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    data JSONB NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX events_of_user ON events (user_id, seq);
CREATE INDEX events_unsent ON events (id) WHERE seq IS NULL;
CREATE INDEX events_by_age ON events (created_at);

CREATE TABLE event_counters (
    user_id UUID PRIMARY KEY,
    last_seq BIGINT NOT NULL
);

CREATE TABLE jobs (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    payload JSONB NOT NULL,
    due_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX jobs_of_subject ON jobs (kind, subject_id);
CREATE INDEX jobs_due ON jobs (due_at);

CREATE TABLE answers (
    caller TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (caller, idempotency_key)
);
CREATE INDEX answers_by_age ON answers (created_at);
