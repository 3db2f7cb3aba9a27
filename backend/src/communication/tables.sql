CREATE TABLE websocket_sessions (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL,
    socket_id TEXT NOT NULL UNIQUE,
    connection_type TEXT NOT NULL CHECK (connection_type IN ('CHAT', 'VOICE_SIGNALING', 'VIDEO_SIGNALING')),
    is_connected BOOLEAN NOT NULL DEFAULT TRUE,
    user_agent TEXT,
    ip_address TEXT,
    connected_at BIGINT NOT NULL,
    disconnected_at BIGINT
);
CREATE INDEX websocket_sessions_of_user ON websocket_sessions (user_id);
CREATE INDEX websocket_sessions_connected ON websocket_sessions (is_connected);
CREATE INDEX websocket_sessions_by_type ON websocket_sessions (connection_type);

CREATE TABLE chat_rooms (
    id UUID PRIMARY KEY,
    client_id UUID NOT NULL,
    service_provider_id UUID NOT NULL,
    order_id UUID,
    websocket_room_id TEXT NOT NULL UNIQUE,
    last_message TEXT,
    last_message_at BIGINT,
    unread_count_client INTEGER NOT NULL DEFAULT 0 CHECK (unread_count_client >= 0),
    unread_count_provider INTEGER NOT NULL DEFAULT 0 CHECK (unread_count_provider >= 0),
    is_active BOOLEAN NOT NULL DEFAULT TRUE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX chat_rooms_of_pair ON chat_rooms (client_id, service_provider_id);
CREATE INDEX chat_rooms_of_provider ON chat_rooms (service_provider_id);
CREATE INDEX chat_rooms_of_order ON chat_rooms (order_id);
CREATE INDEX chat_rooms_active ON chat_rooms (is_active);
CREATE INDEX chat_rooms_by_last_message ON chat_rooms (last_message_at);

CREATE TABLE chat_messages (
    id UUID PRIMARY KEY,
    chat_room_id UUID NOT NULL REFERENCES chat_rooms (id),
    sender_id UUID NOT NULL,
    receiver_id UUID NOT NULL,
    message_type TEXT NOT NULL CHECK (message_type IN ('TEXT', 'IMAGE', 'FILE', 'LOCATION', 'AUDIO')),
    message_content TEXT NOT NULL,
    file_url TEXT,
    file_size_kb INTEGER,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    is_read BOOLEAN NOT NULL DEFAULT FALSE,
    read_at BIGINT,
    is_deleted BOOLEAN NOT NULL DEFAULT FALSE,
    created_at BIGINT NOT NULL
);
CREATE INDEX chat_messages_of_room ON chat_messages (chat_room_id, id);
CREATE INDEX chat_messages_of_sender ON chat_messages (sender_id);
CREATE INDEX chat_messages_of_receiver ON chat_messages (receiver_id);
CREATE INDEX chat_messages_unread ON chat_messages (is_read);
CREATE INDEX chat_messages_by_age ON chat_messages (created_at);

CREATE TABLE call_logs (
    id UUID PRIMARY KEY,
    caller_id UUID NOT NULL,
    receiver_id UUID NOT NULL,
    order_id UUID,
    call_type TEXT NOT NULL CHECK (call_type IN ('VOICE', 'VIDEO')),
    status TEXT NOT NULL CHECK (status IN ('RINGING', 'ONGOING', 'COMPLETED', 'MISSED', 'REJECTED', 'FAILED')),
    duration_seconds INTEGER NOT NULL DEFAULT 0 CHECK (duration_seconds >= 0),
    webrtc_session_id TEXT,
    ice_servers_used JSONB,
    connection_quality TEXT CHECK (connection_quality IN ('EXCELLENT', 'GOOD', 'FAIR', 'POOR')),
    started_at BIGINT NOT NULL,
    answered_at BIGINT,
    ended_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX call_logs_of_caller ON call_logs (caller_id);
CREATE INDEX call_logs_of_receiver ON call_logs (receiver_id);
CREATE INDEX call_logs_of_order ON call_logs (order_id);
CREATE INDEX call_logs_by_type ON call_logs (call_type);
CREATE INDEX call_logs_by_status ON call_logs (status);
CREATE INDEX call_logs_by_start ON call_logs (started_at);

CREATE TABLE communication_media (
    id UUID PRIMARY KEY,
    chat_room_id UUID REFERENCES chat_rooms (id),
    call_log_id UUID REFERENCES call_logs (id),
    uploader_id UUID NOT NULL,
    media_type TEXT NOT NULL CHECK (media_type IN ('IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT')),
    file_name TEXT NOT NULL,
    file_url TEXT NOT NULL,
    thumbnail_url TEXT,
    file_size_kb INTEGER,
    mime_type TEXT,
    duration_seconds INTEGER,
    created_at BIGINT NOT NULL
);
CREATE INDEX communication_media_of_room ON communication_media (chat_room_id);
CREATE INDEX communication_media_of_call ON communication_media (call_log_id);
CREATE INDEX communication_media_of_uploader ON communication_media (uploader_id);
CREATE INDEX communication_media_by_type ON communication_media (media_type);
CREATE INDEX communication_media_by_age ON communication_media (created_at);
