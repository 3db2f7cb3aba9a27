//! The way back.

use dioxus::prelude::navigator;

/// Where one came from; where the app begins, for those who came along a link.
pub fn back() {
    let navigator = navigator();
    if navigator.can_go_back() {
        navigator.go_back();
    } else {
        navigator.replace("/");
    }
}
