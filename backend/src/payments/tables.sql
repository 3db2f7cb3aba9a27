CREATE TABLE payments (
    id UUID PRIMARY KEY,
    order_id UUID NOT NULL UNIQUE,
    payment_number TEXT NOT NULL UNIQUE,
    client_id UUID NOT NULL,
    service_provider_id UUID NOT NULL,
    duration_minutes BIGINT NOT NULL CHECK (duration_minutes >= 1),
    base_amount BIGINT NOT NULL CHECK (base_amount >= 0),
    service_fee BIGINT NOT NULL DEFAULT 0 CHECK (service_fee >= 0),
    platform_fee BIGINT NOT NULL DEFAULT 0 CHECK (platform_fee >= 0),
    discount BIGINT NOT NULL DEFAULT 0 CHECK (discount >= 0),
    total_amount BIGINT NOT NULL CHECK (total_amount >= 0),
    provider_earnings BIGINT NOT NULL CHECK (provider_earnings >= 0),
    currency TEXT NOT NULL DEFAULT 'IDR',
    payment_method TEXT NOT NULL CHECK (payment_method IN ('CASH', 'WALLET', 'BANK_TRANSFER', 'E_WALLET')),
    payment_gateway TEXT,
    external_payment_id TEXT UNIQUE,
    attempts INTEGER NOT NULL DEFAULT 0,
    redirect_url TEXT,
    qr_string TEXT,
    status TEXT NOT NULL CHECK (status IN ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'REFUNDED')),
    payment_proof TEXT,
    notes TEXT,
    voided_at BIGINT,
    paid_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK (base_amount + service_fee - discount = total_amount),
    CHECK (base_amount = platform_fee + provider_earnings),
    CHECK (status NOT IN ('COMPLETED', 'REFUNDED') OR paid_at IS NOT NULL)
);
CREATE INDEX payments_of_client ON payments (client_id);
CREATE INDEX payments_of_provider ON payments (service_provider_id, paid_at);
CREATE INDEX payments_by_status ON payments (status);

CREATE TABLE payment_history (
    id UUID PRIMARY KEY,
    payment_id UUID NOT NULL REFERENCES payments (id),
    sequence INTEGER NOT NULL,
    status TEXT NOT NULL,
    message TEXT,
    metadata JSONB,
    created_at BIGINT NOT NULL,
    UNIQUE (payment_id, sequence)
);

CREATE TABLE wallets (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL UNIQUE,
    account TEXT NOT NULL CHECK (account IN ('CLIENT_WALLET', 'PROVIDER_EARNINGS')),
    balance BIGINT NOT NULL DEFAULT 0,
    pending_balance BIGINT NOT NULL DEFAULT 0 CHECK (pending_balance >= 0),
    frozen_balance BIGINT NOT NULL DEFAULT 0 CHECK (frozen_balance >= 0),
    last_sequence BIGINT NOT NULL DEFAULT 0,
    currency TEXT NOT NULL DEFAULT 'IDR',
    is_active BOOLEAN NOT NULL DEFAULT TRUE,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK (account <> 'CLIENT_WALLET' OR balance >= 0)
);

CREATE TABLE journals (
    id UUID PRIMARY KEY,
    idempotency_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    reference_id UUID NOT NULL,
    reference_type TEXT NOT NULL CHECK (reference_type IN ('PAYMENT', 'TOP_UP', 'WITHDRAWAL')),
    reversed_by UUID UNIQUE REFERENCES journals (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX journals_of_reference ON journals (reference_id);

CREATE TABLE wallet_transactions (
    id UUID PRIMARY KEY,
    wallet_id UUID REFERENCES wallets (id),
    sequence BIGINT,
    journal_id UUID NOT NULL REFERENCES journals (id),
    account TEXT NOT NULL,
    transaction_number TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('CREDIT', 'DEBIT')),
    category TEXT NOT NULL CHECK (category IN ('TOP_UP', 'PAYMENT', 'REFUND', 'WITHDRAWAL', 'COMMISSION', 'FEE')),
    amount BIGINT NOT NULL CHECK (amount > 0),
    balance_before BIGINT,
    balance_after BIGINT,
    reference_id UUID,
    reference_type TEXT,
    description TEXT,
    metadata JSONB,
    created_at BIGINT NOT NULL,
    UNIQUE (wallet_id, sequence),
    CHECK (wallet_id IS NULL OR (sequence IS NOT NULL AND balance_before IS NOT NULL AND balance_after IS NOT NULL)),
    CHECK (wallet_id IS NOT NULL OR account NOT IN ('CLIENT_WALLET', 'PROVIDER_EARNINGS'))
);
CREATE INDEX wallet_transactions_of_journal ON wallet_transactions (journal_id);
CREATE INDEX wallet_transactions_of_reference ON wallet_transactions (reference_id);

CREATE TABLE withdrawal_requests (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL,
    wallet_id UUID NOT NULL REFERENCES wallets (id),
    withdrawal_number TEXT NOT NULL UNIQUE,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL DEFAULT 'IDR',
    bank_name TEXT NOT NULL,
    bank_account_number TEXT NOT NULL,
    bank_account_last_digits TEXT NOT NULL,
    bank_account_name TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'PROCESSING', 'COMPLETED', 'REJECTED')),
    admin_notes TEXT,
    processed_by UUID,
    processed_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX withdrawals_of_user ON withdrawal_requests (user_id, id);
CREATE INDEX withdrawals_by_status ON withdrawal_requests (status, id);

CREATE TABLE top_ups (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL DEFAULT 'IDR',
    payment_method TEXT NOT NULL CHECK (payment_method IN ('BANK_TRANSFER', 'E_WALLET')),
    payment_gateway TEXT NOT NULL,
    external_payment_id TEXT NOT NULL UNIQUE,
    redirect_url TEXT,
    qr_string TEXT,
    status TEXT NOT NULL CHECK (status IN ('PROCESSING', 'COMPLETED', 'FAILED')),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX top_ups_of_user ON top_ups (user_id, id);
