//! Rows that a unit of work has read and that nobody else can change before it is done: read once, whoever asks.

use std::any::Any;

use uuid::Uuid;

use super::changes::{Touched, rows_of};

/// What is kept, until a statement of the unit may have touched it.
#[derive(Default)]
pub(super) struct Seen(Vec<Row>);

struct Row {
    id: Uuid,
    marks: Touched,
    model: Box<dyn Any + Send>,
}

impl Seen {
    pub(super) fn keep<M: Clone + Send + 'static>(&mut self, table: &str, id: Uuid, model: M) {
        self.0.retain(|row| !(row.id == id && row.model.is::<M>()));
        self.0.push(Row { id, marks: rows_of(table, id), model: Box::new(model) });
    }

    pub(super) fn get<M: Clone + 'static>(&self, id: Uuid) -> Option<M> {
        self.0.iter().filter(|row| row.id == id).find_map(|row| row.model.downcast_ref::<M>().cloned())
    }

    pub(super) fn forget(&mut self, touched: &Touched) {
        self.0.retain(|row| row.marks.is_disjoint(touched));
    }
}
