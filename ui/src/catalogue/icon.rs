//! The drawings of categories.

use crate::controls::Icon;

/// The drawing that a category names, as far as the apps have it; a spark otherwise.
#[must_use]
pub fn category_icon(name: Option<&str>) -> Icon {
    name.and_then(Icon::named).unwrap_or(Icon::Sparkles)
}
