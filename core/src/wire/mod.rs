//! What travels between apps and backend, as `API.md` promises it: one type for both sides.
//!
//! Requests refuse unknown fields and know how to [`Validate`] themselves; answers ignore what they do not know, and wrap
//! enums in [`OrUnknown`], so that an old app survives a newer backend. No behaviour lives here.

/// A body that a client sends: unknown fields are refused.
macro_rules! request {
    ($($item:item)*) => { $(
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $item
    )* };
}

/// A body that the backend sends: unknown fields are ignored.
macro_rules! answer {
    ($($item:item)*) => { $(
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $item
    )* };
}

/// A closed set of words, written on the wire and in tables exactly as given.
macro_rules! words {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as written on the wire and in tables.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        // The derive does not see names that a macro gives.
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let words = Self::ALL.iter().map(|word| word.as_str());
                let text = utoipa::openapi::schema::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String);
                text.description(Some(concat!($($doc),*).trim())).enum_values(Some(words)).into()
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::wire::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word { $($word => Ok(Self::$variant),)* _ => Err($crate::wire::UnknownWord) }
            }
        }
    };
}

pub mod admin;
pub mod auth;
pub mod categories;
pub mod events;
pub mod location;
pub mod notifications;
pub mod orders;
mod page;
pub mod payments;
pub mod people;
mod problem;
mod secret;
pub mod topics;
mod unknown;
mod validate;
pub mod work;

pub use page::{Page, PageQuery};
pub use problem::{FieldError, Problem};
pub use secret::Secret;
pub use unknown::{OrUnknown, UnknownWord};
pub use validate::{Checks, Validate};

#[cfg(test)]
mod tests;
