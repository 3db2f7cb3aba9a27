//! How pages get at what the engine knows, and how they ask it for things.

mod acting;
mod fetching;
mod files;
mod knowing;
mod language;
mod paging;
mod toasting;
mod uploading;

pub use acting::{Acting, use_acting};
pub use fetching::{Fetched, use_fetched};
pub(crate) use files::Album;
pub use files::{Photo, use_photo};
pub(crate) use knowing::use_snapshots;
pub use knowing::{Known, use_engine, use_known, use_now, use_user};
pub use language::use_language;
pub use paging::{Paged, use_paged};
pub use toasting::{Toaster, ToasterRoot, use_toaster};
pub use uploading::{PhotoField, Uploading, use_uploading};
