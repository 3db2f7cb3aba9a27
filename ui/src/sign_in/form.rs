//! What is filled in to sign in.

use rapi_core::people::{Email, Phone};
use rapi_core::wire::Secret;

use crate::text::Word;

/// What was filled in. Has no `Debug`: addresses and passwords are not for printing.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SignInForm {
    /// E-mail address or phone number, without the space around it.
    pub who: String,
    /// The password, exactly as typed.
    pub password: Secret,
}

/// What is wrong with each field, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fault {
    /// With the e-mail address or phone number.
    pub who: Option<Word>,
    /// With the password.
    pub password: Option<Word>,
}

impl SignInForm {
    /// Takes what was typed.
    #[must_use]
    pub fn new(who: &str, password: impl Into<Secret>) -> Self {
        Self { who: who.trim().to_owned(), password: password.into() }
    }

    /// Can this be sent?
    ///
    /// # Errors
    /// The [`Fault`]s that are plain without asking anybody.
    pub fn check(&self) -> Result<(), Fault> {
        let fault = Fault { who: self.fault_of_who(), password: self.password.expose().is_empty().then_some(Word::SignInPasswordMissing) };
        if fault == Fault::default() { Ok(()) } else { Err(fault) }
    }

    fn fault_of_who(&self) -> Option<Word> {
        let is_either = self.who.parse::<Email>().is_ok() || self.who.parse::<Phone>().is_ok();
        match self.who.as_str() {
            "" => Some(Word::SignInWhoMissing),
            _ if is_either => None,
            _ => Some(Word::SignInWhoUnclear),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(who: &str, password: &str) -> Fault {
        SignInForm::new(who, password).check().err().unwrap_or_default()
    }

    #[test]
    fn an_address_or_a_number_with_a_password_can_be_sent() {
        for who in ["siti@example.com", " Siti@Example.com ", "0812-3456-7890", "+62 812 3456 7890"] {
            assert!(SignInForm::new(who, "rahasia").check().is_ok(), "{who}");
        }
        assert_eq!(SignInForm::new(" siti@example.com\n", " a ").who, "siti@example.com");
    }

    #[test]
    fn the_spaces_of_a_password_are_kept() {
        assert_eq!(SignInForm::new("siti@example.com", " a ").password.expose(), " a ");
        assert!(SignInForm::new("siti@example.com", " ").check().is_ok());
    }

    #[test]
    fn every_field_says_what_it_lacks() {
        assert_eq!(faults("  ", ""), Fault { who: Some(Word::SignInWhoMissing), password: Some(Word::SignInPasswordMissing) });
        assert_eq!(faults("siti", "rahasia"), Fault { who: Some(Word::SignInWhoUnclear), password: None });
        assert_eq!(faults("siti@example.com", ""), Fault { who: None, password: Some(Word::SignInPasswordMissing) });
    }
}
