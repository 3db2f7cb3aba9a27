//! What was read, for when the network is gone. In this process only: what has to outlive it is in the store.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::Method;
use serde_json::Value;

use super::Call;
use crate::error::EngineError;

/// More answers than the screens of a day ask for.
const KEPT: usize = 200;

/// What was asked: path and query.
type Asked = (String, Vec<(String, String)>);

/// The newest answers to whoever is signed in. Clones are the same.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    /// Grows whenever everything is forgotten: an answer from before that is nobody's any more.
    turn: u64,
    answers: HashMap<Asked, Value>,
    /// Oldest first.
    order: VecDeque<Asked>,
}

impl Memory {
    /// What `asking` yields; without a network, what it yielded the last time.
    pub(super) async fn or_last(
        &self,
        call: &Call,
        asking: impl Future<Output = Result<Value, EngineError>>,
    ) -> Result<Value, EngineError> {
        if call.method != Method::GET {
            return asking.await;
        }
        let (asked, turn) = ((call.path.clone(), call.query.clone()), self.kept().turn);
        let answer = asking.await;
        let mut kept = self.kept();
        if kept.turn == turn {
            match answer {
                Ok(value) => {
                    kept.put(asked, value.clone());
                    return Ok(value);
                }
                Err(EngineError::Network) => return kept.answers.get(&asked).cloned().ok_or(EngineError::Network),
                Err(_) => {}
            }
        }
        answer
    }

    /// Forgets everything: whoever comes next is somebody else.
    pub(super) fn forget(&self) {
        let mut kept = self.kept();
        *kept = Kept { turn: kept.turn + 1, ..Kept::default() };
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn put(&mut self, asked: Asked, value: Value) {
        if self.answers.insert(asked.clone(), value).is_none() {
            self.order.push_back(asked);
        }
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.answers.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use super::*;

    fn lost() -> impl Future<Output = Result<Value, EngineError>> {
        ready(Err(EngineError::Network))
    }

    #[tokio::test]
    async fn without_a_network_the_last_answer_is_given_again() {
        let (memory, call) = (Memory::default(), Call::get("/wallet"));
        assert!(memory.or_last(&call, lost()).await.is_err());
        assert_eq!(memory.or_last(&call, ready(Ok(Value::from(1)))).await.unwrap(), 1);
        assert_eq!(memory.or_last(&call, ready(Ok(Value::from(2)))).await.unwrap(), 2);
        assert_eq!(memory.or_last(&call, lost()).await.unwrap(), 2);
        let another = Call::get("/wallet").with_query(&serde_json::json!({ "limit": 5 }));
        assert!(memory.or_last(&another, lost()).await.is_err());
    }

    #[tokio::test]
    async fn what_the_backend_refuses_and_what_changes_something_is_never_answered_from_memory() {
        let (memory, call) = (Memory::default(), Call::get("/wallet"));
        memory.or_last(&call, ready(Ok(Value::from(1)))).await.unwrap();
        assert!(memory.or_last(&call, ready(Err(EngineError::NotSignedIn))).await.is_err());
        let change = Call::new(Method::POST, "/wallet", Value::Null);
        memory.or_last(&change, ready(Ok(Value::from(1)))).await.unwrap();
        assert!(memory.or_last(&change, lost()).await.is_err());
    }

    #[tokio::test]
    async fn nobody_reads_what_somebody_else_was_told() {
        let (memory, call) = (Memory::default(), Call::get("/wallet"));
        memory.or_last(&call, ready(Ok(Value::from(1)))).await.unwrap();
        memory.forget();
        assert!(memory.or_last(&call, lost()).await.is_err());
        // An answer that was on its way while its person left.
        let slow = async {
            memory.forget();
            Ok(Value::from(1))
        };
        memory.or_last(&call, slow).await.unwrap();
        assert!(memory.or_last(&call, lost()).await.is_err());
    }

    #[tokio::test]
    async fn the_oldest_answers_make_room() {
        let memory = Memory::default();
        for at in 0..=KEPT {
            memory.or_last(&Call::get(format!("/orders/{at}")), ready(Ok(Value::from(at)))).await.unwrap();
        }
        assert!(memory.or_last(&Call::get("/orders/0"), lost()).await.is_err());
        assert!(memory.or_last(&Call::get("/orders/1"), lost()).await.is_ok());
    }
}
