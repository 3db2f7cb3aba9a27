//! What a service is called, and its drawing.

use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::orders::OrderItem;

use crate::controls::Icon;
use crate::text::{Language, Text, Word};

/// What was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServiceName {
    /// A category, by its slug.
    Category(String),
    /// Something else, in the client's words.
    Custom(String),
}

impl ServiceName {
    /// Of an order.
    #[must_use]
    pub fn of(order: &OrderItem) -> Self {
        match (&order.service_category_slug, &order.custom_category_name) {
            (Some(slug), _) => Self::Category(slug.clone()),
            (None, name) => Self::Custom(name.clone().unwrap_or_default()),
        }
    }

    /// In words: our own for a category we know, its slug made readable for one we do not.
    #[must_use]
    pub fn say(&self, text: Text) -> String {
        match self {
            Self::Category(slug) => text.named("category", slug).unwrap_or_else(|| readable(slug)),
            Self::Custom(name) if name.is_empty() => text.say(Word::CategoryOther),
            Self::Custom(name) => name.clone(),
        }
    }

    /// Its drawing.
    #[must_use]
    pub fn icon(&self) -> Icon {
        match self {
            Self::Category(slug) => icon_of_slug(slug),
            Self::Custom(_) => Icon::Sparkles,
        }
    }
}

/// `pool-care` as `Pool care`.
fn readable(slug: &str) -> String {
    let words = slug.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The name of a category: the backend's own in Indonesian, in which it is kept; in English ours, where we know it.
#[must_use]
pub fn category_name(category: &CategoryItem, text: Text) -> String {
    let ours = || text.named("category", &category.slug).unwrap_or_else(|| category.name.clone());
    if text.language() == Language::Indonesian { category.name.clone() } else { ours() }
}

/// The drawing of a category: the one the backend names, if the apps have it.
#[must_use]
pub fn category_icon(category: &CategoryItem) -> Icon {
    category.icon.as_deref().and_then(Icon::named).unwrap_or_else(|| icon_of_slug(&category.slug))
}

/// The drawing of a category of which only the slug is known.
#[must_use]
pub fn icon_of_slug(slug: &str) -> Icon {
    match slug {
        "cleaning" => Icon::BrushCleaning,
        "laundry-ironing" => Icon::Shirt,
        "ac-service" => Icon::AirVent,
        "plumbing" => Icon::Droplets,
        "electrical" => Icon::Zap,
        "handyman" => Icon::Hammer,
        "gardening" => Icon::Sprout,
        "painting" => Icon::PaintRoller,
        "cooking" => Icon::CookingPot,
        "massage" => Icon::Hand,
        _ => Icon::Sparkles,
    }
}
