//! What the root of an app is given, whoever draws it.

use dioxus::prelude::*;
use rapi_ui::App;

use crate::finding::Service;
use crate::opening::Opening;
use crate::{Inside, Speaking, Start, session};

/// All of it; clones speak of the same engine.
#[derive(Clone)]
pub struct Given {
    /// Which app this is.
    pub app: App,
    /// Where it begins.
    pub start: Start,
    /// Its language.
    pub speaking: Speaking,
    /// Its engine, which may still be opening.
    pub opening: Opening,
    /// Who finds addresses.
    pub service: Service,
    /// What stands inside.
    pub inside: Inside,
}

impl Given {
    /// All that is in the window, not drawn yet.
    pub fn dom(self) -> VirtualDom {
        let dom = VirtualDom::new(session::Root).with_root_context(self.app).with_root_context(self.start);
        let dom = dom.with_root_context(self.speaking).with_root_context(self.opening);
        dom.with_root_context(self.service).with_root_context(self.inside)
    }
}
