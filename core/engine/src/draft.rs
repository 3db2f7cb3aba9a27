//! Forms that are being filled in, kept for whoever does.

/// A form whose state is kept until the app has no more use for it, or its person signs out. What it holds is the app's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draft {
    /// The papers of the identity check.
    Verification,
}
