//! What is filled in outside, and what is wrong with it as far as can be told without asking.

use rapi_core::people::{Email, Phone};
use rapi_core::session::{WeakPassword, check_password, is_otp_code};
use rapi_core::wire::Secret;

use crate::text::Word;

/// What is wrong with each field of a form, by the field's name.
pub type Faults = Vec<(&'static str, Word)>;

/// The name of each field.
pub mod field {
    /// E-mail address or phone number.
    pub const WHO: &str = "who";
    /// Password.
    pub const PASSWORD: &str = "password";
    /// Full name.
    pub const NAME: &str = "name";
    /// E-mail address.
    pub const EMAIL: &str = "email";
    /// Phone number.
    pub const PHONE: &str = "phone";
    /// One-time code.
    pub const CODE: &str = "code";
}

/// Whoever has an account. Has no `Debug`, as no form here: addresses and passwords are not for printing.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SignInForm {
    /// E-mail address or phone number, without the space around it.
    pub who: String,
    /// The password, exactly as typed.
    pub password: Secret,
}

/// Whoever wants one.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct RegisterForm {
    /// Full name, without the space around it.
    pub name: String,
    /// E-mail address, without the space around it.
    pub email: String,
    /// Phone number, in any usual writing.
    pub phone: String,
    /// The password, exactly as typed.
    pub password: Secret,
}

/// Whoever forgot the password and has the code.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ResetForm {
    /// The address that the code went to.
    pub email: String,
    /// The six digits.
    pub code: String,
    /// The new password, exactly as typed.
    pub password: Secret,
}

impl SignInForm {
    /// Takes what was typed.
    #[must_use]
    pub fn new(who: &str, password: impl Into<Secret>) -> Self {
        Self { who: who.trim().to_owned(), password: password.into() }
    }

    /// What keeps it from being sent.
    #[must_use]
    pub fn faults(&self) -> Faults {
        let is_either = self.who.parse::<Email>().is_ok() || self.who.parse::<Phone>().is_ok();
        let who = match self.who.as_str() {
            "" => Some(Word::SignInWhoMissing),
            _ if is_either => None,
            _ => Some(Word::SignInWhoUnclear),
        };
        let password = self.password.expose().is_empty().then_some(Word::SignInPasswordMissing);
        collect([(field::WHO, who), (field::PASSWORD, password)])
    }
}

impl RegisterForm {
    /// What keeps it from being sent.
    #[must_use]
    pub fn faults(&self) -> Faults {
        collect([
            (field::NAME, self.name.is_empty().then_some(Word::RegisterNameMissing)),
            (field::EMAIL, email_fault(&self.email)),
            (field::PHONE, self.phone.parse::<Phone>().is_err().then_some(Word::RegisterPhoneUnclear)),
            (field::PASSWORD, password_fault(&self.password, &self.email)),
        ])
    }
}

impl ResetForm {
    /// What keeps it from being sent.
    #[must_use]
    pub fn faults(&self) -> Faults {
        collect([(field::CODE, code_fault(&self.code)), (field::PASSWORD, password_fault(&self.password, &self.email))])
    }
}

/// What is wrong with an e-mail address.
#[must_use]
pub fn email_fault(email: &str) -> Option<Word> {
    email.parse::<Email>().is_err().then_some(Word::RegisterEmailUnclear)
}

/// What is wrong with a one-time code.
#[must_use]
pub fn code_fault(code: &str) -> Option<Word> {
    (!is_otp_code(code)).then_some(Word::CodeUnclear)
}

fn password_fault(password: &Secret, email: &str) -> Option<Word> {
    match check_password(password.expose(), email) {
        Ok(()) => None,
        Err(WeakPassword::TooShort | WeakPassword::Blank) => Some(Word::PasswordTooShort),
        Err(WeakPassword::TooLong) => Some(Word::PasswordTooLong),
        Err(_) => Some(Word::PasswordTooEasy),
    }
}

fn collect<const N: usize>(faults: [(&'static str, Option<Word>); N]) -> Faults {
    faults.into_iter().filter_map(|(name, fault)| fault.map(|fault| (name, fault))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_or_a_number_with_a_password_can_be_sent() {
        for who in ["siti@example.com", " Siti@Example.com ", "0812-3456-7890", "+62 812 3456 7890"] {
            assert_eq!(SignInForm::new(who, "rahasia").faults(), [], "{who}");
        }
        assert_eq!(SignInForm::new(" siti@example.com\n", " a ").who, "siti@example.com");
    }

    #[test]
    fn the_spaces_of_a_password_are_kept() {
        assert_eq!(SignInForm::new("siti@example.com", " a ").password.expose(), " a ");
        assert_eq!(SignInForm::new("siti@example.com", " ").faults(), []);
    }

    #[test]
    fn every_field_says_what_it_lacks() {
        let faults = |who: &str, password: &str| SignInForm::new(who, password).faults();
        assert_eq!(faults("  ", ""), [(field::WHO, Word::SignInWhoMissing), (field::PASSWORD, Word::SignInPasswordMissing)]);
        assert_eq!(faults("siti", "rahasia"), [(field::WHO, Word::SignInWhoUnclear)]);
        let names: Vec<&str> = RegisterForm::default().faults().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, [field::NAME, field::EMAIL, field::PHONE, field::PASSWORD]);
    }

    #[test]
    fn a_password_that_everybody_tries_is_refused_before_it_is_sent() {
        let form = |password: &str| RegisterForm {
            name: "Siti Ayu".into(),
            email: "siti@example.com".into(),
            phone: "0812-3456-7890".into(),
            password: password.into(),
        };
        assert_eq!(form("kuda-laut-7").faults(), []);
        assert_eq!(form("12345678").faults(), [(field::PASSWORD, Word::PasswordTooEasy)]);
        assert_eq!(form("pendek").faults(), [(field::PASSWORD, Word::PasswordTooShort)]);
    }

    #[test]
    fn a_code_is_six_digits() {
        assert_eq!(["123456", "000000"].map(code_fault), [None; 2]);
        assert_eq!(["12345", "1234567", "12345a", ""].map(code_fault), [Some(Word::CodeUnclear); 4]);
    }
}
