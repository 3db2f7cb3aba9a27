//! What is to be written of a row that has changed: an index is only touched for a column that is named.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, ModelTrait};

/// The columns in which `after` differs from `before`, a row of the same id.
#[must_use]
pub fn difference<M, A>(before: &M, after: &M) -> A
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity>,
{
    let mut change = A::default();
    for column in <M::Entity as EntityTrait>::Column::iter() {
        let value = after.get(column);
        if value != before.get(column) {
            change.set(column, value);
        }
    }
    change
}
