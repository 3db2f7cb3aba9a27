//! Draws components without a window, for tests.

use std::rc::Rc;

use dioxus::prelude::*;
use rapi_core::Id;
use rapi_core::wire::people::{UserSummary, UserType, VerificationStatus};

use crate::text::{Language, use_texts};

#[derive(Clone)]
struct Scene {
    language: Language,
    draw: Rc<dyn Fn() -> Element>,
}

impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.draw, &other.draw)
    }
}

/// The HTML of what `draw` gives, with the text of `language`.
pub fn drawn(language: Language, draw: impl Fn() -> Element + 'static) -> String {
    let scene = Scene { language, draw: Rc::new(draw) };
    let mut dom = VirtualDom::new_with_props(Stage, StageProps { scene });
    dom.rebuild_in_place();
    dom.render_immediate(&mut dioxus::dioxus_core::NoOpMutations);
    dioxus_ssr::render(&dom)
}

#[component]
fn Stage(scene: Scene) -> Element {
    use_texts(scene.language);
    rsx! { Play { scene } }
}

#[component]
fn Play(scene: Scene) -> Element {
    (scene.draw)()
}

/// Siti Ayu, as a person of this kind.
pub fn siti(user_type: UserType) -> UserSummary {
    UserSummary {
        id: Id::new(Default::default()),
        full_name: "Siti Ayu".into(),
        email: "siti@example.com".into(),
        phone: None,
        user_type: user_type.into(),
        profile_photo: None,
        language: Language::Indonesian.into(),
        is_verified: true,
        verification_status: VerificationStatus::None.into(),
    }
}
