//! `/me`: the account, its phone, a provider's profile, being online, the identity check.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use rapi_core::LatLng;
use rapi_core::wire::people::{
    AvailabilityRequest, MeResponse, PatchMeRequest, PatchProviderProfileRequest, PhoneRequest, PhoneVerifyRequest,
    ProviderProfileResponse, VerificationRequest, VerificationResponse,
};
use utoipa_axum::routes;

use crate::app::AppState;
use crate::gateway::{Caller, Endpoints, Posted, Provider, Unit};
use crate::location;
use crate::platform::ApiResult;
use crate::users::{me, phones, profiles, store, verifications};

pub(super) fn routes() -> Endpoints {
    Endpoints::default()
        .routes(routes!(get_me, patch_me))
        .routes(routes!(ask_phone))
        .routes(routes!(verify_phone))
        .routes(routes!(get_profile, patch_profile))
        .routes(routes!(set_availability))
        .routes(routes!(get_verification, submit_verification))
}

/// One's own account
#[utoipa::path(get, path = "/me", tag = "Me", responses((status = 200, description = "The account", body = MeResponse)))]
async fn get_me(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<MeResponse>> {
    let row = store::of(app.db.read(), caller.user).await?;
    Ok(Json(store::me(app.db.read(), &row).await?))
}

/// Change one's own account
#[utoipa::path(patch, path = "/me", tag = "Me", request_body = PatchMeRequest, responses((status = 200, description = "The account", body = MeResponse)))]
async fn patch_me(State(app): State<AppState>, caller: Caller, posted: Posted<PatchMeRequest>) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = me::patch(&app, &unit, caller.user, posted.body).await?;
    unit.ok(&answer).await
}

/// Send a code to a phone number
#[utoipa::path(post, path = "/me/phone", tag = "Me", request_body = PhoneRequest, responses((status = 204, description = "Sent")))]
async fn ask_phone(State(app): State<AppState>, caller: Caller, posted: Posted<PhoneRequest>) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    phones::ask(&app, &unit, caller.user, &posted.body).await?;
    unit.no_content().await
}

/// Prove the phone number
#[utoipa::path(post, path = "/me/phone/verify", tag = "Me", request_body = PhoneVerifyRequest, responses((status = 200, description = "The account", body = MeResponse)))]
async fn verify_phone(State(app): State<AppState>, caller: Caller, posted: Posted<PhoneVerifyRequest>) -> ApiResult<Response> {
    // A request that was answered before finds its answer here; the wrong codes of others are counted outside the unit.
    drop(Unit::begin(&app, posted.once.clone()).await?);
    let right = match phones::check(&app, caller.user, &posted.body).await {
        Ok(right) => right,
        // The code may be used up by this same request, sent twice: then its answer is there by now.
        Err(refused) => {
            drop(Unit::begin(&app, posted.once).await?);
            return Err(refused);
        }
    };
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = phones::prove(&app, &unit, caller.user, &right).await?;
    unit.ok(&answer).await
}

/// A provider's own profile
#[utoipa::path(get, path = "/me/provider-profile", tag = "Me", responses((status = 200, description = "The profile", body = ProviderProfileResponse)))]
async fn get_profile(State(app): State<AppState>, Provider(caller): Provider) -> ApiResult<Json<ProviderProfileResponse>> {
    Ok(Json(profiles::answer(profiles::of(app.db.read(), caller.user).await?)))
}

/// Change a provider's own profile
#[utoipa::path(patch, path = "/me/provider-profile", tag = "Me", request_body = PatchProviderProfileRequest, responses((status = 200, description = "The profile", body = ProviderProfileResponse)))]
async fn patch_profile(
    State(app): State<AppState>,
    Provider(caller): Provider,
    posted: Posted<PatchProviderProfileRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = profiles::patch(&app, &unit, caller.user, posted.body).await?;
    unit.ok(&answer).await
}

/// Go online or offline
#[utoipa::path(put, path = "/me/availability", tag = "Me", request_body = AvailabilityRequest, responses((status = 200, description = "The profile", body = ProviderProfileResponse)))]
async fn set_availability(
    State(app): State<AppState>,
    Provider(caller): Provider,
    posted: Posted<AvailabilityRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = profiles::set_availability(&app, &unit, caller.user, &posted.body).await?;
    let response = unit.ok(&answer).await?;
    if let (Some(latitude), Some(longitude)) = (posted.body.latitude, posted.body.longitude)
        && let Ok(position) = LatLng::try_new(latitude, longitude)
    {
        location::service::note_position(&app, caller.user, position, app.now()).await?;
    }
    Ok(response)
}

/// How one's identity check stands
#[utoipa::path(get, path = "/me/verification", tag = "Me", responses((status = 200, description = "NONE until papers are handed in", body = VerificationResponse)))]
async fn get_verification(State(app): State<AppState>, Provider(caller): Provider) -> ApiResult<Json<VerificationResponse>> {
    Ok(Json(verifications::of(&app, app.db.read(), caller.user).await?))
}

/// Hand in papers for the identity check
#[utoipa::path(post, path = "/me/verification", tag = "Me", request_body = VerificationRequest, responses((status = 201, description = "Handed in", body = VerificationResponse)))]
async fn submit_verification(
    State(app): State<AppState>,
    Provider(caller): Provider,
    posted: Posted<VerificationRequest>,
) -> ApiResult<Response> {
    let unit = Unit::begin(&app, posted.once).await?;
    let answer = verifications::submit(&app, &unit, caller.user, posted.body).await?;
    unit.created(&answer).await
}
