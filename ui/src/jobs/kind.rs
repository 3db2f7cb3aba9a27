//! What kind of work an order is, in words.

use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::orders::OrderItem;

use crate::controls::Icon;
use crate::text::{Language, Text, Word};

/// The kind of work of `order`, in words; see [`kind_name`].
#[must_use]
pub fn kind_of(order: &OrderItem, categories: &[CategoryItem], text: Text) -> String {
    match (&order.custom_category_name, &order.service_category_slug) {
        (Some(custom), _) => custom.clone(),
        (None, Some(slug)) => kind_name(slug, categories, text),
        (None, None) => text.say(Word::KindOther),
    }
}

/// The name of the category `slug`: in Indonesian as the catalogue has it, in English in our own words, and from its slug where
/// neither is known.
#[must_use]
pub fn kind_name(slug: &str, categories: &[CategoryItem], text: Text) -> String {
    let listed = categories.iter().find(|category| category.slug == slug).map(|category| category.name.clone());
    let key = format!("kind-{slug}");
    let own = Word::ALL.iter().find(|word| word.key() == key).map(|word| text.say(*word));
    let found = if text.language() == Language::Indonesian { listed.or(own) } else { own.or(listed) };
    found.unwrap_or_else(|| capital(&slug.replace('-', " ")))
}

/// Its drawing.
#[must_use]
pub fn kind_icon(slug: Option<&str>) -> Icon {
    match slug {
        Some("cleaning") => Icon::Sparkles,
        Some("laundry-ironing") => Icon::Shirt,
        Some("ac-service") => Icon::Snowflake,
        Some("electrical") => Icon::Zap,
        Some("handyman") => Icon::Hammer,
        Some("gardening") => Icon::Flower2,
        _ => Icon::Wrench,
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
