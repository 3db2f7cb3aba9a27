//! What the dashboard of a provider shows.

use rapi_core::Id;
use rapi_core::values::{Order, Rupiah};
use rapi_core::wire::payments::WalletResponse;
use rapi_core::wire::people::{StatsResponse, VerificationStatus};

use crate::jobs::JobStep;
use crate::orders::ServiceName;

/// What the dashboard shows; what is not known yet is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct DashboardView {
    /// Whose it is.
    pub name: String,
    /// How far her identity check has come.
    pub verification: VerificationStatus,
    /// Does she take offers?
    pub online: Option<bool>,
    /// Is the backend reached? Offers come only then.
    pub is_reached: bool,
    /// Has she said what she does? Whoever has not gets no offers.
    pub has_services: Option<bool>,
    /// Is it known where she is?
    pub has_place: bool,
    /// The last seven days; the last of them is today.
    pub week: Option<StatsResponse>,
    /// The stable code of why something of this is not known.
    pub fault: Option<String>,
    /// Minutes worked today.
    pub minutes_today: i64,
    /// Of all her ratings.
    pub rating: Option<f64>,
    /// What she has.
    pub wallet: Option<WalletResponse>,
    /// What she is on, and what waits for her.
    pub jobs: Vec<JobLine>,
    /// How many offers wait for an answer.
    pub offers: usize,
    /// How many notices came in since she looked.
    pub unread: u32,
}

/// A job in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobLine {
    /// Which.
    pub id: Id<Order>,
    /// The kind of work.
    pub service: ServiceName,
    /// Who asked for it.
    pub client: String,
    /// Where, in words.
    pub address: String,
    /// When it was wanted, as people say it.
    pub when: String,
    /// Where it stands.
    pub step: JobStep,
    /// What it brought, once it is billed.
    pub net: Option<Rupiah>,
}

impl DashboardView {
    /// Why the numbers or the switch of somebody approved are not here and will not come by themselves, by its stable code.
    #[must_use]
    pub fn missing(&self) -> Option<String> {
        let lacks = self.is_approved() && (self.week.is_none() || self.online.is_none());
        self.fault.clone().filter(|_| lacks)
    }

    /// The job she is on.
    #[must_use]
    pub fn running(&self) -> Option<&JobLine> {
        self.jobs.iter().find(|job| job.step.is_running())
    }

    /// Those whose work is done and whose money is not here.
    pub fn unpaid(&self) -> impl Iterator<Item = &JobLine> {
        self.jobs.iter().filter(|job| job.step == JobStep::AwaitingPayment)
    }

    /// May she take offers at all?
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.verification == VerificationStatus::Approved
    }
}

/// Where something on the dashboard leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// To a job.
    Job(Id<Order>),
    /// To the offers.
    Offers,
    /// To the identity check.
    Verification,
    /// To the numbers.
    Stats,
    /// To her profile.
    Profile,
    /// To what she has.
    Wallet,
    /// To the inbox.
    Notices,
}
