-- Accounts that an admin has shut, and why. The row goes when the account is opened again; is_active of the person is what counts.
CREATE TABLE suspensions (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    reason TEXT NOT NULL,
    suspended_by UUID NOT NULL,
    suspended_at BIGINT NOT NULL
);
CREATE INDEX users_newest_of_type ON users (user_type, id);
CREATE INDEX user_profiles_by_availability ON user_profiles (is_available, user_id);
