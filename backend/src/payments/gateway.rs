//! Payment gateways: who takes the client's money when it is neither cash nor in the wallet.

use std::time::Duration;

use async_trait::async_trait;
use rapi_core::Rupiah;
use rapi_core::wire::payments::PaymentMethod;

use crate::app::App;
use crate::platform::ApiResult;
use crate::platform::fail_points::{self, Point};
use crate::settings::GatewaySettings;

/// Money asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Charge {
    /// Our name for it, different for each attempt.
    pub(super) reference: String,
    /// How much.
    pub(super) amount: Rupiah,
    /// How the client means to pay.
    pub(super) method: PaymentMethod,
}

/// The gateway's answer to a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Charged {
    /// The gateway's name for it.
    pub(super) external_id: String,
    /// Where the client pays.
    pub(super) redirect_url: Option<String>,
    /// What the client scans.
    pub(super) qr_string: Option<String>,
    /// How long both are good for.
    pub(super) open_for: Duration,
    /// When it is worth asking how it went.
    pub(super) ask_after: Duration,
}

/// How a charge went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The money is there.
    Paid,
    /// It will not come.
    Refused,
}

/// Takes money for us.
#[async_trait]
pub(super) trait PaymentGateway: Send + Sync {
    /// Its name in tables and on receipts.
    fn name(&self) -> &'static str;

    /// Asks for money. The same reference is the same charge.
    async fn charge(&self, charge: &Charge) -> ApiResult<Charged>;

    /// How a charge went, by the gateway's name for it.
    async fn outcome(&self, external_id: &str, amount: Rupiah) -> ApiResult<Outcome>;
}

/// The gateway of this backend.
pub(super) fn of(app: &App) -> impl PaymentGateway {
    Simulator { settings: app.settings.gateway }
}

/// Asks the gateway of this backend for money.
pub(super) async fn charge(app: &App, charge: &Charge) -> ApiResult<Charged> {
    fail_points::pass(Point::GatewayCalling)?;
    let charged = of(app).charge(charge).await?;
    fail_points::pass(Point::GatewayCalled)?;
    Ok(charged)
}

/// A gateway for development: pays by itself after a while, unless the amount ends in 999. Moves no real money; a backend for people
/// refuses to start on it.
struct Simulator {
    settings: GatewaySettings,
}

#[async_trait]
impl PaymentGateway for Simulator {
    fn name(&self) -> &'static str {
        "simulator"
    }

    async fn charge(&self, charge: &Charge) -> ApiResult<Charged> {
        let external_id = format!("sim-{}", charge.reference);
        let amount = charge.amount.get();
        let is_scanned = charge.method == PaymentMethod::EWallet;
        Ok(Charged {
            redirect_url: (!is_scanned).then(|| format!("https://gateway.invalid/pay/{external_id}?amount={amount}")),
            qr_string: is_scanned.then(|| format!("RAPI.SIMULATOR.{external_id}.IDR.{amount}")),
            external_id,
            open_for: self.settings.open_for(),
            ask_after: self.settings.simulator_pays_after(),
        })
    }

    async fn outcome(&self, _external_id: &str, amount: Rupiah) -> ApiResult<Outcome> {
        Ok(if amount.get() % 1000 == 999 { Outcome::Refused } else { Outcome::Paid })
    }
}
