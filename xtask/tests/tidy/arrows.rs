//! Which crate may know which: `core` ← `ui` ← `app-shell` ← apps; `core` ← `backend`; `core` ← `engine` ← `app-shell`,
//! bindings.

use serde_json::Value;

/// What a crate may depend on.
struct Rule {
    name: &'static str,
    /// Crates of the workspace it may depend on.
    may: &'static [&'static str],
    /// Those only its tests may depend on.
    tests_may: &'static [&'static str],
    /// Crates of others it must do without, also in tests; whatever continues with `-` is meant too.
    never: &'static [&'static str],
}

const APP: &[&str] = &["rapi-app-shell", "rapi-core", "rapi-engine", "rapi-ui"];

const IO: &[&str] = &["tokio", "reqwest", "rusqlite", "rumqttc"];

const RULES: &[Rule] = &[
    Rule { name: "rapi-core", may: &[], tests_may: &[], never: &["tokio", "reqwest", "rusqlite", "rumqttc", "dioxus", "uniffi"] },
    Rule { name: "rapi-engine", may: &["rapi-core"], tests_may: &[], never: &["dioxus", "uniffi"] },
    Rule { name: "rapi-ui", may: &["rapi-core"], tests_may: &[], never: IO },
    Rule { name: "rapi-backend", may: &["rapi-core"], tests_may: &["rapi-engine"], never: &["dioxus", "uniffi"] },
    Rule { name: "rapi-measures", may: &[], tests_may: &[], never: &["tokio", "dioxus", "uniffi"] },
    Rule { name: "rapi-app-bench", may: &["rapi-journeys", "rapi-measures"], tests_may: &[], never: &["tokio", "dioxus", "uniffi"] },
    Rule { name: "rapi-bench", may: &["rapi-backend", "rapi-core", "rapi-measures"], tests_may: &[], never: &["dioxus", "uniffi"] },
    Rule { name: "rapi-app-shell", may: &["rapi-core", "rapi-engine", "rapi-ui"], tests_may: &[], never: &[] },
    Rule { name: "rapi-client-app", may: APP, tests_may: &[], never: &[] },
    Rule { name: "rapi-provider-app", may: APP, tests_may: &[], never: &[] },
    Rule { name: "rapi-admin-app", may: APP, tests_may: &[], never: &[] },
    Rule { name: "rapi-bindings", may: &["rapi-core", "rapi-engine"], tests_may: &[], never: &["dioxus"] },
    Rule { name: "rapi-journeys", may: &[], tests_may: &[], never: &["tokio", "dioxus", "uniffi"] },
    Rule { name: "xtask", may: &[], tests_may: &[], never: &[] },
];

/// Complains about every dependency that no rule grants, and every crate that has no rule.
pub fn check(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().expect("cargo lists the crates");
    packages.iter().flat_map(check_package).collect()
}

fn check_package(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let Some(rule) = RULES.iter().find(|rule| rule.name == name) else {
        return vec![format!("{name}: no rule says what it may depend on")];
    };
    let dependencies = package["dependencies"].as_array().expect("cargo lists the dependencies");
    dependencies.iter().filter_map(|dependency| refusal(rule, dependency)).collect()
}

fn refusal(rule: &Rule, dependency: &Value) -> Option<String> {
    let name = dependency["name"].as_str()?;
    let ours = dependency["path"].is_string();
    let only_tests = dependency["kind"] == "dev";
    let granted = rule.may.contains(&name) || only_tests && rule.tests_may.contains(&name);
    let banned = rule.never.iter().any(|never| is_of(name, never));
    let refused = if ours { !granted } else { banned };
    refused.then(|| format!("{} must not depend on {name}", rule.name))
}

/// Is `name` the crate `family`, or one of the crates around it?
fn is_of(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(name: &str, dependency: Value) -> Vec<String> {
        check(&json!({"packages": [{"name": name, "dependencies": [dependency]}]}))
    }

    #[test]
    fn an_arrow_against_the_stream_is_refused() {
        let ours = |name: &str| json!({"name": name, "path": "/somewhere", "kind": null});
        assert_eq!(one("rapi-core", ours("rapi-engine")), ["rapi-core must not depend on rapi-engine"]);
        assert_eq!(one("rapi-ui", ours("rapi-engine")), ["rapi-ui must not depend on rapi-engine"]);
        assert_eq!(one("rapi-backend", ours("rapi-engine")), ["rapi-backend must not depend on rapi-engine"]);
        assert_eq!(one("rapi-bindings", ours("rapi-ui")), ["rapi-bindings must not depend on rapi-ui"]);
        assert!(one("rapi-client-app", ours("rapi-engine")).is_empty());
    }

    #[test]
    fn only_the_tests_of_the_backend_may_know_the_engine() {
        let for_tests = json!({"name": "rapi-engine", "path": "/somewhere", "kind": "dev"});
        assert!(one("rapi-backend", for_tests.clone()).is_empty());
        assert_eq!(one("rapi-ui", for_tests).len(), 1);
    }

    #[test]
    fn io_stays_out_of_the_pure_crates() {
        let of_others = |name: &str| json!({"name": name, "kind": "dev"});
        assert_eq!(one("rapi-core", of_others("tokio-util")), ["rapi-core must not depend on tokio-util"]);
        assert_eq!(one("rapi-ui", of_others("rusqlite")), ["rapi-ui must not depend on rusqlite"]);
        assert!(one("rapi-ui", of_others("dioxus-ssr")).is_empty());
    }

    #[test]
    fn a_new_crate_needs_a_rule() {
        let metadata = json!({"packages": [{"name": "rapi-new", "dependencies": []}]});
        assert_eq!(check(&metadata), ["rapi-new: no rule says what it may depend on"]);
    }
}
