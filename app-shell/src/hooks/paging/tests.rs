//! Lists whose pages come, fail and come again.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use dioxus::core::NoOpMutations;
use rapi_engine::{Engine, EngineConfig, Host, Snapshot};

use super::*;
use crate::hooks::Known;

/// What is answered to one call after the other; an `Err` is a network that is gone.
type Script = Rc<RefCell<VecDeque<Result<Page<u32>, ()>>>>;
/// The list, for those who look at it from outside.
type Window = Rc<RefCell<Option<Paged<u32>>>>;

/// A page with a list.
#[derive(Clone)]
struct Stage {
    engine: Engine,
    script: Script,
    window: Window,
}

fn listed() -> Element {
    let stage = use_context::<Stage>();
    use_context_provider(|| stage.engine.clone());
    let _known: Known = use_context_provider(|| Signal::new(Arc::new(Snapshot::default())));
    rsx! { Listed {} }
}

#[component]
fn Listed() -> Element {
    let Stage { script, window, .. } = use_context::<Stage>();
    let list = use_paged(
        || (),
        move |_, (), _| {
            let answer = script.borrow_mut().pop_front();
            async move { answer.unwrap_or(Err(())).map_err(|()| EngineError::Network) }
        },
    );
    *window.borrow_mut() = Some(list);
    rsx! {}
}

/// A list for which `answers` come, looked at by what is done one after the other.
struct Play {
    dom: VirtualDom,
    window: Window,
    script: Script,
    engine: Engine,
    _home: tempfile::TempDir,
}

impl Play {
    async fn begin(answers: impl IntoIterator<Item = Result<Page<u32>, ()>>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let config = EngineConfig {
            api_url: "http://127.0.0.1:9".into(),
            data_dir: home.path().to_owned(),
            device_id: "here".into(),
            device_type: rapi_core::wire::people::DeviceType::Desktop,
            device_name: None,
        };
        let engine = Engine::open(config, Host::system(home.path())).await.unwrap();
        let (script, window) = (Script::default(), Window::default());
        script.borrow_mut().extend(answers);
        let stage = Stage { engine: engine.clone(), script: script.clone(), window: window.clone() };
        let dom = VirtualDom::new(listed).with_root_context(stage);
        let mut play = Self { dom, window, script, engine, _home: home };
        play.dom.rebuild_in_place();
        play.rest().await;
        play
    }

    /// Until nothing moves any more.
    async fn rest(&mut self) {
        while tokio::time::timeout(Duration::from_millis(50), self.dom.wait_for_work()).await.is_ok() {
            self.dom.render_immediate(&mut NoOpMutations);
        }
    }

    /// Does `what` with the list; how far it has come then, and what is here.
    async fn after(&mut self, what: impl FnOnce(Paged<u32>)) -> (ListState, Option<Vec<u32>>) {
        let list = self.window.borrow().unwrap();
        self.dom.in_scope(ScopeId::ROOT, || what(list));
        self.rest().await;
        self.dom.in_scope(ScopeId::ROOT, || (list.state(), list.here()))
    }
}

fn page(items: impl IntoIterator<Item = u32>, next: Option<&str>) -> Result<Page<u32>, ()> {
    Ok(Page { items: items.into_iter().collect(), next_cursor: next.map(str::to_owned) })
}

#[tokio::test]
async fn a_page_that_failed_is_told_and_comes_when_it_is_asked_for_again() {
    let mut play = Play::begin([page([1, 2], Some("2")), Err(()), page([3], None)]).await;
    assert_eq!(play.after(|_| ()).await, (ListState::More { coming: false }, Some(vec![1, 2])));
    assert_eq!(play.after(Paged::more).await, (ListState::Stuck("network".into()), Some(vec![1, 2])));
    assert_eq!(play.after(Paged::more).await, (ListState::Whole, Some(vec![1, 2, 3])));
    play.engine.close().await;
}

#[tokio::test]
async fn a_list_that_did_not_come_is_asked_for_again_from_its_beginning() {
    let mut play = Play::begin([Err(()), page([1], None)]).await;
    assert_eq!(play.after(|_| ()).await, (ListState::Failed("network".into()), None));
    assert_eq!(play.after(Paged::again).await, (ListState::Whole, Some(vec![1])));
    play.engine.close().await;
}

#[tokio::test]
async fn a_list_that_is_asked_for_again_stays_as_long_as_it_was() {
    let mut play = Play::begin([page([1, 2], Some("2")), page([3, 4], Some("4"))]).await;
    play.after(Paged::more).await;
    play.script.borrow_mut().extend([page([0, 1], Some("1")), page([2, 3], Some("3"))]);
    assert_eq!(play.after(Paged::again).await, (ListState::More { coming: false }, Some(vec![0, 1, 2, 3])));
    play.engine.close().await;
}
