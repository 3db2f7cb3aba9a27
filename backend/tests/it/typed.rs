//! What the engine's calls read and send is what the backend answers and takes: each of them once, in the life of one order.

use rapi_core::orders::Status;
use rapi_core::values::Order;
use rapi_core::wire::admin::{
    AccountStatus, AdminOrdersQuery, AdminStatsQuery, AdminUsersQuery, AuditQuery, PatchUserRequest, Permission, WithdrawalsQuery,
};
use rapi_core::wire::categories::{CreateCategoryRequest, PatchCategoryRequest};
use rapi_core::wire::orders::RatingRequest;
use rapi_core::wire::payments::{PayRequest, PaymentMethod, TopUpRequest, WithdrawalRequest, WithdrawalStatus};
use rapi_core::wire::people::{LocationRequest, PatchLocationRequest, StatsQuery};
use rapi_core::wire::{OrUnknown, PageQuery};
use rapi_core::{Id, Rupiah};
use rapi_engine::Intent;

use crate::client::Client;
use crate::engines::{Phone, cleaning, home};
use crate::harness::{Backend, on_both, until};

fn id_of<T>(person: &Client) -> Id<T> {
    person.id.parse().unwrap()
}

fn all() -> PageQuery {
    PageQuery::default()
}

/// Money in her wallet, and an order that she asked for and paid from it, and rated.
async fn completed(backend: &Backend, client: &Phone, provider: &Phone) -> Id<Order> {
    client.does(Intent::TopUp(TopUpRequest { amount: Rupiah::new(500_000), payment_method: PaymentMethod::EWallet })).await;
    let request = cleaning(client, backend, PaymentMethod::Wallet).await;
    let order: Id<Order> = client.does(Intent::CreateOrder(request)).await["id"].as_str().unwrap().parse().unwrap();
    for step in [Intent::Accept, Intent::Depart, Intent::Arrive, Intent::StartWork, Intent::StopWork] {
        provider.does(step(order)).await;
    }
    until("the money of the top-up", async || (client.engine.api().wallet().await.unwrap().balance == Rupiah::new(500_000)).then_some(()))
        .await;
    client.does(Intent::Pay { order, request: PayRequest { payment_method: PaymentMethod::Wallet, payment_proof: None } }).await;
    client.does(Intent::Rate { order, request: RatingRequest { rating: 5, review: None, rating_details: None } }).await;
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_and_change_what_is_their_own() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let admin = backend.admin().await;
        let (ayu, wati) = (backend.client().await, backend.provider_at(&admin, home().latitude(), home().longitude()).await);
        let (client, provider) = (Phone::of(&backend, &ayu).await, Phone::of(&backend, &wati).await);
        let (hers, his) = (provider.engine.api(), client.engine.api());
        let order = completed(&backend, &client, &provider).await;

        let stats = hers.stats(StatsQuery::default()).await.unwrap();
        assert_eq!((stats.completed, stats.average_rating, stats.by_day.len()), (1, Some(5.0), 30));
        let ratings = his.provider_ratings(id_of(&wati), all()).await.unwrap();
        assert_eq!((ratings.items.len(), ratings.items[0].order_id), (1, order));
        assert!(his.tracking_history(order, all()).await.unwrap().items.is_empty());
        assert_eq!(his.top_ups(all()).await.unwrap().items[0].amount, Rupiah::new(500_000));
        assert!(hers.withdrawals(all()).await.unwrap().items.is_empty());

        let place = LocationRequest {
            label: Some("Rumah".into()),
            latitude: home().latitude(),
            longitude: home().longitude(),
            address: "Jl. Kemang Raya 12".into(),
            city: None,
            province: None,
            postal_code: None,
            is_primary: None,
        };
        client.does(Intent::SaveLocation(place)).await;
        let saved = his.locations().await.unwrap().remove(0);
        let change = PatchLocationRequest { label: Some("Kantor".into()), ..PatchLocationRequest::default() };
        assert_eq!(his.patch_location(saved.id, &change).await.unwrap().label.as_deref(), Some("Kantor"));
        his.delete_location(saved.id).await.unwrap();
        assert!(his.locations().await.unwrap().is_empty());

        his.ask_phone_code("085677778888").await.unwrap();
        let code = backend.otp("+6285677778888", None).await;
        assert_eq!(his.verify_phone(&code).await.unwrap().user.phone.as_deref(), Some("+6285677778888"));

        let sessions = his.sessions(all()).await.unwrap().items;
        let other = sessions.iter().find(|session| !session.is_current).unwrap();
        his.end_session(other.id).await.unwrap();
        ayu.get("me").await.refused(401, "session_revoked");
        assert_eq!(his.sessions(all()).await.unwrap().items.len(), sessions.len() - 1);
        client.engine.close().await;
        provider.engine.close().await;
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn admins_see_and_decide() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let kepala = backend.admin().await;
        let (ayu, wati) = (backend.client().await, backend.provider_at(&kepala, home().latitude(), home().longitude()).await);
        let (client, provider, admin) =
            (Phone::of(&backend, &ayu).await, Phone::of(&backend, &wati).await, Phone::of(&backend, &kepala).await);
        let desk = admin.engine.api();

        let categories = desk.all_categories().await.unwrap();
        let cleaning_id = categories.iter().find(|category| category.category.slug == "cleaning").unwrap().category.id;
        let rate = PatchCategoryRequest { base_rate_per_5_minutes: Some(Rupiah::new(500_000)), ..PatchCategoryRequest::default() };
        assert_eq!(desk.patch_category(cleaning_id, &rate).await.unwrap().category.base_rate_per_5_minutes, Rupiah::new(500_000));
        let garden = CreateCategoryRequest {
            name: "Kebun".into(),
            slug: "kebun".into(),
            description: None,
            icon: None,
            base_rate_per_5_minutes: Rupiah::new(1_500),
            display_order: None,
        };
        assert!(desk.create_category(&garden).await.unwrap().is_active);

        let order = completed(&backend, &client, &provider).await;
        let stats = desk.admin_stats(AdminStatsQuery::default()).await.unwrap();
        assert_eq!((stats.totals.completed, stats.totals.gross_value, stats.by_day.len()), (1, Rupiah::new(100_000), 14));
        assert_eq!((stats.totals.platform_revenue, stats.now.providers_online), (Rupiah::new(10_000), 1));
        let number = desk.any_order(order).await.unwrap().order.order_number;
        let found = desk.all_orders(AdminOrdersQuery { q: Some(number), ..AdminOrdersQuery::default() }).await.unwrap();
        assert_eq!(found.items.iter().map(|item| item.id).collect::<Vec<_>>(), [order]);
        assert!(desk.timeline(order).await.unwrap().last().unwrap().to.is(&Status::Completed));

        let request = cleaning(&client, &backend, PaymentMethod::Cash).await;
        let second: Id<Order> = client.does(Intent::CreateOrder(request)).await["id"].as_str().unwrap().parse().unwrap();
        let map = desk.map().await.unwrap();
        assert_eq!((map.orders[0].id, map.providers[0].id), (second, id_of(&wati)));
        assert!(desk.cancel_any_order(second, "Alamat palsu").await.unwrap().order.status.is(&Status::Cancelled));

        money(&provider, &admin).await;
        people(&admin, &ayu, &wati).await;
        let deeds = desk.audit_log(AuditQuery::default()).await.unwrap().items;
        assert_eq!((deeds[0].action.as_str(), deeds[0].subject_id), ("user.sign_out", id_of::<()>(&ayu).uuid()));
        for phone in [client, provider, admin] {
            phone.engine.close().await;
        }
        backend.stop().await;
    })
    .await;
}

