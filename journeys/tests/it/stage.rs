//! What every journey begins with.

use rapi_journeys::{Display, Opening, Person, Programs, Role, Window, World};

/// A backend, a display, and the apps.
pub struct Stage {
    pub programs: Programs,
    pub display: Display,
    pub world: World,
}

impl Stage {
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// With settings of the backend, as they are named in the environment.
    pub fn with(settings: &[(&str, &str)]) -> Self {
        let programs = Programs::beside_this_one().unwrap();
        let world = World::start(&programs, settings).unwrap();
        Self { programs, display: Display::start().unwrap(), world }
    }

    pub fn open(&self, role: Role, home: &str) -> Window {
        Window::open(&self.programs, &self.display, &self.world, role, home, &Opening::default()).unwrap()
    }

    pub fn open_for(&self, person: &Person, opening: &Opening) -> Window {
        Window::open_for(&self.programs, &self.display, &self.world, person, opening).unwrap()
    }
}
