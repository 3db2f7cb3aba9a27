//! What can be asked of an order.

/// A move somebody wants to make.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Command {
    /// A provider takes the order.
    Accept,
    /// She sets off.
    Depart,
    /// She is at the door.
    Arrive,
    /// The work begins.
    Start,
    /// The work is done; the bill opens.
    Finish,
    /// The bill has been paid.
    Settle,
    /// The client rates, which completes the order.
    Rate,
    /// Somebody ends the order.
    Cancel {
        /// Why, in her words.
        reason: String,
    },
    /// Nobody took it within the offer time.
    GiveUp,
    /// Nobody rated it within [`AUTO_COMPLETE_AFTER`](super::AUTO_COMPLETE_AFTER).
    AutoComplete,
}

impl Command {
    /// The move in one word, as errors name it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Depart => "depart",
            Self::Arrive => "arrive",
            Self::Start => "start",
            Self::Finish => "finish",
            Self::Settle => "settle",
            Self::Rate => "rate",
            Self::Cancel { .. } => "cancel",
            Self::GiveUp => "give_up",
            Self::AutoComplete => "auto_complete",
        }
    }
}
