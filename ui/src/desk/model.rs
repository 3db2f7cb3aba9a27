//! What a table shows.

use std::cmp::Ordering;
use std::ops::Deref;
use std::rc::Rc;

use rapi_core::values::Rupiah;

use crate::controls::{Icon, TagTone};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// Its width, as a grid takes it: `2fr`, `120px`.
    pub width: &'static str,
    /// Does its content stand at the end, as numbers do?
    pub at_end: bool,
    /// Does it give way when there is little room?
    pub gives_way: bool,
    /// What the second line of its fields is called: a column of its own in a file.
    pub second: Option<String>,
    /// Can the whole list be had in its order, also what is not here yet?
    pub sorts_all: bool,
}

impl Column {
    /// A column named `name`.
    #[must_use]
    pub const fn new(name: String, width: &'static str) -> Self {
        Self { name, width, at_end: false, gives_way: false, second: None, sorts_all: false }
    }

    /// By which the whole list is sorted, not only what is here of it.
    #[must_use]
    pub const fn sorting_all(mut self) -> Self {
        self.sorts_all = true;
        self
    }

    /// With its content at the end.
    #[must_use]
    pub const fn at_end(mut self) -> Self {
        self.at_end = true;
        self
    }

    /// With fields whose second line is `name`.
    #[must_use]
    pub fn with_second(mut self, name: String) -> Self {
        self.second = Some(name);
        self
    }

    /// Not seen when there is little room.
    #[must_use]
    pub const fn giving_way(mut self) -> Self {
        self.gives_way = true;
        self
    }
}

/// One field of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What is read.
    pub text: String,
    /// A second, quieter line.
    pub detail: Option<String>,
    /// Drawn as a tag of this tone.
    pub tone: Option<TagTone>,
    /// Drawn before the text.
    pub icon: Option<Icon>,
    /// What it is sorted by, where that is not the text.
    pub number: Option<i64>,
    /// What a file says, where that is not the text.
    pub raw: Option<String>,
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A state.
    #[must_use]
    pub fn tag(tone: TagTone, label: impl Into<String>) -> Self {
        Self { tone: Some(tone), ..Self::words(label) }
    }

    /// Words that name a drawing.
    #[must_use]
    pub fn drawing(icon: Icon, name: impl Into<String>) -> Self {
        Self { icon: Some(icon), ..Self::words(name) }
    }

    /// An amount.
    #[must_use]
    pub fn money(amount: Rupiah) -> Self {
        Self::words(amount.to_string()).by(amount.get(), amount.get().to_string())
    }

    /// Sorted by `number`, and written as `raw` into files.
    #[must_use]
    pub fn by(mut self, number: i64, raw: impl Into<String>) -> Self {
        self.number = Some(number);
        self.raw = Some(raw.into());
        self
    }

    /// With a second line.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self.number, other.number) {
            (Some(one), Some(two)) => one.cmp(&two),
            (one, two) => one.is_some().cmp(&two.is_some()).then_with(|| self.text.to_lowercase().cmp(&other.text.to_lowercase())),
        }
    }
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Names it, among all rows.
    pub key: String,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// All rows that are here; clones are the same rows.
#[derive(Debug, Clone, Default)]
pub struct Rows(Rc<Vec<Row>>);

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Rows {
    type Target = [Row];
    fn deref(&self) -> &[Row] {
        &self.0
    }
}

impl FromIterator<Row> for Rows {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        Self(Rc::new(rows.into_iter().collect()))
    }
}

/// By which column rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    /// The place of the column.
    pub column: usize,
    /// Greatest first?
    pub is_down: bool,
}

impl Sorting {
    /// What a press on `column` does: up, then down, then as the rows came.
    #[must_use]
    pub fn pressed(now: Option<Self>, column: usize) -> Option<Self> {
        match now {
            Some(Self { column: same, is_down: false }) if same == column => Some(Self { column, is_down: true }),
            Some(Self { column: same, is_down: true }) if same == column => None,
            _ => Some(Self { column, is_down: false }),
        }
    }
}

/// The places of `rows` in the order in which they are read; equals stay as they came.
#[must_use]
pub fn ordered(rows: &[Row], sorting: Option<Sorting>) -> Vec<usize> {
    let mut places: Vec<usize> = (0..rows.len()).collect();
    if let Some(Sorting { column, is_down }) = sorting {
        let compare = |one: &usize, two: &usize| match (rows[*one].cells.get(column), rows[*two].cells.get(column)) {
            (Some(one), Some(two)) if is_down => two.compare(one),
            (Some(one), Some(two)) => one.compare(two),
            _ => Ordering::Equal,
        };
        places.sort_by(compare);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let row =
            |key: &str, name: &str, amount: i64| Row { key: key.into(), cells: vec![Cell::words(name), Cell::money(Rupiah::new(amount))] };
        vec![row("a", "wati", 900), row("b", "Agus", 12_000), row("c", "Dewi", 900)]
    }

    fn keys(sorting: Option<Sorting>) -> String {
        let rows = rows();
        ordered(&rows, sorting).into_iter().map(|place| rows[place].key.clone()).collect()
    }

    #[test]
    fn names_are_sorted_without_regard_to_case_and_amounts_by_size() {
        assert_eq!(keys(None), "abc");
        assert_eq!(keys(Some(Sorting { column: 0, is_down: false })), "bca");
        assert_eq!(keys(Some(Sorting { column: 1, is_down: false })), "acb");
        assert_eq!(keys(Some(Sorting { column: 1, is_down: true })), "bac");
    }

    #[test]
    fn the_third_press_on_a_heading_gives_the_first_order_back() {
        let once = Sorting::pressed(None, 2);
        let twice = Sorting::pressed(once, 2);
        assert_eq!([once, twice], [Some(Sorting { column: 2, is_down: false }), Some(Sorting { column: 2, is_down: true })]);
        assert_eq!(Sorting::pressed(twice, 2), None);
        assert_eq!(Sorting::pressed(twice, 1), Some(Sorting { column: 1, is_down: false }));
    }
}
