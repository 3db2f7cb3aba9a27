CREATE TABLE notifications (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('ORDER', 'PAYMENT', 'PROMOTION', 'SYSTEM', 'VERIFICATION', 'RATING')),
    data JSONB NOT NULL,
    action_url TEXT,
    is_read BOOLEAN NOT NULL DEFAULT FALSE,
    is_push_sent BOOLEAN NOT NULL DEFAULT FALSE,
    push_sent_at BIGINT,
    read_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX notifications_of_user ON notifications (user_id, id);
CREATE INDEX notifications_unread ON notifications (user_id, is_read);
CREATE INDEX notifications_by_type ON notifications (type);
CREATE INDEX notifications_by_age ON notifications (created_at);

CREATE TABLE notification_templates (
    id UUID PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    title_template TEXT NOT NULL,
    message_template TEXT NOT NULL,
    translations JSONB NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('ORDER', 'PAYMENT', 'PROMOTION', 'SYSTEM', 'VERIFICATION', 'RATING')),
    variables JSONB NOT NULL,
    is_active BOOLEAN NOT NULL DEFAULT TRUE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX notification_templates_by_type ON notification_templates (type);
CREATE INDEX notification_templates_active ON notification_templates (is_active);
