//! The table.

use std::sync::atomic::{AtomicU64, Ordering};

use dioxus::document;
use dioxus::prelude::*;

use super::{Cell, Column, ROW, Row, Rows, Sorting, ordered, visible};
use crate::controls::{Button, ButtonKind, Failed, Glyph, Icon, ListState, Shape, Skeleton};
use crate::formats::whole;
use crate::text::{FluentValue, Word, text};

/// Tells the tables of a page from each other.
static NEXT: AtomicU64 = AtomicU64::new(1);
/// How high the window is taken to be until it is measured, in pixels.
const UNMEASURED: f64 = 700.0;
/// How near to the end, in rows, more is asked for.
const NEAR: usize = 20;

/// Rows under their headings. One row is marked: arrows move the mark, Enter opens its row, and while a row is open the mark
/// takes it along. `empty` stands there when there is nothing.
///
/// A heading sorts everything or nothing: the columns that say so by asking for the list anew, the others once all of it is here.
#[component]
pub fn Table(
    label: String,
    columns: Vec<Column>,
    rows: ReadSignal<Rows>,
    state: ListState,
    /// The key of the row that is open beside.
    open: Option<String>,
    empty: Element,
    /// How the list as a whole is sorted, unless as usual.
    sorting: Option<Sorting>,
    #[props(default)] on_sort: EventHandler<Option<Sorting>>,
    on_open: EventHandler<String>,
    #[props(default)] on_more: EventHandler,
    on_retry: EventHandler,
) -> Element {
    let id = use_hook(|| format!("table-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    let mut within = use_signal(|| None::<Sorting>);
    let mut mark = use_signal(|| None::<String>);
    let is_whole = state == ListState::Whole;
    let order = use_memo(use_reactive(&is_whole, move |is_whole| ordered(&rows.read(), within().filter(|_| is_whole))));
    match &state {
        ListState::Loading => return rsx! { div { class: "table table-quiet", Skeleton { lines: 9, shape: Shape::Rows } } },
        ListState::Failed(code) => return rsx! { div { class: "table table-quiet", Failed { code: code.clone(), on_retry } } },
        ListState::Whole if rows.read().is_empty() => return rsx! { div { class: "table table-quiet", {empty} } },
        ListState::Whole | ListState::More { .. } | ListState::Stuck(_) => {}
    }
    let (is_open, marked, field) = (open.is_some(), mark().or_else(|| open.clone()), id.clone());
    let keys = move |event: KeyboardEvent| {
        let (rows, order) = (rows.read(), order.read());
        let here = marked.as_ref().and_then(|key| order.iter().position(|place| rows[*place].key == *key));
        let Some(to) = target(&event.key(), here, order.len()) else { return };
        event.prevent_default();
        let Some(row) = order.get(to).map(|place| &rows[*place]) else { return };
        if event.key() == Key::Enter || is_open {
            on_open.call(row.key.clone());
        }
        mark.set(Some(row.key.clone()));
        show(&field, to);
    };
    let now = within().filter(|_| is_whole).or(sorting);
    let press = {
        let for_all: Vec<bool> = columns.iter().map(|column| column.sorts_all).collect();
        move |column: usize| {
            let next = Sorting::pressed(now, column);
            let (all, here) = if for_all.get(column) == Some(&true) { (next, None) } else { (None, next) };
            within.set(here);
            if all != sorting {
                on_sort.call(all);
            }
        }
    };
    let (marked, has_more, asks, here) = (mark().or_else(|| open.clone()), state.has_more(), state.asks(), rows.read().len());
    let counted = if has_more { -1 } else { i64::try_from(here).unwrap_or(i64::MAX) };
    let active = marked.as_ref().map(|key| format!("{id}-{key}"));
    let style = format!("--columns: {}; --columns-narrow: {}", grid(&columns, false), grid(&columns, true));
    rsx! {
        div {
            class: "table",
            role: "grid",
            tabindex: "0",
            aria_label: "{label}",
            "aria-rowcount": counted,
            "aria-activedescendant": active,
            style,
            onkeydown: keys,
            Body { id, columns, rows, order, open, marked, asks, is_whole: !has_more, on_more, sorting: now, on_sort: press,
                on_open: move |key: String| {
                    mark.set(Some(key.clone()));
                    on_open.call(key);
                }
            }
            Foot { here, state, on_more }
        }
    }
}

/// Where the mark goes from `here` when `key` is pressed in a list of `all` rows; `None` for keys that mean nothing to it.
fn target(key: &Key, here: Option<usize>, all: usize) -> Option<usize> {
    const PAGE: usize = 10;
    let last = all.checked_sub(1)?;
    let at = here.unwrap_or(0);
    match key {
        Key::Enter => here,
        Key::ArrowDown => Some(here.map_or(0, |at| (at + 1).min(last))),
        Key::ArrowUp => Some(at.saturating_sub(1)),
        Key::PageDown => Some((at + PAGE).min(last)),
        Key::PageUp => Some(at.saturating_sub(PAGE)),
        Key::Home => Some(0),
        Key::End => Some(last),
        _ => None,
    }
}

/// What presses a button within the table does not open the row that is marked.
fn keep_presses(event: KeyboardEvent) {
    if event.key() == Key::Enter {
        event.stop_propagation();
    }
}

/// Scrolls no further than is needed to see the row at `place` below the headings, which stay.
fn show(id: &str, place: usize) {
    document::eval(&format!(
        "(() => {{ const b = document.getElementById({id:?}), r = {ROW}, t = {place} * r; if (!b) return; \
        const h = b.clientHeight - b.firstElementChild.offsetHeight; \
        if (t < b.scrollTop) b.scrollTop = t; else if (t + r > b.scrollTop + h) b.scrollTop = t + r - h; }})()"
    ));
}

/// The columns as a grid takes them.
fn grid(columns: &[Column], is_narrow: bool) -> String {
    let seen = columns.iter().filter(|column| !(is_narrow && column.gives_way));
    seen.map(|column| format!("minmax(0, {})", column.width)).collect::<Vec<_>>().join(" ")
}

fn class_of(base: &str, column: &Column) -> String {
    let end = if column.at_end { " cell-end" } else { "" };
    let rest = if column.gives_way { " cell-rest" } else { "" };
    format!("{base}{end}{rest}")
}

/// The headings; a press sorts, where all can be sorted.
#[component]
fn Headings(columns: Vec<Column>, sorting: Option<Sorting>, is_whole: bool, on_press: EventHandler<usize>) -> Element {
    rsx! {
        div { class: "table-head", role: "row", onkeydown: keep_presses,
            for (place, column) in columns.iter().enumerate() {
                {
                    let down = sorting.filter(|sorting| sorting.column == place).map(|sorting| sorting.is_down);
                    rsx! {
                        div {
                            key: "{place}",
                            class: class_of("cell", column),
                            role: "columnheader",
                            "aria-sort": down.map_or("none", |down| if down { "descending" } else { "ascending" }),
                            if is_whole || column.sorts_all {
                                button { class: "table-sort", r#type: "button", onclick: move |_| on_press.call(place),
                                    span { class: "clip", "{column.name}" }
                                    if let Some(down) = down {
                                        Glyph { icon: if down { Icon::ArrowDown } else { Icon::ArrowUp }, size: 14 }
                                    }
                                }
                            } else {
                                span { class: "table-name clip", "{column.name}" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The rows that are seen, at their places in a field as high as all of them.
#[component]
fn Body(
    id: String,
    columns: Vec<Column>,
    rows: ReadSignal<Rows>,
    order: ReadSignal<Vec<usize>>,
    open: Option<String>,
    marked: Option<String>,
    /// Is more asked for when the end comes near?
    asks: bool,
    /// Is all there is here?
    is_whole: bool,
    sorting: Option<Sorting>,
    on_sort: EventHandler<usize>,
    on_more: EventHandler,
    on_open: EventHandler<String>,
) -> Element {
    let (mut top, mut height) = (use_signal(|| 0.0), use_signal(|| UNMEASURED));
    let seen = use_memo(move || visible(top(), height(), order.read().len()));
    let (rows, order) = (rows.read(), order.read());
    let all = order.len();
    let scrolled = move |event: Event<ScrollData>| {
        top.set(event.scroll_top());
        if asks && visible(event.scroll_top(), height(), all).end + NEAR >= all {
            on_more.call(());
        }
    };
    let measured = move |event: Event<ResizeData>| {
        if let Ok(size) = event.get_border_box_size() {
            height.set(size.height);
        }
    };
    rsx! {
        div { id: "{id}", class: "table-body", role: "rowgroup", onscroll: scrolled, onresize: measured,
            Headings { columns: columns.clone(), sorting, is_whole, on_press: on_sort }
            div { class: "table-field", style: "height: {all * ROW as usize}px",
                for place in seen().filter(|place| *place < all) {
                    {
                        let row = &rows[order[place]];
                        let key = row.key.clone();
                        rsx! {
                            Line {
                                key: "{row.key}",
                                id: format!("{id}-{key}"),
                                place,
                                row: row.clone(),
                                columns: columns.clone(),
                                is_open: open.as_ref() == Some(&row.key),
                                is_marked: marked.as_ref() == Some(&row.key),
                                on_open: move |()| on_open.call(key.clone()),
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One row.
#[component]
fn Line(id: String, place: usize, row: Row, columns: Vec<Column>, is_open: bool, is_marked: bool, on_open: EventHandler) -> Element {
    rsx! {
        div {
            id: "{id}",
            class: if is_marked { "table-row table-row-marked" } else { "table-row" },
            role: "row",
            style: "top: {place * ROW as usize}px",
            "aria-rowindex": "{place + 1}",
            aria_selected: if is_open { "true" } else { "false" },
            onclick: move |_| on_open.call(()),
            for (at, (cell, column)) in row.cells.iter().zip(&columns).enumerate() {
                div { key: "{at}", class: class_of("cell", column), role: "gridcell", title: "{cell.text}", Field { cell: cell.clone() } }
            }
        }
    }
}

#[component]
fn Field(cell: Cell) -> Element {
    match cell.tone {
        Some(tone) => rsx! { span { class: "{tone.class()}", "{cell.text}" } },
        None => rsx! {
            span { class: "clip",
                if let Some(icon) = cell.icon {
                    span { class: "cell-icon", Glyph { icon, size: 18 } }
                }
                "{cell.text}"
            }
            if let Some(detail) = &cell.detail {
                span { class: "clip cell-detail", "{detail}" }
            }
        },
    }
}

/// How many rows are here, and a way to more.
#[component]
fn Foot(here: usize, state: ListState, on_more: EventHandler) -> Element {
    let text = text();
    let number = i64::try_from(here).unwrap_or(i64::MAX);
    let said = whole(number, text.language());
    let counted = if state.has_more() {
        text.fill(Word::AdminRowsMore, [("said", said)])
    } else {
        text.fill(Word::AdminRows, [("count", FluentValue::from(number)), ("said", FluentValue::from(said))])
    };
    rsx! {
        div { class: "table-foot", onkeydown: keep_presses,
            span { role: "status", "{counted}" }
            span { class: "grow" }
            match state {
                ListState::More { coming } => rsx! {
                    Button { kind: ButtonKind::Line, small: true, label: text.say(Word::AdminMore), busy: coming, on_press: on_more }
                },
                ListState::Stuck(code) => rsx! {
                    span { class: "warn", role: "alert", {text.problem(&code)} }
                    Button { kind: ButtonKind::Line, small: true, icon: Icon::RefreshCw, label: text.say(Word::TryAgain), on_press: on_more }
                },
                _ => rsx! {},
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn table(rows: usize, state: ListState) -> String {
        drawn(Language::Indonesian, move || {
            let row = |place: usize| Row { key: format!("k{place}"), cells: vec![Cell::words(format!("Baris {place}"))] };
            let rows: Rows = (0..rows).map(row).collect();
            rsx! {
                Table {
                    label: "Pesanan",
                    columns: vec![Column::new("Nomor".into(), "1fr"), Column::new("Waktu".into(), "1fr").sorting_all()],
                    rows,
                    state: state.clone(),
                    empty: rsx! { "kosong" },
                    on_open: |_| {},
                    on_retry: |()| {},
                }
            }
        })
    }

    #[test]
    fn ten_thousand_rows_draw_as_few_as_a_hundred() {
        let lines = |html: String| html.matches("table-row").count();
        let few = lines(table(100, ListState::Whole));
        assert_eq!(lines(table(10_000, ListState::Whole)), few);
        assert!((10..40).contains(&few), "{few}");
    }

    #[test]
    fn a_table_says_that_it_loads_that_it_is_empty_and_that_there_is_more() {
        assert!(table(0, ListState::Loading).contains("aria-busy"));
        assert!(table(0, ListState::Whole).contains("kosong"));
        assert!(table(0, ListState::Failed("network".into())).contains("Coba lagi"));
        assert!(table(3, ListState::More { coming: false }).contains("Muat lagi"));
        assert!(!table(3, ListState::Whole).contains("Muat lagi"));
    }

    #[test]
    fn a_table_whose_next_page_failed_keeps_its_rows_and_offers_to_try_again() {
        let html = table(3, ListState::Stuck("network".into()));
        assert!(html.contains("Baris 2") && html.contains("role=\"alert\"") && html.contains("Coba lagi"), "{html}");
    }

    #[test]
    fn a_heading_sorts_only_what_can_be_sorted_as_a_whole() {
        let buttons = |state| table(3, state).matches("table-sort").count();
        assert_eq!((buttons(ListState::Whole), buttons(ListState::More { coming: false })), (2, 1));
    }

    #[test]
    fn the_mark_stays_within_the_list() {
        assert_eq!(target(&Key::ArrowDown, None, 3), Some(0));
        assert_eq!([target(&Key::ArrowDown, Some(2), 3), target(&Key::ArrowUp, Some(0), 3)], [Some(2), Some(0)]);
        assert_eq!(
            [target(&Key::End, Some(0), 3), target(&Key::PageUp, Some(2), 3), target(&Key::Home, Some(2), 3)],
            [Some(2), Some(0), Some(0)]
        );
        assert_eq!([target(&Key::Enter, None, 3), target(&Key::Tab, Some(1), 3), target(&Key::ArrowDown, None, 0)], [None; 3]);
    }
}
