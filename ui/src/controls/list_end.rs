//! How far a list has come that is fetched page by page, and what stands below what is here of it.

use dioxus::prelude::*;

use super::{Failed, MoreBelow, Shape, Skeleton};

/// How far a list has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ListState {
    /// Nothing is here yet.
    #[default]
    Loading,
    /// Nothing is here, and this is the stable code of why.
    Failed(String),
    /// What there is, is here.
    Whole,
    /// There is more to be had.
    More {
        /// Is it on its way?
        coming: bool,
    },
    /// There is more, and this is the stable code of why it did not come.
    Stuck(String),
}

impl ListState {
    /// Is there more to be had?
    #[must_use]
    pub const fn has_more(&self) -> bool {
        matches!(self, Self::More { .. } | Self::Stuck(_))
    }

    /// Is there more, and nothing in the way of asking for it unasked?
    #[must_use]
    pub const fn asks(&self) -> bool {
        matches!(self, Self::More { coming: false })
    }
}

/// The end of a list: grey bars for what comes, a way to more, and what went wrong with a way to try again.
#[component]
pub fn ListEnd(
    state: ListState,
    /// How many grey bars stand for a list of which nothing is here yet.
    #[props(default = 6)]
    lines: usize,
    /// And what they stand for.
    #[props(default = Shape::Lines)]
    shape: Shape,
    on_more: EventHandler,
    on_retry: EventHandler,
) -> Element {
    match state {
        ListState::Loading => rsx! { Skeleton { lines, shape } },
        ListState::Failed(code) => rsx! { Failed { code, on_retry } },
        ListState::Stuck(code) => rsx! { Failed { code, on_retry: on_more } },
        ListState::More { coming: true } => rsx! { Skeleton { lines: 2, shape } },
        ListState::More { coming: false } => rsx! { MoreBelow { on_more } },
        ListState::Whole => rsx! {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn end(state: ListState) -> String {
        drawn(Language::Indonesian, move || rsx! { ListEnd { state: state.clone(), on_more: |()| {}, on_retry: |()| {} } })
    }

    #[test]
    fn a_page_that_failed_is_told_with_a_way_to_try_again() {
        for state in [ListState::Stuck("network".into()), ListState::Failed("network".into())] {
            let html = end(state);
            assert!(html.contains("role=\"alert\"") && html.contains("Coba lagi") && !html.contains("aria-busy"), "{html}");
        }
        assert!(end(ListState::More { coming: true }).contains("aria-busy"));
    }

    #[test]
    fn a_list_that_is_whole_ends_where_it_ends() {
        assert!(!end(ListState::Whole).contains('<'));
        assert!(end(ListState::More { coming: false }).contains("more-below"));
    }

    #[test]
    fn what_failed_is_not_asked_for_again_unasked() {
        let stuck = ListState::Stuck("network".into());
        assert!(stuck.has_more() && !stuck.asks());
        assert!(ListState::More { coming: false }.asks() && !ListState::More { coming: true }.asks());
    }
}
