//! The engine opens while the window does: its files and the key store take their time, and so does a window.

use std::sync::Arc;

use rapi_engine::Engine;
use rapi_ui::App;
use tokio::sync::watch;

use crate::args::Args;
use crate::home::Home;
use crate::{Receiver, session};

/// An open engine, and where this device is. Only clones of one are equal.
#[derive(Clone)]
pub struct Opened(Arc<(Engine, Receiver)>);

impl Opened {
    /// Both.
    pub fn parts(&self) -> (Engine, Receiver) {
        (*self.0).clone()
    }
}

impl PartialEq for Opened {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// An engine that opens. Clones wait for the same one.
#[derive(Clone)]
pub struct Opening(watch::Receiver<Option<Opened>>);

impl Opening {
    /// Begins, within a tokio runtime. An app whose engine cannot be opened ends, and says why.
    pub fn begin(app: App, args: Args, home: Home) -> Self {
        let (opened, opening) = watch::channel(None);
        tokio::spawn(async move {
            match session::open(app, &args, &home).await {
                Ok(parts) => drop(opened.send_replace(Some(Opened(Arc::new(parts))))),
                Err(error) => {
                    eprintln!("Error: {error:?}");
                    std::process::exit(1);
                }
            }
        });
        Self(opening)
    }

    /// The engine, if it is open already.
    pub fn opened(&self) -> Option<Opened> {
        self.0.borrow().clone()
    }

    /// The engine, once it is open.
    pub async fn wait(mut self) -> Option<Opened> {
        self.0.wait_for(Option::is_some).await.ok()?.clone()
    }
}
