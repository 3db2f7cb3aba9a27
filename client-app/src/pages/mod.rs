//! One page a file: asks the engine for what a screen of `rapi-ui` shows, and does what people want there.

mod home;
mod order;
mod orders;

pub use home::Home;
pub use order::OrderPage;
pub use orders::Orders;
mod soon {
    use dioxus::prelude::*;
    use rapi_core::Id;
    use rapi_core::values::User;
    #[component]
    pub fn NewOrder(category: String, provider: String, again: String, later: bool) -> Element {
        rsx! {}
    }
    #[component]
    pub fn Providers(category: String) -> Element {
        rsx! {}
    }
    #[component]
    pub fn ProviderPage(id: Id<User>) -> Element {
        rsx! {}
    }
}
pub use soon::*;
