//! Which screen: decided here once for all apps.

use rapi_core::wire::people::UserSummary;

use super::Reach;
use crate::outside::{Attempt, OutsideView, Page};

/// Who uses the app, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Person<'a> {
    /// Not known yet.
    Unknown,
    /// Nobody; with the code of why the last session ended, unless the person ended it.
    Nobody(Option<&'a str>),
    /// This person, with this reach to the backend.
    Here(&'a UserSummary, Reach),
}

/// Where somebody stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// The app is opening.
    Opening,
    /// Outside.
    Outside(OutsideView),
    /// Inside, with this reach to the backend.
    Inside(Reach),
}

impl Door {
    /// Where `person` stands, who saw `outside` last. A person of another app stays outside. An attempt says more than how the
    /// session before it ended, and whoever was signed in need not be asked whether she is new.
    #[must_use]
    pub fn of(person: Person<'_>, outside: &OutsideView) -> Self {
        match (person, &outside.attempt) {
            (Person::Unknown, _) => Self::Opening,
            (Person::Here(user, reach), _) if outside.app.admits(user) => Self::Inside(reach),
            (Person::Nobody(Some(code)), Attempt::Idle) => {
                let page = if outside.page == Page::Welcome { Page::SignIn } else { outside.page.clone() };
                Self::Outside(OutsideView { page, attempt: Attempt::refused(code), ..outside.clone() })
            }
            _ => Self::Outside(outside.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::people::UserType;

    use super::*;
    use crate::App;
    use crate::drawn::siti;
    use crate::outside::WRONG_ROLE;

    fn tried(attempt: Attempt) -> OutsideView {
        OutsideView { attempt, page: Page::SignIn, ..OutsideView::first(App::Client) }
    }

    #[test]
    fn whoever_the_app_is_made_for_is_inside() {
        let door = Door::of(Person::Here(&siti(UserType::Client), Reach::Online), &tried(Attempt::Busy));
        assert_eq!(door, Door::Inside(Reach::Online));
    }

    #[test]
    fn a_person_of_another_app_never_gets_inside() {
        let admin = siti(UserType::Admin);
        for attempt in [Attempt::Idle, Attempt::Busy, Attempt::refused(WRONG_ROLE)] {
            let outside = tried(attempt);
            assert_eq!(Door::of(Person::Here(&admin, Reach::Online), &outside), Door::Outside(outside));
        }
    }

    #[test]
    fn why_a_session_ended_is_said_until_somebody_tries_again() {
        let ended = Person::Nobody(Some("session_ended"));
        let said = Door::Outside(tried(Attempt::refused("session_ended")));
        assert_eq!(Door::of(ended, &OutsideView::first(App::Client)), said);
        assert_eq!(Door::of(ended, &tried(Attempt::Busy)), Door::Outside(tried(Attempt::Busy)));
        assert_eq!(Door::of(Person::Nobody(None), &tried(Attempt::Idle)), Door::Outside(tried(Attempt::Idle)));
    }

    #[test]
    fn an_app_that_opens_asks_nobody_to_sign_in() {
        assert_eq!(Door::of(Person::Unknown, &tried(Attempt::Idle)), Door::Opening);
    }
}
