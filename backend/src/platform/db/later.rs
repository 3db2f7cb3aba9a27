//! What nobody reads before the commit is gathered and written then, all of a kind at once.

use std::any::Any;

use async_trait::async_trait;
use sea_orm::{ActiveModelTrait, DbErr};

use super::Tx;

/// Gathered by a unit of work, written just before it commits.
#[async_trait]
pub trait Gathered: Any + Send {
    /// Writes it.
    ///
    /// # Errors
    /// When the database refuses: then the unit fails.
    async fn write(self: Box<Self>, tx: &Tx) -> Result<(), DbErr>;
}

/// New rows of a table.
#[async_trait]
impl<A: ActiveModelTrait + Send + 'static> Gathered for Vec<A> {
    async fn write(self: Box<Self>, tx: &Tx) -> Result<(), DbErr> {
        tx.insert(*self).await.map(|_| ())
    }
}

/// All that a unit of work has gathered.
#[derive(Default)]
pub(super) struct Later(Vec<Box<dyn Gathered>>);

impl Later {
    /// What there is of a kind.
    pub(super) fn of<G: Gathered + Default>(&mut self, add: impl FnOnce(&mut G)) {
        let is_it = |gathered: &dyn Gathered| (gathered as &dyn Any).is::<G>();
        let index = self.0.iter().position(|gathered| is_it(gathered.as_ref())).unwrap_or_else(|| {
            self.0.push(Box::<G>::default());
            self.0.len() - 1
        });
        if let Some(gathered) = (self.0[index].as_mut() as &mut dyn Any).downcast_mut() {
            add(gathered);
        }
    }

    /// Kind by kind, in the order in which they were first spoken of.
    pub(super) async fn write(self, tx: &Tx) -> Result<(), DbErr> {
        for gathered in self.0 {
            gathered.write(tx).await?;
        }
        Ok(())
    }
}
