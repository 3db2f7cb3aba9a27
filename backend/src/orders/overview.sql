-- What the platform's numbers are counted from; each index holds all that its count needs.
CREATE INDEX orders_by_creation ON orders (created_at);
CREATE INDEX orders_by_completion ON orders (completed_time) WHERE completed_time IS NOT NULL;
CREATE INDEX orders_by_cancellation ON orders (cancelled_time, cancelled_by) WHERE cancelled_time IS NOT NULL;
CREATE INDEX ratings_by_time ON ratings (created_at, rating);
