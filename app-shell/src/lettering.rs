//! How letters are drawn: as they were designed, as on phones. Bending them to whole pixels is for type that was made for it, costs
//! its time with the first of every weight, and puts words at uneven distances.

/// Tells the system's part of the window, once that is open.
#[cfg(target_os = "linux")]
pub fn keep_shapes() {
    use gtk::prelude::GtkSettingsExt as _;

    if let Some(settings) = gtk::Settings::default() {
        settings.set_gtk_xft_hinting(0);
        settings.set_gtk_xft_hintstyle(Some("hintnone"));
    }
}

/// Other systems keep them by themselves.
#[cfg(not(target_os = "linux"))]
pub const fn keep_shapes() {}
