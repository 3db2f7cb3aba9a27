//! Forms that are not sent yet, kept for whoever fills them in.

/// A form of which an unfinished state is kept: until it is sent, or its person signs out. What it holds is the app's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draft {
    /// The papers of the identity check.
    Verification,
}
