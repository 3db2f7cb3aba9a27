//! Maps by id, for what is looked up thousands of times a second. Ids are ours, and half of each is random: nobody outside can
//! choose ids that fall together, so the hash need not defend itself.

use std::collections::HashMap;

/// Values by id.
pub type ById<K, V> = HashMap<K, V, foldhash::fast::RandomState>;
