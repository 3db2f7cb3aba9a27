//! scratch
#![expect(clippy::print_stdout, reason = "scratch")]
use std::sync::Arc; use std::time::Duration;
use rapi_engine::*; use rapi_engine::core::*;
#[tokio::main]
async fn main() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(SystemClock::default());
    let way = Way::new(LatLng::try_new(-6.2,106.8).unwrap(), [LatLng::try_new(-6.21,106.8).unwrap()]);
    let ride = SimulatedRide::new(clock.clone(), way, 20.0); ride.set_off();
    let mut host = Host::system(dir.path()); host.location = Arc::new(ride);
    let config = EngineConfig { api_url: std::env::args().nth(1).unwrap(), data_dir: dir.path().into(), device_id: "d".into(), device_type: rapi_engine::core::wire::people::DeviceType::Desktop, device_name: None };
    let e = Engine::open(config.clone(), host.clone()).await.unwrap();
    e.sign_in("w@x.id", "pw").await.unwrap();
    e.wait_for(|s| s.connection == Connection::Online).await; println!("# online");
    let s = e.wait_for(|s| s.orders.len() == 1 && s.last_seq == 5).await; println!("# order, tracking {}", s.tracking.len());
    let id = *s.orders.keys().next().unwrap();
    let v = e.perform(Intent::Depart(id)).await.unwrap(); println!("# departed {}", v["status"]);
    assert!(e.snapshot().pending.is_empty());
    println!("# arrive: {:?}", e.perform(Intent::Arrive(id)).await);
    let s = e.wait_for(|s| s.sampling == Some(Duration::from_secs(5)) && s.last_seq == 6).await; println!("# sampling {:?} seq {} refused {}", s.sampling, s.last_seq, s.refused.len());
    e.wait_for(|s| s.connection != Connection::Online).await; println!("# lost");
    e.wait_for(|s| s.connection == Connection::Online).await; println!("# back");
    clock.sleep_until(clock.now() + Duration::from_secs(4)).await;
    e.close().await;
    let e = Engine::open(config, host).await.unwrap();
    println!("# reopened {:?} orders {} seq {}", e.snapshot().session.user().map(|u| &u.full_name), e.snapshot().orders.len(), e.snapshot().last_seq);
    e.wait_for(|s| s.connection == Connection::Online).await; println!("# online");
    e.sign_out().await.unwrap(); println!("# out {:?}", e.snapshot().session); e.close().await;
}
