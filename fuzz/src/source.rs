//! Numbers made of bytes; when the bytes have run out, zeros.

/// Where numbers come from.
pub struct Source<'a>(&'a [u8]);

impl<'a> Source<'a> {
    /// Takes from the front of `bytes`.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Is there nothing left?
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    /// The next `N` bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }

    /// A number of 0…1.
    pub fn fraction(&mut self) -> f64 {
        f64::from(u32::from_le_bytes(self.bytes())) / f64::from(u32::MAX)
    }

    /// Any single-precision number, those that are none included.
    pub fn float(&mut self) -> f32 {
        f32::from_le_bytes(self.bytes())
    }
}
