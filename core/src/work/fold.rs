//! From the list to the session.

use std::time::Duration;

use super::session::RunningSince;
use super::transition::{Progress, Step};
use super::{PauseSpan, ServerWindow, SessionStatus, WorkEvent, WorkEventKind, WorkRefused, WorkSession};

/// How far a wall clock may be from the server's and still count as set right. Wide enough for a slow network.
const ANCHOR_TOLERANCE: Duration = Duration::from_secs(60);

/// The session that `events` tell of, in whatever order and however often they are listed; `None` before the start.
/// Events behind a gap wait until it is filled (see [`WorkSession::missing`]); repeated ones change nothing.
///
/// `limit` is the server's own window, which bounds what is billed.
///
/// # Errors
/// [`WorkRefused`] when the list contradicts itself.
pub fn fold(events: &[WorkEvent], limit: Option<ServerWindow>) -> Result<Option<WorkSession>, WorkRefused> {
    let (list, missing) = contiguous(events)?;
    let mut progress = Progress::default();
    let mut session: Option<WorkSession> = None;
    for event in list {
        if let Step::To(next) = progress.step(event.kind)? {
            progress = next;
            match &mut session {
                None if event.kind == WorkEventKind::Start => session = Some(started(event, limit)),
                None => {}
                Some(session) => session.apply(event),
            }
        }
    }
    Ok(session.map(|session| WorkSession { missing, ..session }))
}

/// The events in order, each once as it was first heard. Two that differ in more than the hearing both stay.
pub(super) fn distinct(events: &[WorkEvent]) -> Vec<&WorkEvent> {
    let mut list: Vec<&WorkEvent> = events.iter().collect();
    list.sort_by_key(|event| (event.sequence, event.received_at));
    list.dedup_by(|later, first| later.sequence == first.sequence && later.hash() == first.hash());
    list
}

/// The events in order, each once, up to the first gap; and where that gap is.
pub(super) fn contiguous(events: &[WorkEvent]) -> Result<(Vec<&WorkEvent>, Option<u32>), WorkRefused> {
    let mut list = distinct(events);
    if let Some(pair) = list.windows(2).find(|pair| pair[0].sequence == pair[1].sequence) {
        return Err(WorkRefused::Forked { sequence: pair[0].sequence });
    }
    let unbroken = (0u32..).zip(&list).take_while(|(expected, event)| event.sequence == *expected).count();
    let missing = if unbroken == list.len() { None } else { u32::try_from(unbroken).ok() };
    list.truncate(unbroken);
    Ok((list, missing))
}

fn running_since(event: &WorkEvent) -> RunningSince {
    RunningSince { wall: event.wall, mono: event.mono.clone(), anchored: is_anchored(event) }
}

fn started(event: &WorkEvent, window: Option<ServerWindow>) -> WorkSession {
    WorkSession {
        status: SessionStatus::Started,
        start_time: event.wall,
        end_time: None,
        pauses: Vec::new(),
        clock_unsure: false,
        missing: None,
        finished: Duration::ZERO,
        running_since: Some(running_since(event)),
        window,
    }
}

impl WorkSession {
    /// Takes in an event that is known to be legal here.
    fn apply(&mut self, event: &WorkEvent) {
        match event.kind {
            WorkEventKind::Pause => {
                self.finish_stretch(event);
                self.status = SessionStatus::Paused;
                self.pauses.push(PauseSpan { paused_at: event.wall, resumed_at: None });
            }
            WorkEventKind::Resume => {
                self.status = SessionStatus::Started;
                self.running_since = Some(running_since(event));
                if let Some(pause) = self.pauses.last_mut() {
                    pause.resumed_at = Some(event.wall);
                }
            }
            WorkEventKind::Stop => {
                self.finish_stretch(event);
                self.status = SessionStatus::Completed;
                self.end_time = Some(event.wall);
            }
            WorkEventKind::Depart | WorkEventKind::Arrive | WorkEventKind::Start => {}
        }
    }

    fn finish_stretch(&mut self, end: &WorkEvent) {
        let Some(since) = self.running_since.take() else { return };
        let by_mono = match (&since.mono, &end.mono) {
            (Some((boot, start)), Some((end_boot, end))) if boot == end_boot => end.checked_sub(*start),
            _ => None,
        };
        let stretch = by_mono.unwrap_or_else(|| {
            self.clock_unsure |= !since.anchored || !is_anchored(end) || end.wall < since.wall;
            end.wall.since(since.wall)
        });
        self.finished = self.finished.saturating_add(stretch);
    }
}

/// Does the server vouch for the wall time of this event? Yes when it heard of it at about that time; an event from
/// the time without a network rests on the phone's clock alone.
fn is_anchored(event: &WorkEvent) -> bool {
    let ahead = event.wall.since(event.received_at);
    let behind = event.received_at.since(event.wall);
    ahead.max(behind) <= ANCHOR_TOLERANCE
}
