//! The drawings of categories.

use crate::controls::Icon;

/// The drawing that a category names, as far as the apps have it; a spark otherwise.
#[must_use]
pub fn category_icon(name: Option<&str>) -> Icon {
    match name.unwrap_or_default() {
        "air-vent" => Icon::AirVent,
        "briefcase" => Icon::Briefcase,
        "brush-cleaning" => Icon::BrushCleaning,
        "coffee" => Icon::Coffee,
        "cooking-pot" => Icon::CookingPot,
        "droplets" => Icon::Droplets,
        "flower-2" => Icon::Flower2,
        "hammer" => Icon::Hammer,
        "hand" => Icon::Hand,
        "house" => Icon::House,
        "paint-roller" => Icon::PaintRoller,
        "shirt" => Icon::Shirt,
        "snowflake" => Icon::Snowflake,
        "sprout" => Icon::Sprout,
        "wrench" => Icon::Wrench,
        "zap" => Icon::Zap,
        _ => Icon::Sparkles,
    }
}
