//! The public profile of a provider.

use dioxus::prelude::*;
use rapi_app_shell::hooks::{PhotoField, use_acting, use_fetched, use_toaster, use_uploading};
use rapi_app_shell::pages::back;
use rapi_core::wire::people::{MediaPurpose, PatchProviderProfileRequest};
use rapi_engine::Intent;
use rapi_ui::controls::{Failed, Icon, Shape, Skeleton, Tone, TopBar};
use rapi_ui::profiles::ProfileEditor;
use rapi_ui::text::{Word, text};

/// How many pictures of work a profile shows.
const PICTURES: usize = 30;

/// What clients see of her, to be changed.
#[component]
pub fn ProviderProfile() -> Element {
    let (text, acting, toaster) = (text(), use_acting(), use_toaster());
    let mut profile = use_fetched(|api| async move { api.provider_profile().await });
    let mut categories = use_fetched(|api| async move { api.categories().await });
    let portfolio = use_uploading(MediaPurpose::Portfolio);
    let mut kept = use_signal(|| false);
    use_effect(move || {
        if let Some(known) = profile.ready().filter(|_| !*kept.peek()) {
            kept.set(true);
            portfolio.keep(&known.portfolio_urls);
        }
    });
    let save = move |request: PatchProviderProfileRequest| {
        if !portfolio.is_settled() {
            toaster.say(Tone::Warn, text.say(Word::ProfilePhotosUnsettled));
            return;
        }
        let request = PatchProviderProfileRequest { portfolio_urls: Some(portfolio.urls()), ..request };
        acting.perform(Intent::PatchProviderProfile(request), move |_| {
            toaster.say(Tone::Good, text.say(Word::ProviderProfileSaved));
            back();
        });
    };
    rsx! {
        main { class: "screen", "data-testid": "provider-profile",
            div { class: "screen-head",
                TopBar { title: text.say(Word::ProviderProfileTitle), on_back: |()| back() }
            }
            div { class: "screen-body",
                match (profile.ready(), categories.ready(), profile.fault().or(categories.fault())) {
                    (Some(profile), Some(categories), _) => rsx! {
                        ProfileEditor {
                            profile,
                            categories,
                            portfolio: rsx! {
                                PhotoField { uploading: portfolio, label: text.say(Word::ProfilePortfolio), hint: text.say(Word::ProfilePortfolioHint), most: PICTURES, icon: Icon::Image, test_id: "portfolio" }
                            },
                            busy: acting.busy(),
                            on_save: save,
                        }
                    },
                    (_, _, Some(code)) => rsx! {
                        Failed {
                            code,
                            on_retry: move |()| {
                                profile.again();
                                categories.again();
                            },
                        }
                    },
                    _ => rsx! { Skeleton { lines: 3, shape: Shape::Cards } },
                }
            }
        }
    }
}
