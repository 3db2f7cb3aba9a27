//! What nobody reads before the commit is gathered and written then, all of a kind at once.

use std::any::Any;

use async_trait::async_trait;
use sea_orm::{ActiveModelTrait, DbErr};

use super::Tx;

/// Gathered by a unit of work, written just before it commits.
#[async_trait]
pub trait Gathered: Any + Send + Sync {
    /// Writes it.
    ///
    /// # Errors
    /// When the database refuses: then the unit fails.
    async fn write(self: Box<Self>, tx: &Tx) -> Result<(), DbErr>;

    /// The same, if it may be written together with that of others who share the commit: what no unit of work looks at may.
    fn for_all(&mut self) -> Option<&mut dyn ForAll> {
        None
    }
}

/// What those who share a commit have gathered.
pub trait ForAll {
    /// Takes in `more` of its own kind.
    fn take_in(&mut self, more: Box<dyn Any>);
}

/// New rows of a table.
#[async_trait]
impl<A: ActiveModelTrait + Send + Sync + 'static> Gathered for Vec<A> {
    async fn write(self: Box<Self>, tx: &Tx) -> Result<(), DbErr> {
        tx.insert(*self).await.map(|_| ())
    }

    fn for_all(&mut self) -> Option<&mut dyn ForAll> {
        Some(self)
    }
}

impl<A: 'static> ForAll for Vec<A> {
    fn take_in(&mut self, more: Box<dyn Any>) {
        self.extend(more.downcast::<Self>().into_iter().flat_map(|more| *more));
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

    /// Leaves what may be written with that of others.
    pub(super) fn split_off(&mut self) -> Self {
        Self(self.0.extract_if(.., |gathered| gathered.for_all().is_some()).collect())
    }

    /// Takes in what another unit has gathered.
    pub(super) fn take_in(&mut self, more: Self) {
        for more in more.0 {
            let kind = (more.as_ref() as &dyn Any).type_id();
            let same = self.0.iter_mut().find(|gathered| (gathered.as_ref() as &dyn Any).type_id() == kind);
            match same.and_then(|gathered| gathered.for_all()) {
                Some(all) => all.take_in(more),
                None => self.0.push(more),
            }
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Kind by kind, in the order in which they were first spoken of.
    pub(super) async fn write(self, tx: &Tx) -> Result<(), DbErr> {
        for gathered in self.0 {
            gathered.write(tx).await?;
        }
        Ok(())
    }
}
