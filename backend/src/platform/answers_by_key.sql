CREATE TABLE answers_by_key (
    caller TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (idempotency_key, caller)
);
INSERT INTO answers_by_key (caller, idempotency_key, fingerprint, status, body, created_at)
    SELECT caller, idempotency_key, fingerprint, status, body, created_at FROM answers;
DROP TABLE answers;
ALTER TABLE answers_by_key RENAME TO answers;
CREATE INDEX answers_by_age ON answers (created_at);
