//! What devices are called.

/// A device by what it says of itself: `Rapi/0.1.0 (linux)` is `Rapi · Linux`. Versions are nobody's business; what comes without a
/// system keeps its name.
#[must_use]
pub fn device(user_agent: &str) -> String {
    let name = user_agent.split(['/', ' ']).next().unwrap_or_default();
    let system = user_agent.split_once('(').and_then(|(_, rest)| rest.split([')', ';']).next()).and_then(system);
    [Some(name), system].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The name people know a system by.
fn system(name: &str) -> Option<&'static str> {
    Some(match name.trim() {
        "android" => "Android",
        "ios" => "iPhone",
        "linux" => "Linux",
        "macos" => "Mac",
        "windows" => "Windows",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_by_its_app_and_its_system() {
        assert_eq!(device("Rapi/0.1.0 (android)"), "Rapi · Android");
        assert_eq!(["curl/8.5.0", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605"].map(device), ["curl", "Mozilla"]);
        assert_eq!(device(""), "");
    }
}
