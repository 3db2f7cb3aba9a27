//! Half bytes, written high half first, and numbers made of them.
//!
//! A number is its base-8 digits, lowest first, one a nibble; the nibble's high bit says that another follows.
//! A signed number is zig-zagged first: 0, −1, 1, −2 … become 0, 1, 2, 3 …

/// Digits of the longest number, 64 bits.
const MAX_DIGITS: u32 = 22;

/// Writes nibbles; an odd one out is filled up with a zero.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    half_full: bool,
}

impl Writer {
    /// Writes the low four bits.
    pub(super) fn nibble(&mut self, value: u8) {
        match self.bytes.last_mut() {
            Some(last) if self.half_full => *last |= value & 0xf,
            _ => self.bytes.push(value << 4),
        }
        self.half_full = !self.half_full;
    }

    /// Writes the low `4 × nibbles` bits, highest first.
    pub(super) fn fixed(&mut self, value: u64, nibbles: u32) {
        for index in (0..nibbles).rev() {
            self.nibble((value >> (4 * index) & 0xf) as u8);
        }
    }

    /// Writes a number in as few nibbles as it needs.
    pub(super) fn unsigned(&mut self, mut value: u64) {
        while value > 7 {
            self.nibble((value & 7) as u8 | 8);
            value >>= 3;
        }
        self.nibble(value as u8);
    }

    /// Writes a signed number likewise.
    pub(super) fn signed(&mut self, value: i64) {
        self.unsigned((value << 1 ^ value >> 63).cast_unsigned());
    }

    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads nibbles; every read is `None` past the end.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Reader<'a> {
    /// Reads from the start of `bytes`.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0 }
    }

    /// The next nibble.
    pub(super) fn nibble(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.position / 2)?;
        let nibble = if self.position.is_multiple_of(2) { byte >> 4 } else { byte & 0xf };
        self.position += 1;
        Some(nibble)
    }

    /// The next `nibbles` (at most 16) as one number.
    pub(super) fn fixed(&mut self, nibbles: u32) -> Option<u64> {
        (0..nibbles).try_fold(0, |value, _| Some(value << 4 | u64::from(self.nibble()?)))
    }

    /// The next number; `None` also when it does not fit.
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for index in 0..MAX_DIGITS {
            let nibble = self.nibble()?;
            let digit = u64::from(nibble & 7);
            let placed = digit << (3 * index);
            if placed >> (3 * index) != digit {
                return None;
            }
            value |= placed;
            if nibble & 8 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// The next signed number.
    pub(super) fn signed(&mut self) -> Option<i64> {
        let value = self.unsigned()?;
        Some((value >> 1).cast_signed() ^ -((value & 1).cast_signed()))
    }

    /// Is nothing left but the filling?
    pub(super) fn is_at_end(&mut self) -> bool {
        self.position.is_multiple_of(2) && self.position / 2 == self.bytes.len()
            || self.position.div_ceil(2) == self.bytes.len() && self.nibble() == Some(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_read_as_they_were_written(signed: i64, unsigned: u64, fixed in 0u64..1 << 28) {
            let mut writer = Writer::default();
            writer.signed(signed);
            writer.fixed(fixed, 7);
            writer.unsigned(unsigned);
            let bytes = writer.into_bytes();
            let mut reader = Reader::new(&bytes);
            prop_assert_eq!(reader.signed(), Some(signed));
            prop_assert_eq!(reader.fixed(7), Some(fixed));
            prop_assert_eq!(reader.unsigned(), Some(unsigned));
            prop_assert!(reader.is_at_end());
        }
    }

    #[test]
    fn a_number_that_does_not_fit_is_none() {
        assert_eq!(Reader::new(&[0xff; 11]).unsigned(), None);
        assert_eq!(Reader::new(&[0xff; 10]).unsigned(), None);
        let mut sixty_six_bits = [0xff; 11];
        sixty_six_bits[10] = 0xf7;
        assert_eq!(Reader::new(&sixty_six_bits).unsigned(), None);
    }
}
