//! Whole journeys in the real apps, against the real backend.

mod doors;
mod newcomers;
mod order_life;
mod stage;
mod tour;
