//! Keyset cursors: the id of the last item seen. Ids are UUID v7, so newest first is id descending, and oldest first ascending.

use rapi_core::wire::Page;
use rapi_core::wire::admin::ListSort;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::error::ApiError;

/// The page asked for, read and held within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many items.
    pub limit: u64,
    /// Only what is older than this; newer, where the oldest comes first.
    pub before: Option<Uuid>,
    /// What comes first.
    pub sort: ListSort,
}

impl Window {
    /// Reads `limit` (1…100, 20 when absent) and `cursor`.
    ///
    /// # Errors
    /// 422 naming the field.
    pub fn try_new(limit: Option<u32>, cursor: Option<&str>) -> Result<Self, ApiError> {
        let limit = limit.unwrap_or(20);
        if !(1..=100).contains(&limit) {
            return Err(ApiError::invalid_field("limit", "out_of_range", "must be within 1 and 100"));
        }
        let before = cursor.map(Uuid::parse_str).transpose();
        let before = before.map_err(|_| ApiError::invalid_field("cursor", "invalid", "not a cursor of this list"))?;
        Ok(Self { limit: u64::from(limit), before, sort: ListSort::Newest })
    }

    /// With this first; the newest when nothing is said.
    #[must_use]
    pub fn sorted(self, sort: Option<ListSort>) -> Self {
        Self { sort: sort.unwrap_or(ListSort::Newest), ..self }
    }

    /// The rows of `query` on this page by their `id`; one more than asked for, when there is one.
    pub fn over<E: EntityTrait>(&self, query: Select<E>, id: E::Column) -> Select<E> {
        let seen = self.before.map(|seen| match self.sort {
            ListSort::Newest => id.lt(seen),
            ListSort::Oldest => id.gt(seen),
        });
        let query = seen.into_iter().fold(query, Select::filter).limit(self.limit + 1);
        match self.sort {
            ListSort::Newest => query.order_by_desc(id),
            ListSort::Oldest => query.order_by_asc(id),
        }
    }

    /// Makes a page of what a query for `limit + 1` rows found.
    pub fn page<R, T>(&self, mut rows: Vec<R>, id: impl Fn(&R) -> Uuid, item: impl FnMut(R) -> T) -> Page<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if has_more { rows.last().map(|row| id(row).to_string()) } else { None };
        Page { items: rows.into_iter().map(item).collect(), next_cursor }
    }
}
