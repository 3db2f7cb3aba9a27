//! Which of its numbered batches a device has had taken, so that none is taken twice.
//!
//! Numbers grow, and what comes late comes soon after: the last number and a mark for each of the 64 before it are enough, as where
//! packets are told from their copies (RFC 4303, section 3.4.3). A number further back than that is of a phone that began to count anew.

/// The numbers that were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    /// The last of them.
    pub(super) last: u64,
    /// Those before it: bit n stands for `last - 1 - n`.
    pub(super) before: u64,
}

impl Taken {
    /// Was this one taken?
    pub(super) fn has(self, number: u64) -> bool {
        match self.last.checked_sub(number) {
            None => false,
            Some(0) => true,
            Some(back) => back <= 64 && self.before & bit(back) != 0,
        }
    }

    /// After `number` was taken; nothing was before the first.
    pub(super) fn with(taken: Option<Self>, number: u64) -> Self {
        let anew = Self { last: number, before: 0 };
        let Some(Self { last, before }) = taken else { return anew };
        match (number.checked_sub(last), last.checked_sub(number)) {
            (Some(0), _) => Self { last, before },
            (Some(ahead), _) if ahead <= 64 => Self { last: number, before: shifted(before, ahead) | bit(ahead) },
            (_, Some(back)) if back <= 64 => Self { last, before: before | bit(back) },
            _ => anew,
        }
    }
}

/// The mark of a number so far before the last: 1 to 64.
const fn bit(back: u64) -> u64 {
    1 << (back - 1)
}

fn shifted(marks: u64, by: u64) -> u64 {
    u32::try_from(by).ok().and_then(|by| marks.checked_shl(by)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_is_taken_once_however_late_it_comes_while_it_is_at_most_64_back(
            start in any::<u32>(), steps in prop::collection::vec(-64_i64..100, 1..200)
        ) {
            let (mut taken, mut all, mut last) = (None, HashSet::new(), i64::from(start));
            for step in steps {
                let number = last + step;
                let Ok(number) = u64::try_from(number) else { continue };
                let has = taken.is_some_and(|taken: Taken| taken.has(number));
                prop_assert_eq!(has, all.contains(&number), "{} after {:?}", number, taken);
                taken = Some(Taken::with(taken, number));
                all.insert(number);
                last = taken.map_or(last, |taken| taken.last.cast_signed());
            }
        }
    }

    #[test]
    fn a_phone_may_begin_to_count_anew() {
        let taken = Taken::with(Some(Taken { last: 1_000, before: u64::MAX }), 0);
        assert_eq!(taken, Taken { last: 0, before: 0 });
        let taken = Taken::with(Some(taken), 1);
        assert!(taken.has(0) && taken.has(1) && !taken.has(2) && !taken.has(1_000));
    }

    #[test]
    fn the_ends_of_what_a_number_holds_are_numbers_like_others() {
        let taken = Taken::with(Some(Taken::with(None, u64::MAX - 64)), u64::MAX);
        assert!(taken.has(u64::MAX) && taken.has(u64::MAX - 64) && !taken.has(u64::MAX - 63));
        assert!(!Taken::with(None, u64::MAX).has(0));
    }
}
