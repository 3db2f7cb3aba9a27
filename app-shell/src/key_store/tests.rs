//! The rules between key store and file, with a key store that does what a test wants.

use std::sync::atomic::{AtomicBool, Ordering};

use rapi_engine::FileSecretStore;
use tempfile::TempDir;

use super::*;

/// A key store in memory.
#[derive(Default)]
struct Fake {
    held: Mutex<Option<Vec<u8>>>,
    is_locked: AtomicBool,
    /// It asks for a password, and nobody is there.
    hangs: AtomicBool,
    /// It takes what it is given and keeps something else.
    garbles: AtomicBool,
}

impl Fake {
    fn holding(secret: &[u8]) -> Arc<Self> {
        Arc::new(Self { held: Mutex::new(Some(secret.to_vec())), ..Self::default() })
    }

    fn held(&self) -> Option<Vec<u8>> {
        self.held.lock().unwrap().clone()
    }

    fn answer(&self) -> Result<(), Refused> {
        if self.hangs.load(Ordering::Relaxed) {
            // As long as nobody wakes this thread.
            thread::park();
        }
        if self.is_locked.load(Ordering::Relaxed) { Err("locked".into()) } else { Ok(()) }
    }
}

impl Keys for Fake {
    fn get(&self) -> Result<Option<Vec<u8>>, Refused> {
        self.answer()?;
        Ok(self.held())
    }

    fn set(&self, secret: &[u8]) -> Result<(), Refused> {
        self.answer()?;
        let kept = if self.garbles.load(Ordering::Relaxed) { &[0] } else { secret };
        *self.held.lock().unwrap() = Some(kept.to_vec());
        Ok(())
    }

    fn forget(&self) -> Result<(), Refused> {
        self.answer()?;
        *self.held.lock().unwrap() = None;
        Ok(())
    }
}

/// The folder and the file in it.
fn file() -> (TempDir, Arc<dyn SecretStore>) {
    let dir = tempfile::tempdir().unwrap();
    let file = FileSecretStore::new(dir.path().join("session.secret"));
    (dir, Arc::new(file))
}

fn opened(keys: &Arc<Fake>, file: &Arc<dyn SecretStore>) -> KeyStore {
    KeyStore::with_patience(Some(keys.clone()), file.clone(), Duration::from_millis(50))
}

fn without_keys(file: &Arc<dyn SecretStore>) -> KeyStore {
    KeyStore::open(None, file.clone())
}

fn loaded(store: &dyn SecretStore) -> Option<Vec<u8>> {
    store.load().unwrap()
}

#[test]
fn a_secret_goes_to_the_key_store_and_to_no_file() {
    let ((_dir, file), keys) = (file(), Arc::<Fake>::default());
    let store = opened(&keys, &file);
    assert_eq!(loaded(&store), None);
    store.save(b"first").unwrap();
    store.save(b"second").unwrap();
    assert_eq!((keys.held().as_deref(), loaded(&*file)), (Some(b"second".as_slice()), None));
    assert_eq!(loaded(&opened(&keys, &file)).as_deref(), Some(b"second".as_slice()));
    store.clear().unwrap();
    store.clear().unwrap();
    assert_eq!((keys.held(), loaded(&store), loaded(&*file)), (None, None, None));
}

#[test]
fn without_a_key_store_the_file_keeps_it() {
    let (_dir, file) = file();
    let store = without_keys(&file);
    store.save(b"token").unwrap();
    assert_eq!(loaded(&*file).as_deref(), Some(b"token".as_slice()));
    assert_eq!(loaded(&without_keys(&file)).as_deref(), Some(b"token".as_slice()));
    store.clear().unwrap();
    assert_eq!(loaded(&without_keys(&file)), None);
}

#[test]
fn what_the_file_holds_moves_to_the_key_store() {
    let ((_dir, file), keys) = (file(), Fake::holding(b"old"));
    file.save(b"token").unwrap();
    let store = opened(&keys, &file);
    assert_eq!((keys.held().as_deref(), loaded(&*file)), (Some(b"token".as_slice()), None));
    assert_eq!(loaded(&store).as_deref(), Some(b"token".as_slice()));
}

#[test]
fn a_locked_key_store_leaves_everything_to_the_file() {
    let ((_dir, file), keys) = (file(), Fake::holding(b"old"));
    keys.is_locked.store(true, Ordering::Relaxed);
    let store = opened(&keys, &file);
    assert_eq!(loaded(&store), None);
    store.save(b"new").unwrap();
    assert_eq!(loaded(&store).as_deref(), Some(b"new".as_slice()));
    keys.is_locked.store(false, Ordering::Relaxed);
    assert_eq!(loaded(&opened(&keys, &file)).as_deref(), Some(b"new".as_slice()));
    assert_eq!((keys.held().as_deref(), loaded(&*file)), (Some(b"new".as_slice()), None));
}

#[test]
fn whoever_signs_out_beside_a_locked_key_store_stays_signed_out_when_it_opens() {
    let ((_dir, file), keys) = (file(), Fake::holding(b"old"));
    keys.is_locked.store(true, Ordering::Relaxed);
    let store = opened(&keys, &file);
    store.clear().unwrap();
    assert_eq!(loaded(&opened(&keys, &file)), None);
    keys.is_locked.store(false, Ordering::Relaxed);
    assert_eq!(loaded(&opened(&keys, &file)), None);
    assert_eq!((keys.held(), loaded(&*file)), (None, None));
}

#[test]
fn a_key_store_that_asks_for_a_password_is_not_waited_for_twice() {
    let ((_dir, file), keys) = (file(), Fake::holding(b"old"));
    keys.hangs.store(true, Ordering::Relaxed);
    let store = opened(&keys, &file);
    assert_eq!(loaded(&store), None);
    // It would answer now, but what it still does for the first question nobody knows.
    keys.hangs.store(false, Ordering::Relaxed);
    store.save(b"new").unwrap();
    assert_eq!((keys.held().as_deref(), loaded(&*file).as_deref()), (Some(b"old".as_slice()), Some(b"new".as_slice())));
}

#[test]
fn a_key_store_that_garbles_is_not_believed() {
    let ((_dir, file), keys) = (file(), Arc::<Fake>::default());
    keys.garbles.store(true, Ordering::Relaxed);
    file.save(b"token").unwrap();
    let store = opened(&keys, &file);
    assert_eq!(loaded(&store).as_deref(), Some(b"token".as_slice()));
    store.save(b"next").unwrap();
    assert_eq!(loaded(&store).as_deref(), Some(b"next".as_slice()));
}

/// As in `dbus-run-session -- sh -c 'echo | gnome-keyring-daemon --unlock --components=secrets; cargo test …'`.
#[test]
#[ignore = "needs the key store of a session, which a test machine seldom has"]
fn the_key_store_of_this_system_keeps_a_secret() {
    let (dir, file) = file();
    let keys = system(rapi_ui::App::Admin, dir.path()).expect("a key store is known here");
    let store = KeyStore::open(Some(keys.clone()), file.clone());
    assert_eq!(loaded(&store), None);
    store.save(&[0, 255, 7]).unwrap();
    store.save(b"second").unwrap();
    assert_eq!((keys.get().unwrap().as_deref(), loaded(&*file)), (Some(b"second".as_slice()), None));
    let elsewhere = tempfile::tempdir().unwrap();
    assert_eq!(system(rapi_ui::App::Admin, elsewhere.path()).unwrap().get().unwrap(), None);
    store.clear().unwrap();
    assert_eq!((keys.get().unwrap(), loaded(&store)), (None, None));
}
