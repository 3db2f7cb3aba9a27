//! The key stores of the systems: the Secret Service on Linux, Keychain on Apple's, Credential Manager on Windows.

use std::path::Path;
use std::sync::Arc;

use super::Keys;

/// The entry of `app` in the system's key store: each data folder has its own. `None` where no key store is known.
#[cfg(any(target_os = "ios", target_os = "linux", target_os = "macos", windows))]
pub fn system(app: rapi_ui::App, folder: &Path) -> Option<Arc<dyn Keys>> {
    // Without a bus to ask on, the library would try to start one.
    if cfg!(target_os = "linux") && !bus::is_there() {
        return None;
    }
    // Two paths to one folder are one account.
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let (service, account) = (format!("id.rapi.{}", app.slug()), folder.display().to_string());
    Some(Arc::new(known::Entry { service, account, store: std::sync::OnceLock::new() }))
}

/// No key store is known here: the folder of an app is its own on Android.
#[cfg(not(any(target_os = "ios", target_os = "linux", target_os = "macos", windows)))]
pub fn system(_: rapi_ui::App, _: &Path) -> Option<Arc<dyn Keys>> {
    None
}

/// The bus of the person's session, on which Linux keeps its key stores.
#[cfg(any(target_os = "ios", target_os = "linux", target_os = "macos", windows))]
mod bus {
    use std::env;
    use std::path::PathBuf;

    /// Is there one?
    pub fn is_there() -> bool {
        let named = env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty());
        named || env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| PathBuf::from(folder).join("bus").exists())
    }
}

#[cfg(any(target_os = "ios", target_os = "linux", target_os = "macos", windows))]
mod known {
    use std::sync::{Arc, OnceLock};

    #[cfg(target_os = "macos")]
    use apple_native_keyring_store::keychain::Store;
    #[cfg(target_os = "ios")]
    use apple_native_keyring_store::protected::Store;
    #[cfg(target_os = "linux")]
    use dbus_secret_service_keyring_store::Store;
    use keyring_core::api::CredentialStoreApi as _;
    use keyring_core::{Entry as Credential, Error};
    #[cfg(windows)]
    use windows_native_keyring_store::Store;

    use crate::key_store::{Keys, Refused};

    /// An entry, found by these two names.
    pub struct Entry {
        pub service: String,
        pub account: String,
        /// Opened when first used, which may take its time.
        pub store: OnceLock<Arc<Store>>,
    }

    impl Entry {
        fn open(&self) -> Result<Credential, Error> {
            let store = match self.store.get() {
                Some(store) => store.clone(),
                None => {
                    let store = Store::new()?;
                    self.store.get_or_init(|| store).clone()
                }
            };
            store.build(&self.service, &self.account, None)
        }
    }

    impl Keys for Entry {
        fn get(&self) -> Result<Option<Vec<u8>>, Refused> {
            match self.open()?.get_secret() {
                Ok(secret) => Ok(Some(secret)),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(error.into()),
            }
        }

        fn set(&self, secret: &[u8]) -> Result<(), Refused> {
            Ok(self.open()?.set_secret(secret)?)
        }

        fn forget(&self) -> Result<(), Refused> {
            match self.open()?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(error.into()),
            }
        }
    }
}
