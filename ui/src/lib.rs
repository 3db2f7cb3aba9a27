//! Rapi.
