//! Adding to the list.

use std::time::Duration;

use super::fold::contiguous;
use super::transition::{Progress, Step};
use super::{Attestation, FIRST_PREVIOUS_HASH, WorkEvent, WorkEventKind, WorkRefused};
use crate::values::{BootId, Moment, Timestamp};

/// The server's entry for something that happened `at` and that it heard of at `received_at`. `at` is held between
/// the event before and `received_at`: work is reported after it happened, and in order.
/// `None` means that it is so already, which is success.
///
/// # Errors
/// [`WorkRefused`] when the event does not fit the list.
pub fn append(events: &[WorkEvent], kind: WorkEventKind, at: Timestamp, received_at: Timestamp) -> Result<Option<WorkEvent>, WorkRefused> {
    let next = next_after(events, kind)?;
    Ok(next.map(|place| {
        let wall = at.max(place.earliest).min(received_at);
        place.event(kind, Attestation::Server, wall, None, received_at)
    }))
}

/// The phone's entry for something that happens `now`, by all of its clocks as they stand.
/// `None` means that it is so already, which is success.
///
/// # Errors
/// [`WorkRefused`] when the event does not fit the list.
pub fn append_on_device(events: &[WorkEvent], kind: WorkEventKind, now: &Moment) -> Result<Option<WorkEvent>, WorkRefused> {
    let mono = Some((now.boot.clone(), now.mono));
    let next = next_after(events, kind)?;
    Ok(next.map(|place| place.event(kind, Attestation::Device, now.wall, mono, now.wall)))
}

/// The free place at the end of a list.
struct Place {
    sequence: u32,
    previous_hash: String,
    earliest: Timestamp,
}

impl Place {
    fn event(
        self,
        kind: WorkEventKind,
        attestation: Attestation,
        wall: Timestamp,
        mono: Option<(BootId, Duration)>,
        received_at: Timestamp,
    ) -> WorkEvent {
        let Self { sequence, previous_hash, .. } = self;
        WorkEvent { kind, sequence, wall, mono, received_at, attestation, previous_hash }
    }
}

fn next_after(events: &[WorkEvent], kind: WorkEventKind) -> Result<Option<Place>, WorkRefused> {
    let (list, missing) = contiguous(events)?;
    if let Some(sequence) = missing {
        return Err(WorkRefused::Missing { sequence });
    }
    let progress = list.iter().try_fold(Progress::default(), |progress, event| {
        Ok(match progress.step(event.kind)? {
            Step::To(next) => next,
            Step::AlreadySo => progress,
        })
    })?;
    if progress.step(kind)? == Step::AlreadySo {
        return Ok(None);
    }
    Ok(Some(match list.last() {
        None => Place { sequence: 0, previous_hash: FIRST_PREVIOUS_HASH.to_owned(), earliest: Timestamp::default() },
        // A list without gaps is as long as its last number, far from the end of u32.
        Some(last) => Place { sequence: last.sequence + 1, previous_hash: last.hash(), earliest: last.wall },
    }))
}
