//! The names of all texts; made by `build.rs` from the catalogues, so that a text cannot be missing where it is used.

include!(concat!(env!("OUT_DIR"), "/words.rs"));

impl Word {
    /// The text for the stable snake_case `code` of a problem; something general for codes of the future.
    #[must_use]
    pub fn of_problem(code: &str) -> Self {
        let key = format!("problem-{}", code.replace('_', "-"));
        Self::ALL.iter().copied().find(|word| word.key() == key).unwrap_or(Self::ProblemOther)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_problem_has_its_own_text() {
        assert_eq!(Word::of_problem("invalid_credentials"), Word::ProblemInvalidCredentials);
        assert_eq!(Word::of_problem("moon_in_the_wrong_house"), Word::ProblemOther);
    }
}
