//! Providers as clients find them, and their own profiles.

use rapi_core::LatLng;
use serde_json::{Value, json};

use crate::client::{Client, png};
use crate::harness::{Backend, on_both};

/// Approves whatever waits.
async fn approve_all(admin: &Client) {
    let queue = admin.get("admin/verifications?status=PENDING&limit=100").await.expect(200);
    for item in queue["items"].as_array().unwrap() {
        admin.post(&format!("admin/verifications/{}/approve", item["id"].as_str().unwrap()), json!({})).await.expect(200);
    }
}

/// Adds ratings to a provider's numbers, as orders do.
async fn rate(backend: &Backend, provider: &Client, stars: &[i32]) {
    let app = backend.app();
    let id = rapi_core::Id::new(provider.id.parse().unwrap());
    let tx = app.db.write().await.unwrap();
    for stars in stars {
        rapi_backend::users::service::count_rating(app, &tx, id, *stars).await.unwrap();
    }
    rapi_backend::users::service::count_accepted(app, &tx, id).await.unwrap();
    rapi_backend::users::service::count_completed(app, &tx, id).await.unwrap();
    tx.commit().await.unwrap();
}

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_approved_and_active_providers_are_found_best_rated_first() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let (good, better, best) = (backend.applicant().await, backend.applicant().await, backend.applicant().await);
        assert_eq!(ids(&client.get("providers").await.expect(200)), Vec::<String>::new());
        approve_all(&admin).await;
        let waiting = backend.applicant().await;
        rate(&backend, &good, &[3]).await;
        rate(&backend, &better, &[5, 4, 4]).await;
        rate(&backend, &best, &[5]).await;

        let all = client.get("providers").await.expect(200);
        assert_eq!(ids(&all), [best.id.clone(), better.id.clone(), good.id.clone()]);
        assert_eq!(all["items"][1]["average_rating"], 4.33);
        assert_eq!((&all["items"][1]["total_ratings"], &all["items"][1]["total_orders"]), (&json!(3), &json!(1)));
        let (mut paged, mut path) = (Vec::new(), "providers?limit=1".to_owned());
        loop {
            let page = client.get(&path).await.expect(200);
            paged.extend(ids(&page));
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            path = format!("providers?limit=1&cursor={cursor}");
        }
        assert_eq!(paged, ids(&all));
        client.get("providers?cursor=abc").await.refused(422, "invalid_input");
        assert_eq!(ids(&client.get("providers?q=LESTARI").await.expect(200)).len(), 3);
        assert_eq!(ids(&client.get("providers?q=%25").await.expect(200)), Vec::<String>::new(), "a percent sign is no wildcard");

        let page = client.get(&format!("providers/{}", best.id)).await.expect(200);
        assert_eq!((&page["is_verified_provider"], &page["full_name"]), (&json!(true), &json!("Wati Lestari")));
        for hidden in [&waiting.id, &client.id] {
            client.get(&format!("providers/{hidden}")).await.refused(404, "not_found");
        }
        super::execute(&backend, &format!("UPDATE users SET is_active = FALSE WHERE email = '{}'", best.email)).await;
        client.get(&format!("providers/{}", best.id)).await.refused(404, "not_found");
        assert_eq!(ids(&client.get("providers").await.expect(200)), [better.id, good.id]);
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_changes_only_where_it_is_told_to() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let wati = backend.person("SERVICE_PROVIDER").await;
        let empty = wati.get("me/provider-profile").await.expect(200);
        assert_eq!((&empty["service_types"], &empty["working_hours"], &empty["average_rating"]), (&json!([]), &Value::Null, &Value::Null));
        let picture = wati.upload("portfolio", "karya.png", png()).await.expect(201)["url"].clone();
        let change = json!({
            "bio": "Rapi dan cepat", "hourly_rate": 50_000, "portfolio_urls": [picture],
            "certifications": [{ "name": "Tata graha", "issuer": "BNSP", "year": 2020 }],
            "working_hours": { "mon": [{ "from": "08:00", "to": "17:00" }] },
            "service_areas": [{ "city": "Jakarta Selatan", "province": "DKI Jakarta" }],
        });
        wati.patch("me/provider-profile", change.clone()).await.expect(200);
        wati.patch("me/provider-profile", json!({ "bio": "Teliti" })).await.expect(200);
        let profile = wati.get("me/provider-profile").await.expect(200);
        assert_eq!(profile["bio"], "Teliti");
        for field in ["hourly_rate", "portfolio_urls", "certifications", "working_hours", "service_areas"] {
            assert_eq!(profile[field], change[field], "{field}");
        }
        let always = wati.patch("me/provider-profile", json!({ "working_hours": null })).await.expect(200);
        assert_eq!((&always["working_hours"], &always["bio"]), (&Value::Null, &json!("Teliti")));
        assert_eq!(wati.get("me/provider-profile").await.expect(200), always);
        for bad in [
            json!({ "service_types": ["tidak-ada"] }),
            json!({ "hourly_rate": -1 }),
            json!({ "working_hours": { "mon": [{ "from": "17:00", "to": "08:00" }] } }),
            json!({ "portfolio_urls": ["https://contoh.id/a.png"] }),
        ] {
            wati.patch("me/provider-profile", bad).await.refused(422, "invalid_input");
        }
        let client = backend.client().await;
        client.get("me/provider-profile").await.refused(403, "wrong_role");
        client.put("me/availability", json!({ "is_available": true })).await.refused(403, "wrong_role");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn providers_around_a_place_are_found_nearest_first() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let (kemang, senayan) = ((-6.2607, 106.8135), (-6.2186, 106.8018));
        let far = backend.provider_at(&admin, senayan.0, senayan.1).await;
        let near = backend.provider_at(&admin, kemang.0, kemang.1).await;
        let cook = backend.provider_at(&admin, kemang.0 + 0.001, kemang.1).await;
        let other = client.get("categories").await.expect(200);
        let other = other.as_array().unwrap().iter().map(|category| category["slug"].clone()).find(|slug| slug != "cleaning").unwrap();
        let twice = json!({ "service_types": [other, other] });
        assert_eq!(cook.patch("me/provider-profile", twice).await.expect(200)["service_types"], json!([other]));
        rate(&backend, &far, &[5]).await;

        let here = format!("lat={}&lng={}", kemang.0, kemang.1);
        let found = client.get(&format!("providers?{here}")).await.expect(200);
        assert_eq!(ids(&found), [near.id.clone(), cook.id.clone(), far.id.clone()]);
        let distances: Vec<_> = found["items"].as_array().unwrap().iter().map(|item| item["distance_km"].as_f64().unwrap()).collect();
        assert_eq!(distances, [0.1, 0.1, 5.1], "to the middles of their areas");
        let of = async |query: &str| ids(&client.get(&format!("providers?{here}&{query}")).await.expect(200));
        assert_eq!(of("category=cleaning").await, [near.id.clone(), far.id.clone()]);
        assert_eq!(of("sort=rating").await[0], far.id);
        assert_eq!(of("radius_km=2").await, [near.id.clone(), cook.id.clone()]);
        let first = client.get(&format!("providers?{here}&limit=2")).await.expect(200);
        let rest = of(&format!("limit=2&cursor={}", first["next_cursor"].as_str().unwrap())).await;
        assert_eq!((ids(&first), rest), (vec![near.id.clone(), cook.id.clone()], vec![far.id.clone()]));
        client.get("providers?sort=distance").await.refused(422, "invalid_input");
        let page = client.get(&format!("providers/{}", near.id)).await.expect(200);
        assert_eq!(page["categories"][0]["slug"], "cleaning");
        backend.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_learn_roughly_where_somebody_is_and_no_more_however_they_ask() {
    on_both(async |engine| {
        let backend = Backend::start(engine).await;
        let (admin, client) = (backend.admin().await, backend.client().await);
        let (home, area) = ((-6.2607, 106.8135), LatLng::try_new(-6.2607, 106.8135).unwrap().area());
        let wati = backend.provider_at(&admin, home.0, home.1).await;
        let shown = json!({ "latitude": area.latitude(), "longitude": area.longitude(), "radius_meters": LatLng::AREA_RADIUS_METERS });
        for path in ["providers".to_owned(), format!("providers?lat={}&lng={}", home.0, home.1)] {
            assert_eq!(client.get(&path).await.expect(200)["items"][0]["area"], shown, "{path}");
        }
        assert_eq!(client.get(&format!("providers/{}", wati.id)).await.expect(200)["area"], shown);

        // From anywhere the distance is that to the middle of the area, and she is found by its distance alone.
        for (north, east) in [(0.0, 0.0), (0.004, -0.003), (-0.02, 0.05)] {
            let from = LatLng::try_new(home.0 + north, home.1 + east).unwrap();
            let meters = from.meters_to(area);
            let of = async |query: String| client.get(&format!("providers?lat={}&lng={}{query}", from.latitude(), from.longitude())).await;
            let found = of(String::new()).await.expect(200);
            assert_eq!(found["items"][0]["distance_km"], json!((meters / 100.0).round() / 10.0));
            let reach = (meters - LatLng::AREA_RADIUS_METERS) / 1000.0;
            for (radius, is_found) in [(reach - 0.001, false), (reach + 0.001, true)].into_iter().filter(|(radius, _)| *radius > 0.1) {
                assert_eq!(ids(&of(format!("&radius_km={radius}")).await.expect(200)).len(), usize::from(is_found), "{radius} km");
            }
        }
        wati.put("me/availability", json!({ "is_available": false })).await.expect(200);
        assert_eq!(client.get("providers").await.expect(200)["items"][0]["area"], Value::Null, "offline she is on no map");
        backend.stop().await;
    })
    .await;
}
