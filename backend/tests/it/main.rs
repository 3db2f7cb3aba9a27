//! The backend, tried from outside.

mod broker;
