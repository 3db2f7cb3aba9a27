//! What other modules may ask of conversations: nothing yet.