async fn money(provider: &Phone, admin: &Phone) {
    let desk = admin.engine.api();
    for _ in 0..2 {
        let request = WithdrawalRequest {
            amount: Rupiah::new(20_000),
            bank_name: "BCA".into(),
            bank_account_number: "1234567890".into(),
            bank_account_name: "Wati Lestari".into(),
        };
        provider.does(Intent::Withdraw(request)).await;
    }
    let waiting = WithdrawalsQuery { status: Some(WithdrawalStatus::Pending), ..WithdrawalsQuery::default() };
    let [one, other] = &desk.all_withdrawals(waiting).await.unwrap().items[..] else { panic!("two withdrawals") };
    assert_eq!(one.bank_account_number.as_ref().unwrap().expose(), "1234567890");
    assert!(desk.approve_withdrawal(one.withdrawal.id).await.unwrap().withdrawal.status.is(&WithdrawalStatus::Processing));
    assert!(desk.complete_withdrawal(one.withdrawal.id).await.unwrap().withdrawal.status.is(&WithdrawalStatus::Completed));
    let rejected = desk.reject_withdrawal(other.withdrawal.id, "Nomor rekening salah").await.unwrap();
    assert_eq!(rejected.withdrawal.admin_notes.as_deref(), Some("Nomor rekening salah"));
    assert!(desk.ledger_check().await.unwrap().is_balanced);
}

async fn people(admin: &Phone, ayu: &Client, wati: &Client) {
    let desk = admin.engine.api();
    let found = desk.users(AdminUsersQuery { q: Some(wati.email.clone()), ..AdminUsersQuery::default() }).await.unwrap();
    assert_eq!((found.items[0].user.id, found.items[0].average_rating), (id_of(wati), Some(5.0)));
    let hers = desk.user(id_of(wati)).await.unwrap();
    assert_eq!((hers.orders.completed, hers.wallet.unwrap().balance), (1, Rupiah::new(70_000)));
    let shut = PatchUserRequest { suspended: Some(true), reason: Some("Penipuan".into()), ..PatchUserRequest::default() };
    let shut = desk.patch_user(id_of(wati), &shut).await.unwrap();
    assert!(shut.account.status.is(&AccountStatus::Suspended) && shut.suspension.unwrap().reason == "Penipuan");
    let me = admin.engine.api().me().await.unwrap().user.id;
    let few = vec![Permission::People, Permission::Audit];
    let few = desk.patch_user(me, &PatchUserRequest { permissions: Some(few), ..PatchUserRequest::default() }).await.unwrap();
    assert_eq!(few.permissions, [Permission::Audit, Permission::People].map(OrUnknown::Known));
    assert!(!desk.user_sessions(id_of(ayu), all()).await.unwrap().items.is_empty());
    desk.end_user_sessions(id_of(ayu)).await.unwrap();
    assert!(desk.user_sessions(id_of(ayu), all()).await.unwrap().items.is_empty());
}
