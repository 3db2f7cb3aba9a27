//! Why each provider was, or was not, offered an order.

use dioxus::prelude::*;
use rapi_core::dispatch::PassedOver;
use rapi_core::wire::OrUnknown;
use rapi_core::wire::admin::{DispatchCandidate, DispatchExplanation};

use super::Kept;
use crate::controls::TagTone;
use crate::desk::Nothing;
use crate::formats::{Zoned, distance};
use crate::text::{Word, text};

/// What became of somebody who was considered.
pub type Outcome = (TagTone, Kept);

/// One provider considered.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateView {
    /// Name.
    pub name: String,
    /// How far she was, in kilometres.
    pub distance_km: f64,
    /// In which wave, from 1.
    pub wave: i32,
    /// What became of it.
    pub outcome: Outcome,
    /// When.
    pub at: Zoned,
}

impl CandidateView {
    /// `candidate`, with times of the zone of the order.
    #[must_use]
    pub fn of(candidate: &DispatchCandidate, time_zone: &str) -> Self {
        let at = candidate.declined_at.or(candidate.seen_at).unwrap_or(candidate.notified_at);
        Self {
            name: candidate.full_name.clone(),
            distance_km: candidate.distance_km,
            wave: candidate.wave + 1,
            outcome: outcome(candidate),
            at: Zoned::of(at, time_zone),
        }
    }
}

/// What became of `candidate`: she took it, said no, has not answered, or was never asked, and why.
#[must_use]
pub fn outcome(candidate: &DispatchCandidate) -> Outcome {
    let word = |tone, word| (tone, Kept::Word(word));
    match (&candidate.passed_over, candidate) {
        (_, DispatchCandidate { is_accepted: true, .. }) => word(TagTone::Good, Word::AdminDispatchTook),
        (_, DispatchCandidate { declined_at: Some(_), .. }) => word(TagTone::Warn, Word::AdminDispatchDeclined),
        (_, DispatchCandidate { was_offered: true, seen_at: Some(_), .. }) => word(TagTone::Info, Word::AdminDispatchSeen),
        (_, DispatchCandidate { was_offered: true, .. }) => word(TagTone::Info, Word::AdminDispatchOffered),
        (Some(OrUnknown::Known(reason)), _) => word(TagTone::Quiet, passed_over(*reason)),
        (Some(OrUnknown::Unknown(reason)), _) => (TagTone::Quiet, Kept::Text(reason.clone())),
        (None, _) => word(TagTone::Quiet, Word::AdminDispatchNotAsked),
    }
}

/// Why somebody was not asked.
const fn passed_over(reason: PassedOver) -> Word {
    match reason {
        PassedOver::NotApproved => Word::AdminPassedNotApproved,
        PassedOver::Suspended => Word::AdminPassedSuspended,
        PassedOver::Offline => Word::AdminPassedOffline,
        PassedOver::OutsideWorkingHours => Word::AdminPassedHours,
        PassedOver::DifferentService => Word::AdminPassedService,
        PassedOver::OnAJob => Word::AdminPassedOnAJob,
        PassedOver::PositionTooOld => Word::AdminPassedPosition,
        PassedOver::CashDebt => Word::AdminPassedDebt,
        PassedOver::AlreadyAsked => Word::AdminPassedAsked,
        PassedOver::OutsideRadius => Word::AdminPassedRadius,
        PassedOver::NotPreferred => Word::AdminPassedNotPreferred,
    }
}

/// Everybody who was considered, in that order.
#[component]
pub fn DispatchSection(dispatch: DispatchExplanation, time_zone: String) -> Element {
    let text = text();
    let clock = |at| Zoned::of(at, &time_zone).clock_with_zone(text.language());
    let search = match (dispatch.broadcast_time, dispatch.gives_up_at) {
        (Some(from), Some(to)) => Some(text.fill(Word::AdminDispatchFromTo, [("from", clock(from)), ("to", clock(to))])),
        (Some(from), None) => Some(text.fill(Word::AdminDispatchFrom, [("from", clock(from))])),
        (None, _) => None,
    };
    let candidates: Vec<CandidateView> = dispatch.candidates.iter().map(|one| CandidateView::of(one, &time_zone)).collect();
    rsx! {
        if let Some(search) = search {
            p { class: "small mute", "{search}" }
        }
        if candidates.is_empty() {
            Nothing { said: text.say(if dispatch.broadcast_time.is_some() { Word::AdminDispatchNobody } else { Word::AdminDispatchNotYet }) }
        }
        ul { class: "desk-candidates",
            for (at, candidate) in candidates.into_iter().enumerate() {
                li { key: "{at}", class: "desk-candidate",
                    div { class: "between",
                        span { class: "strong clip", "{candidate.name}" }
                        span { class: "tiny mute", {candidate.at.clock(text.language())} }
                    }
                    div { class: "between desk-candidate-second",
                        span { class: "desk-candidate-outcome desk-candidate-{candidate.outcome.0.slug()}", {candidate.outcome.1.say(text)} }
                        span { class: "tiny mute",
                            {distance(candidate.distance_km, text.language())}
                            " · "
                            {text.fill(Word::AdminWave, [("wave", candidate.wave)])}
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::{Id, Timestamp};

    use super::*;

    fn candidate() -> DispatchCandidate {
        DispatchCandidate {
            provider_id: Id::new(Default::default()),
            full_name: "Wati Lestari".into(),
            wave: 0,
            distance_km: 1.4,
            was_offered: false,
            passed_over: None,
            notified_at: Timestamp::default(),
            seen_at: None,
            declined_at: None,
            is_accepted: false,
        }
    }

    #[test]
    fn every_reason_to_pass_somebody_over_is_said_in_its_own_words() {
        let said: Vec<Word> = PassedOver::ALL.into_iter().map(passed_over).collect();
        for (at, word) in said.iter().enumerate() {
            assert!(!said[..at].contains(word), "{word:?}");
        }
    }

    #[test]
    fn an_answer_says_more_than_an_offer() {
        let offered = DispatchCandidate { was_offered: true, ..candidate() };
        let seen = DispatchCandidate { seen_at: Some(Timestamp::default()), ..offered.clone() };
        let declined = DispatchCandidate { declined_at: Some(Timestamp::default()), ..seen.clone() };
        let took = DispatchCandidate { is_accepted: true, ..seen.clone() };
        let words = [offered, seen, declined, took].map(|one| outcome(&one).1);
        let expected = [Word::AdminDispatchOffered, Word::AdminDispatchSeen, Word::AdminDispatchDeclined, Word::AdminDispatchTook];
        assert_eq!(words, expected.map(Kept::Word));
    }

    #[test]
    fn who_was_passed_over_for_a_reason_from_the_future_keeps_that_word() {
        let strange = DispatchCandidate { passed_over: Some(OrUnknown::Unknown("on_the_moon".into())), ..candidate() };
        assert_eq!(outcome(&strange), (TagTone::Quiet, Kept::Text("on_the_moon".into())));
        assert_eq!(outcome(&candidate()).1, Kept::Word(Word::AdminDispatchNotAsked));
    }
}
