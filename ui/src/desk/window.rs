//! Which rows of a long table are seen.

use std::ops::Range;

/// How high a row is, in pixels.
pub const ROW: u32 = 52;
/// How many rows are drawn beyond either edge, so that a turn of the wheel meets no gap.
const BEYOND: usize = 8;

/// The rows that are seen of `rows` when the list is scrolled down by `top` in a window `height` pixels high, and a few more.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels below the number of rows; negative ones are 0")]
pub fn visible(top: f64, height: f64, rows: usize) -> Range<usize> {
    let first = (top.max(0.0) / f64::from(ROW)).floor() as usize;
    let many = (height.max(0.0) / f64::from(ROW)).ceil() as usize + 1;
    let end = first.saturating_add(many).saturating_add(BEYOND).min(rows);
    first.saturating_sub(BEYOND).min(end)..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_seen_is_drawn_however_long_the_list_is() {
        assert_eq!(visible(0.0, 520.0, 10_000), 0..19);
        assert_eq!(visible(52.0 * 5_000.0, 520.0, 10_000), 4_992..5_019);
        assert_eq!(visible(52.0 * 9_990.0, 520.0, 10_000), 9_982..10_000);
    }

    #[test]
    fn a_short_list_is_drawn_whole_and_an_overshoot_is_harmless() {
        assert_eq!([visible(0.0, 520.0, 3), visible(-40.0, 520.0, 3), visible(9_999.0, 520.0, 3)], [0..3, 0..3, 3..3]);
        assert_eq!(visible(0.0, 0.0, 0), 0..0);
    }
}
