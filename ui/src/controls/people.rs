//! How people are shown.

use dioxus::prelude::*;

use super::{Glyph, Icon};
use crate::text::{Word, text};

/// The first letters of the first and the last name.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut names = name.split_whitespace();
    let ends = [names.next(), names.next_back()];
    let letters = ends.into_iter().flatten().filter_map(|name| name.chars().next());
    letters.flat_map(char::to_uppercase).collect()
}

/// A face: the photo as a `data:` address, or initials. Decoration: the name stands beside it.
#[component]
pub fn Avatar(name: String, photo: Option<String>, #[props(default)] large: bool) -> Element {
    let class = if large { "avatar avatar-large" } else { "avatar" };
    rsx! {
        span { class, aria_hidden: "true",
            match photo {
                Some(photo) => rsx! { img { src: "{photo}", alt: "" } },
                None => rsx! { {initials(&name)} },
            }
        }
    }
}

/// The badge of a verified provider.
#[component]
pub fn VerifiedBadge() -> Element {
    rsx! {
        span { class: "verified", role: "img", aria_label: text().say(Word::Verified), title: text().say(Word::Verified),
            Glyph { icon: Icon::BadgeCheck, size: 16 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_taken_from_both_ends_of_a_name() {
        assert_eq!(["Siti Ayu", "  siti  ", "Raden Mas Ngabehi Joko", "Ürün", ""].map(initials), ["SA", "S", "RJ", "Ü", ""]);
    }
}
