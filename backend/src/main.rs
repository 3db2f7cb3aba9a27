//! rapi-backend
fn main() {}
