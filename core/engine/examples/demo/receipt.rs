//! What is left of an order: a receipt, and what everybody has now.

use rapi_engine::EngineError;
use rapi_engine::core::Id;
use rapi_engine::core::values::Order;
use rapi_engine::core::wire::orders::{OrderDetail, TimelineItem};
use rapi_engine::core::wire::payments::PaymentResponse;

use crate::cast::Cast;
use crate::stage::{Failed, Stage};

const WIDTH: usize = 58;

/// The receipt of a completed order.
pub async fn print(stage: &Stage, cast: &Cast, order: Id<Order>) -> Result<(), Failed> {
    let api = cast.client.api();
    let detail = stage.step("Ayu opens the receipt", api.order(order)).await?;
    let payment = stage.step("and the bill", api.payment(order)).await?;
    let timeline = stage.step("and the order's history", api.timeline(order)).await?;
    frame(&lines(&detail, &payment, &timeline));
    Ok(())
}

/// What everybody has, and whether the books balance.
pub async fn summary(stage: &Stage, cast: &Cast) -> Result<(), Failed> {
    let ayu = stage.step("Ayu's wallet", cast.client.api().wallet()).await?;
    stage.line(format_args!("balance {}", ayu.balance));
    let wati = stage.step("Wati's wallet", cast.provider.api().wallet()).await?;
    stage.line(format_args!("balance {}, not yet paid {}", wati.balance, wati.pending_balance));
    let profile = stage.step("Wati's profile", cast.provider.api().provider_profile()).await?;
    let stars = profile.reputation.average_rating.unwrap_or_default();
    stage.line(format_args!("{} orders completed, {stars:.2} stars", profile.reputation.total_completed_orders));
    let books = stage.step("the admin checks the books", cast.admin.api().ledger_check()).await?;
    let verdict = async { if books.is_balanced { Ok(()) } else { Err(EngineError::Unreadable(books.faults.join("; "))) } };
    stage.step("they balance", verdict).await?;
    stage.line(format_args!("{} journals, sum {}", books.journals, books.sum));
    Ok(())
}

fn lines(detail: &OrderDetail, payment: &PaymentResponse, timeline: &[TimelineItem]) -> Vec<(String, String)> {
    let order = &detail.order;
    let name = order.provider.as_ref().map_or("–", |party| &party.full_name).to_owned();
    let method = payment.payment_method.known().map_or("–", |method| method.as_str());
    let status = payment.status.known().map_or("–", |status| status.as_str());
    let work = format!("{} min at {} per 5 min", order.duration_minutes, order.rate_per_5_minutes);
    let row = |left: &str, right: String| (left.to_owned(), right);
    let mut lines = vec![
        row("RAPI", order.order_number.clone()),
        row(&order.service_address, String::new()),
        row("", String::new()),
        row("For", order.client.full_name.clone()),
        row("By", name),
        row(&work, payment.base_amount.to_string()),
        row("Service fee", payment.service_fee.to_string()),
        row("TOTAL", payment.total_amount.to_string()),
        row(&format!("Paid, {method}"), status.to_owned()),
        row("", String::new()),
        row("Wati keeps", payment.provider_earnings.to_string()),
        row("Rapi's share", payment.platform_fee.to_string()),
        row("Stars", "★".repeat(stars(detail))),
        row("", String::new()),
    ];
    lines.extend(timeline.iter().map(moved));
    lines
}

fn stars(detail: &OrderDetail) -> usize {
    detail.rating.as_ref().and_then(|rating| usize::try_from(rating.rating).ok()).unwrap_or_default()
}

fn moved(item: &TimelineItem) -> (String, String) {
    let to = item.to.known().map_or("–", |status| status.as_str());
    let to = item.stage.as_ref().and_then(|stage| stage.known()).map_or_else(|| to.to_owned(), |stage| format!("{to} {stage}"));
    (to, item.at.to_utc().format("%H:%M:%S").to_string())
}

fn frame(lines: &[(String, String)]) {
    println!("\n           ┌{}┐", "─".repeat(WIDTH + 2));
    for (left, right) in lines {
        let room = WIDTH.saturating_sub(left.chars().count() + right.chars().count());
        println!("           │ {left}{}{right} │", " ".repeat(room));
    }
    println!("           └{}┘\n", "─".repeat(WIDTH + 2));
}
