//! Which event may follow what: the one place that knows, for adding and for folding alike.

use super::{WorkEventKind, WorkRefused};

/// How far the list has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Progress {
    departed: bool,
    arrived: bool,
    paused_before: bool,
    work: Work,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Work {
    #[default]
    NotStarted,
    Running,
    Paused,
    Stopped,
}

/// What an event does to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It moves on to this.
    To(Progress),
    /// Nothing: it is so already. Phones retry.
    AlreadySo,
}

impl Progress {
    /// What `kind` does now. Departing and arriving may be missing (their order knows better), never late.
    pub(super) fn step(self, kind: WorkEventKind) -> Result<Step, WorkRefused> {
        use WorkEventKind as K;
        let already = match (kind, self.work) {
            (K::Depart, _) => self.departed,
            (K::Arrive, _) => self.arrived,
            (K::Start, work) => work != Work::NotStarted,
            (K::Pause, work) => work == Work::Paused,
            (K::Resume, work) => work == Work::Running && self.paused_before,
            (K::Stop, work) => work == Work::Stopped,
        };
        if already { Ok(Step::AlreadySo) } else { self.advance(kind).map(Step::To) }
    }

    fn advance(self, kind: WorkEventKind) -> Result<Self, WorkRefused> {
        use WorkEventKind as K;
        match (kind, self.work) {
            (K::Depart, Work::NotStarted) if !self.arrived => Ok(Self { departed: true, ..self }),
            (K::Arrive, Work::NotStarted) => Ok(Self { arrived: true, ..self }),
            (K::Depart | K::Arrive, _) => Err(WorkRefused::TooLate { kind }),
            (K::Pause, Work::Running) => Ok(Self { work: Work::Paused, paused_before: true, ..self }),
            (K::Start, _) | (K::Resume, Work::Paused) => Ok(Self { work: Work::Running, ..self }),
            (K::Stop, Work::Running | Work::Paused) => Ok(Self { work: Work::Stopped, ..self }),
            (K::Pause | K::Resume | K::Stop, Work::NotStarted) => Err(WorkRefused::NotStarted { kind }),
            (K::Resume, Work::Running) => Err(WorkRefused::NotPaused),
            (K::Pause | K::Resume | K::Stop, _) => Err(WorkRefused::Stopped),
        }
    }
}
