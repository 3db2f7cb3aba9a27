//! Long lists in pieces, of which only those are drawn that are near to what is seen.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use dioxus::prelude::*;

/// How many rows a piece has.
const ROWS: usize = 20;

/// Which pieces of a list are seen, and how high they are. Copies are the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pieces {
    seen: Signal<BTreeSet<usize>>,
    heights: Signal<BTreeMap<usize, f64>>,
    /// How high a row is taken to be until its piece was drawn, in pixels.
    row: f64,
}

/// A run of rows of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its place among the runs.
    pub place: usize,
    /// Its rows, if they are drawn; none otherwise.
    pub rows: Range<usize>,
    /// How high the empty field is that stands for rows that are not drawn.
    height: Option<f64>,
}

/// For a list whose rows are about `row` pixels high.
#[must_use]
pub fn use_pieces(row: f64) -> Pieces {
    Pieces { seen: use_signal(BTreeSet::new), heights: use_signal(BTreeMap::new), row }
}

impl Pieces {
    /// The runs of a list of `all` rows.
    #[must_use]
    pub fn of(&self, all: usize) -> Vec<Run> {
        runs(all, &self.seen.read(), &self.heights.peek(), self.row)
    }

    fn see(mut self, place: usize, is_seen: bool) {
        if self.seen.peek().contains(&place) != is_seen {
            let mut seen = self.seen.write();
            if is_seen {
                seen.insert(place)
            } else {
                seen.remove(&place)
            };
        }
    }
}

/// The runs of `all` rows: drawn are those that are seen and their neighbours, and the first ones before anything is.
fn runs(all: usize, seen: &BTreeSet<usize>, heights: &BTreeMap<usize, f64>, row: f64) -> Vec<Run> {
    let is_near = |place: usize| match seen.is_empty() {
        true => place < 2,
        false => seen.range(place.saturating_sub(1)..=place + 1).next().is_some(),
    };
    let run = |place: usize| {
        let rows = place * ROWS..all.min((place + 1) * ROWS);
        if is_near(place) {
            return Run { place, rows, height: None };
        }
        let guess = || rows.clone().map(|_| row).sum();
        let height = heights.get(&place).copied().unwrap_or_else(guess);
        Run { place, rows: rows.start..rows.start, height: Some(height) }
    };
    (0..all.div_ceil(ROWS)).map(run).collect()
}

/// Draws the rows of `run`, which are the children, or keeps their place.
#[component]
pub fn Piece(pieces: Pieces, run: Run, children: Element) -> Element {
    let (place, is_drawn) = (run.place, run.height.is_none());
    let style = run.height.map(|height| format!("height: {height}px"));
    let mut heights = pieces.heights;
    rsx! {
        div {
            class: "piece",
            style,
            onvisible: move |event| {
                if let Ok(is_seen) = event.is_intersecting() {
                    pieces.see(place, is_seen);
                }
            },
            onresize: move |event| {
                if let Ok(size) = event.get_border_box_size()
                    && is_drawn
                {
                    heights.write().insert(place, size.height);
                }
            },
            {children}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(all: usize, seen: &[usize]) -> Vec<Range<usize>> {
        let runs = runs(all, &seen.iter().copied().collect(), &BTreeMap::new(), 100.0);
        runs.into_iter().map(|run| run.rows).filter(|rows| !rows.is_empty()).collect()
    }

    #[test]
    fn ten_thousand_rows_draw_no_more_than_what_is_seen_and_its_neighbours() {
        assert_eq!(drawn(10_000, &[]), [0..20, 20..40]);
        assert_eq!(drawn(10_000, &[250]), [4_980..5_000, 5_000..5_020, 5_020..5_040]);
        assert_eq!(drawn(10_000, &[498, 499]), [9_940..9_960, 9_960..9_980, 9_980..10_000]);
    }

    #[test]
    fn a_jump_draws_where_it_began_and_where_it_ends_and_nothing_between() {
        assert_eq!(drawn(10_000, &[0, 400]), [0..20, 20..40, 7_980..8_000, 8_000..8_020, 8_020..8_040]);
    }

    #[test]
    fn a_short_list_is_drawn_whole() {
        assert_eq!(drawn(27, &[]), [0..20, 20..27]);
        assert!(drawn(0, &[]).is_empty());
    }

    #[test]
    fn what_is_not_drawn_keeps_the_place_it_had() {
        let heights = BTreeMap::from([(3, 2_345.0)]);
        let runs = runs(87, &BTreeSet::from([0]), &heights, 100.0);
        assert_eq!(runs.iter().map(|run| run.height).collect::<Vec<_>>(), [None, None, Some(2_000.0), Some(2_345.0), Some(700.0)]);
    }
}
