//! What clients and providers look at.

use rapi_core::Id;
use rapi_core::values::{Order, TopUp, User};
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::events::{EventsQuery, EventsResponse};
use rapi_core::wire::location::{ConfigResponse, LocationBatchRequest, LocationBatchResponse, TrackingResponse, WatchResponse};
use rapi_core::wire::notifications::NotificationItem;
use rapi_core::wire::orders::{OfferItem, OrderDetail, OrderItem, OrdersQuery, QuoteRequest, QuoteResponse, TimelineItem};
use rapi_core::wire::payments::{PaymentResponse, TopUpResponse, WalletResponse, WalletTransactionItem};
use rapi_core::wire::people::{
    DeviceRequest, LocationItem, MeResponse, MediaPurpose, MediaResponse, ProviderDetail, ProviderItem, ProviderProfileResponse,
    ProvidersQuery, VerificationResponse,
};
use rapi_core::wire::{Page, PageQuery};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ApiClient, Call, is_unauthorized, read};
use crate::error::EngineError;

type Answer<T> = Result<T, EngineError>;

/// A list that some calls answer bare and some as a page.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Listed<T> {
    Bare(Vec<T>),
    Paged { items: Vec<T> },
}

impl<T> Listed<T> {
    fn items(self) -> Vec<T> {
        match self {
            Self::Bare(items) | Self::Paged { items } => items,
        }
    }
}

/// Errors of every call: as [`ApiClient::request`].
impl ApiClient {
    /// The own account.
    pub async fn me(&self) -> Answer<MeResponse> {
        self.call(Call::get("/me")).await
    }

    /// What can be ordered. Needs no session.
    pub async fn categories(&self) -> Answer<Vec<CategoryItem>> {
        let call = Call::get("/categories");
        read::<Listed<_>>(self.or_last(&call, self.http.json(&call, None)).await?).map(Listed::items)
    }

    /// What would it cost?
    pub async fn quote(&self, request: QuoteRequest) -> Answer<QuoteResponse> {
        self.send(Method::POST, "/orders/quote", &request).await
    }

    /// One order with all that belongs to it.
    pub async fn order(&self, id: Id<Order>) -> Answer<OrderDetail> {
        self.call(Call::get(format!("/orders/{id}"))).await
    }

    /// The own orders, newest first.
    pub async fn orders(&self, query: OrdersQuery) -> Answer<Page<OrderItem>> {
        self.call(Call::get("/orders").with_query(&query)).await
    }

    /// Orders open to this provider.
    pub async fn offers(&self) -> Answer<Vec<OfferItem>> {
        self.list("/orders/offers").await
    }

    /// Every step an order took.
    pub async fn timeline(&self, id: Id<Order>) -> Answer<Vec<TimelineItem>> {
        self.list(&format!("/orders/{id}/timeline")).await
    }

    /// Where the provider is.
    pub async fn tracking(&self, id: Id<Order>) -> Answer<TrackingResponse> {
        self.call(Call::get(format!("/orders/{id}/tracking"))).await
    }

    /// The client looks at the map; again before `watched_until`.
    pub async fn watch(&self, id: Id<Order>) -> Answer<WatchResponse> {
        self.call(Call::new(Method::PUT, format!("/orders/{id}/watch"), Value::Null)).await
    }

    /// The bill.
    pub async fn payment(&self, id: Id<Order>) -> Answer<PaymentResponse> {
        self.call(Call::get(format!("/orders/{id}/payment"))).await
    }

    /// What there is to spend.
    pub async fn wallet(&self) -> Answer<WalletResponse> {
        self.call(Call::get("/wallet")).await
    }

    /// The statement, newest first.
    pub async fn wallet_transactions(&self, query: PageQuery) -> Answer<Page<WalletTransactionItem>> {
        self.call(Call::get("/wallet/transactions").with_query(&query)).await
    }

    /// Money on its way into the wallet.
    pub async fn top_up(&self, id: Id<TopUp>) -> Answer<TopUpResponse> {
        self.call(Call::get(format!("/wallet/top-ups/{id}"))).await
    }

    /// The inbox, newest first.
    pub async fn notifications(&self, query: PageQuery) -> Answer<Page<NotificationItem>> {
        self.call(Call::get("/notifications").with_query(&query)).await
    }

    /// Approved providers.
    pub async fn providers(&self, query: ProvidersQuery) -> Answer<Page<ProviderItem>> {
        self.call(Call::get("/providers").with_query(&query)).await
    }

    /// A provider's public page.
    pub async fn provider(&self, id: Id<User>) -> Answer<ProviderDetail> {
        self.call(Call::get(format!("/providers/{id}"))).await
    }

    /// The own public profile, for providers.
    pub async fn provider_profile(&self) -> Answer<ProviderProfileResponse> {
        self.call(Call::get("/me/provider-profile")).await
    }

    /// Saved addresses.
    pub async fn locations(&self) -> Answer<Vec<LocationItem>> {
        self.list("/me/locations").await
    }

    /// How the own identity check stands.
    pub async fn verification(&self) -> Answer<VerificationResponse> {
        self.call(Call::get("/me/verification")).await
    }

    /// Uploads a file; its `url` goes into the request it is for.
    pub async fn upload(&self, purpose: MediaPurpose, file_name: &str, bytes: Vec<u8>) -> Answer<MediaResponse> {
        let form = || {
            let part = Part::bytes(bytes.clone()).file_name(file_name.to_owned()).mime_str(mime_of(file_name));
            part.map(|part| Form::new().text("purpose", purpose.as_str()).part("file", part))
                .map_err(|error| EngineError::Unreadable(error.to_string()))
        };
        let (token, key) = (self.token(None).await?, self.ids.new_uuid());
        match self.http.form("/media", form()?, &token, key).await {
            Err(error) if is_unauthorized(&error) => {
                let token = self.token(Some(token)).await?;
                read(self.http.form("/media", form()?, &token, key).await?)
            }
            other => read(other?),
        }
    }

    /// The person's events after `after`, oldest first.
    pub async fn events(&self, after: i64) -> Answer<EventsResponse> {
        self.call(Call::get("/me/events").with_query(&EventsQuery { after, limit: Some(100) })).await
    }

    /// Where things are. Needs no session.
    pub async fn config(&self) -> Answer<ConfigResponse> {
        read(self.http.json(&Call::get("/config"), None).await?)
    }

    pub(crate) async fn put_device(&self, device_id: &str, request: &DeviceRequest) -> Answer<Value> {
        self.send(Method::PUT, &format!("/me/devices/{device_id}"), request).await
    }

    pub(crate) async fn post_fixes(&self, request: &LocationBatchRequest) -> Answer<LocationBatchResponse> {
        self.send(Method::POST, "/me/location", request).await
    }

    pub(super) async fn send<T: DeserializeOwned>(&self, method: Method, path: &str, request: &impl Serialize) -> Answer<T> {
        let body = serde_json::to_value(request).map_err(|error| EngineError::Unreadable(error.to_string()))?;
        self.call(Call::new(method, path, body)).await
    }

    async fn list<T: DeserializeOwned>(&self, path: &str) -> Answer<Vec<T>> {
        self.call::<Listed<T>>(Call::get(path)).await.map(Listed::items)
    }
}

fn mime_of(file_name: &str) -> &'static str {
    let ending = file_name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
