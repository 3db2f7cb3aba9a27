//! Whole journeys in the real apps, against the real backend.

mod doors;
mod order_life;
mod stage;
