//! Enums in answers that survive words from the future.

use serde::{Deserialize, Serialize};

/// A word outside its set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a known word")]
pub struct UnknownWord;

/// A `T`, or the text a newer backend sent instead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OrUnknown<T> {
    /// A word this version knows.
    Known(T),
    /// A word it does not.
    Unknown(String),
}

impl<T> OrUnknown<T> {
    /// The known word, if it is one.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(word) => Some(word),
            Self::Unknown(_) => None,
        }
    }
}

impl<T: PartialEq> OrUnknown<T> {
    /// Is it this known word?
    pub fn is(&self, word: &T) -> bool {
        self.known() == Some(word)
    }
}

impl<T> From<T> for OrUnknown<T> {
    fn from(word: T) -> Self {
        Self::Known(word)
    }
}

// The derive composes schemas of generic types from those of their arguments: here the known words stand for the whole.
#[cfg(feature = "openapi")]
impl<T: utoipa::PartialSchema> utoipa::__dev::ComposeSchema for OrUnknown<T> {
    fn compose(
        arguments: Vec<utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>>,
    ) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        arguments.into_iter().next().unwrap_or_else(T::schema)
    }
}

#[cfg(feature = "openapi")]
impl<T: utoipa::ToSchema> utoipa::ToSchema for OrUnknown<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        T::name()
    }

    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        T::schemas(schemas);
    }
}
