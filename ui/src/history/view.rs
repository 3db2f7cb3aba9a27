//! What the screen shows.

use rapi_core::orders::Status;
use rapi_core::wire::orders::OrderItem;

use crate::controls::ListState;
use crate::orders::{OrderCardView, Side, Standing};
use crate::text::Word;

/// Which orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// Those to which something may still happen.
    #[default]
    Running,
    /// Those that are done.
    Done,
    /// Those that were ended before.
    Cancelled,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Running, Self::Done, Self::Cancelled];

    /// What it is called.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Running => Word::HistoryRunning,
            Self::Done => Word::HistoryDone,
            Self::Cancelled => Word::HistoryCancelled,
        }
    }

    /// The status by which the backend lists them; nothing where several belong to it.
    #[must_use]
    pub const fn status(self) -> Option<Status> {
        match self {
            Self::Running => None,
            Self::Done => Some(Status::Completed),
            Self::Cancelled => Some(Status::Cancelled),
        }
    }
}

/// A part of the orders.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryView {
    /// Which.
    pub part: Part,
    /// Its orders, newest first; nothing before they are known.
    pub cards: Option<Vec<OrderCardView>>,
    /// How far they have come.
    pub state: ListState,
}

impl HistoryView {
    /// The orders that run, of all that are known on this phone.
    #[must_use]
    pub fn running<'a>(orders: impl IntoIterator<Item = &'a OrderItem>) -> Self {
        let mut running: Vec<_> = orders.into_iter().filter(|order| Standing::of(order).is_running()).collect();
        running.sort_by_key(|order| std::cmp::Reverse(order.created_at));
        let cards = running.into_iter().map(card).collect();
        Self { part: Part::Running, cards: Some(cards), state: ListState::Whole }
    }

    /// A part as the backend lists it.
    #[must_use]
    pub fn listed(part: Part, items: Option<&[OrderItem]>, state: ListState) -> Self {
        Self { part, cards: items.map(|items| items.iter().map(card).collect()), state }
    }
}

fn card(order: &OrderItem) -> OrderCardView {
    OrderCardView::of(order, Side::Client)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::samples::{at, order};

    #[test]
    fn running_orders_come_newest_first_and_others_not_at_all() {
        let mut newer = order(Status::OnTheWay);
        newer.created_at = at("03:00:00");
        let known = [order(Status::Pending), newer, order(Status::Completed), order(Status::Cancelled)];
        let view = HistoryView::running(&known);
        let standings: Vec<Standing> = view.cards.into_iter().flatten().map(|card| card.standing).collect();
        assert_eq!(standings, [Standing::OnTheWay, Standing::Searching]);
    }
}
