//! What a connection wears: the library hands its text to every hook.

use std::fmt;
use std::str::FromStr;

use rapi_core::wire::people::UserType;
use rapi_core::{Id, Timestamp};

use super::gate::Admitted;

/// Who is behind a connection, since when, and which connection it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Badge {
    pub(super) admitted: Admitted,
    pub(super) since: Timestamp,
    /// Unique in this process: a client id may be taken over by a later connection.
    pub(super) serial: u64,
}

/// Text that is no badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoBadge;

impl fmt::Display for Badge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Admitted { user, session, role } = self.admitted;
        write!(f, "{user} {session} {} {} {}", role.as_str(), self.since.micros(), self.serial)
    }
}

impl FromStr for Badge {
    type Err = NoBadge;

    fn from_str(text: &str) -> Result<Self, NoBadge> {
        let mut parts = text.split(' ');
        let mut next = || parts.next().ok_or(NoBadge);
        let user: Id<_> = next()?.parse().map_err(|_| NoBadge)?;
        let session = next()?.parse().map_err(|_| NoBadge)?;
        let role: UserType = next()?.parse().map_err(|_| NoBadge)?;
        let since = Timestamp::from_micros(next()?.parse().map_err(|_| NoBadge)?);
        let serial = next()?.parse().map_err(|_| NoBadge)?;
        Ok(Self { admitted: Admitted { user, session, role }, since, serial })
    }
}

/// The badge in what the library calls the user id.
pub(super) fn read(user_id: Option<&str>) -> Option<Badge> {
    user_id?.parse().ok()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_badge_reads_as_it_is_written() {
        let admitted = Admitted { user: Id::new(Uuid::from_u128(1)), session: Uuid::from_u128(2), role: UserType::ServiceProvider };
        let badge = Badge { admitted, since: Timestamp::from_micros(1_790_000_000_000_000), serial: 7 };
        assert_eq!(read(Some(&badge.to_string())), Some(badge));
        assert_eq!((read(None), read(Some("")), read(Some("a b c d e"))), (None, None, None));
    }
}
