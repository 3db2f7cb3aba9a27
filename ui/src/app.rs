//! Which of the three apps this is.

use rapi_core::wire::people::{UserSummary, UserType};

use crate::text::Word;

/// One of the three apps; each serves one kind of person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum App {
    /// For those who ask for help at home.
    Client,
    /// For those who give it.
    Provider,
    /// For those who run the floor.
    Admin,
}

impl App {
    /// Every app.
    pub const ALL: [Self; 3] = [Self::Client, Self::Provider, Self::Admin];

    /// Names the app's accent in the theme, and its folder on disk.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Provider => "provider",
            Self::Admin => "admin",
        }
    }

    /// The title of its window: a name, the same in every language.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Client => "Rapi",
            Self::Provider => "Rapi Penyedia",
            Self::Admin => "Rapi Admin",
        }
    }

    /// Width and height of its window in logical pixels: a phone's, but for the admin's desk.
    #[must_use]
    pub const fn window(self) -> (u32, u32) {
        match self {
            Self::Client | Self::Provider => (390, 780),
            Self::Admin => (1280, 800),
        }
    }

    /// Whom it serves.
    #[must_use]
    pub const fn serves(self) -> UserType {
        match self {
            Self::Client => UserType::Client,
            Self::Provider => UserType::ServiceProvider,
            Self::Admin => UserType::Admin,
        }
    }

    /// May this person use it?
    #[must_use]
    pub fn admits(self, user: &UserSummary) -> bool {
        user.user_type.is(&self.serves())
    }

    /// What the person is called whom it serves.
    #[must_use]
    pub const fn role(self) -> Word {
        match self {
            Self::Client => Word::RoleClient,
            Self::Provider => Word::RoleProvider,
            Self::Admin => Word::RoleAdmin,
        }
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::OrUnknown;

    use super::*;
    use crate::drawn::siti;

    #[test]
    fn each_app_admits_its_own_people_only() {
        for app in App::ALL {
            let admitted: Vec<App> = App::ALL.into_iter().filter(|other| app.admits(&siti(other.serves()))).collect();
            assert_eq!(admitted, [app]);
        }
    }

    #[test]
    fn a_kind_of_person_from_the_future_is_admitted_nowhere() {
        let mut stranger = siti(UserType::Client);
        stranger.user_type = OrUnknown::Unknown("COURIER".into());
        assert!(App::ALL.iter().all(|app| !app.admits(&stranger)));
    }
}
