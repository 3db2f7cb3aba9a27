//! Starting and stopping the whole backend: what `main` and the tests call.
