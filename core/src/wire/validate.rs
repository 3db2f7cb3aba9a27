//! Checks that shape alone cannot make: lengths, ranges, formats.

use std::ops::RangeInclusive;

use super::FieldError;

/// A request that can tell what is wrong with it.
pub trait Validate {
    /// Adds every fault to `checks`.
    fn validate(&self, checks: &mut Checks);

    /// All faults at once.
    ///
    /// # Errors
    /// The faults, at least one.
    fn validated(&self) -> Result<(), Vec<FieldError>> {
        let mut checks = Checks::default();
        self.validate(&mut checks);
        checks.finish()
    }
}

/// Collects faults, each with the name of its field.
#[derive(Debug, Default)]
pub struct Checks {
    faults: Vec<FieldError>,
}

impl Checks {
    /// Adds a fault.
    pub fn fault(&mut self, field: &str, code: &str, message: impl Into<String>) {
        self.faults.push(FieldError::new(field, code, message));
    }

    /// Adds a fault unless `holds`.
    pub fn holds(&mut self, holds: bool, field: &str, code: &str, message: &str) {
        if !holds {
            self.fault(field, code, message);
        }
    }

    /// Text of `length` characters; required text (a range from 1) must not be blank, and none may hold control characters
    /// other than line breaks and tabs.
    pub fn text(&mut self, field: &str, text: &str, length: RangeInclusive<usize>) {
        let count = text.chars().count();
        if count > *length.end() {
            self.fault(field, "too_long", format!("at most {} characters", length.end()));
        } else if count < *length.start() {
            self.fault(field, "too_short", format!("at least {} characters", length.start()));
        } else if *length.start() > 0 && text.trim().is_empty() {
            self.fault(field, "blank", "must not be blank");
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.fault(field, "invalid", "must not hold control characters");
        }
    }

    /// The same for text that may be absent.
    pub fn optional_text(&mut self, field: &str, text: Option<&str>, length: RangeInclusive<usize>) {
        if let Some(text) = text {
            self.text(field, text, length);
        }
    }

    /// A number within `range`.
    pub fn range<T: PartialOrd + std::fmt::Display>(&mut self, field: &str, value: T, range: RangeInclusive<T>) {
        if !range.contains(&value) {
            self.fault(field, "out_of_range", format!("must be within {} and {}", range.start(), range.end()));
        }
    }

    /// A position in degrees.
    pub fn position(&mut self, latitude: f64, longitude: f64) {
        self.range("latitude", latitude, -90.0..=90.0);
        self.range("longitude", longitude, -180.0..=180.0);
    }

    /// The number of a bank account: 5 to 34 digits.
    pub fn bank_account_number(&mut self, number: &str) {
        let is_number = (5..=34).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit());
        self.holds(is_number, "bank_account_number", "invalid", "must be 5 to 34 digits");
    }

    /// A list of at most `most` items.
    pub fn at_most<T>(&mut self, field: &str, items: &[T], most: usize) {
        self.holds(items.len() <= most, field, "too_many", &format!("at most {most} items"));
    }

    /// A list of short texts, such as addresses of files.
    pub fn texts(&mut self, field: &str, texts: &[String], most: usize, length: RangeInclusive<usize>) {
        self.at_most(field, texts, most);
        for (index, text) in texts.iter().enumerate().take(most) {
            self.text(&format!("{field}[{index}]"), text, length.clone());
        }
    }

    /// What was found.
    ///
    /// # Errors
    /// The faults, at least one.
    pub fn finish(self) -> Result<(), Vec<FieldError>> {
        if self.faults.is_empty() { Ok(()) } else { Err(self.faults) }
    }
}
