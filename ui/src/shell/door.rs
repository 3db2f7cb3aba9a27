//! Which screen: decided here once for all apps.

use rapi_core::wire::people::UserSummary;

use super::Reach;
use crate::App;
use crate::sign_in::{SignInState, SignInView};

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
    Outside(SignInView),
    /// Inside, with this reach to the backend.
    Inside(Reach),
}

impl Door {
    /// Where `person` stands in `app` when the last `attempt` to sign in has come that far. A person of another app stays
    /// outside. An attempt says more than how the session before it ended.
    #[must_use]
    pub fn of(app: App, person: Person<'_>, attempt: &SignInState) -> Self {
        let state = match (person, attempt) {
            (Person::Unknown, _) => return Self::Opening,
            (Person::Here(user, reach), _) if app.admits(user) => return Self::Inside(reach),
            (Person::Nobody(Some(code)), SignInState::Idle) => SignInState::refused(code),
            _ => attempt.clone(),
        };
        Self::Outside(SignInView { app, state })
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::people::UserType;

    use super::*;
    use crate::drawn::siti;
    use crate::sign_in::WRONG_ROLE;

    fn outside(state: SignInState) -> Door {
        Door::Outside(SignInView { app: App::Client, state })
    }

    #[test]
    fn whoever_the_app_is_made_for_is_inside() {
        let door = Door::of(App::Client, Person::Here(&siti(UserType::Client), Reach::Online), &SignInState::Busy);
        assert_eq!(door, Door::Inside(Reach::Online));
    }

    #[test]
    fn a_person_of_another_app_never_gets_inside() {
        let admin = siti(UserType::Admin);
        for attempt in [SignInState::Idle, SignInState::Busy, SignInState::refused(WRONG_ROLE)] {
            assert_eq!(Door::of(App::Client, Person::Here(&admin, Reach::Online), &attempt), outside(attempt));
        }
    }

    #[test]
    fn why_a_session_ended_is_said_until_somebody_tries_again() {
        let ended = Person::Nobody(Some("session_ended"));
        assert_eq!(Door::of(App::Client, ended, &SignInState::Idle), outside(SignInState::refused("session_ended")));
        assert_eq!(Door::of(App::Client, ended, &SignInState::Busy), outside(SignInState::Busy));
        assert_eq!(Door::of(App::Client, Person::Nobody(None), &SignInState::Idle), outside(SignInState::Idle));
    }

    #[test]
    fn an_app_that_opens_asks_nobody_to_sign_in() {
        assert_eq!(Door::of(App::Client, Person::Unknown, &SignInState::Idle), Door::Opening);
    }
}
