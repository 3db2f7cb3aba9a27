//! `cargo xtask icons`: the icons of the apps as pixels, for those who cannot draw. The drawings are by hand, in `<app>/icons`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::cargo;
use crate::packages::{self, Purpose};

/// The folders of the apps.
pub const APPS: [&str; 3] = ["client-app", "provider-app", "admin-app"];

/// What is made: a drawing, and the sizes it is wanted in. A computer's icon has round corners; a phone cuts its own.
const PICTURES: [(&str, &[u32]); 2] = [("app", &[32, 128, 256, 512]), ("phone", &[1024])];

/// Draws them all anew.
///
/// # Errors
/// When the drawing program cannot be had, or does not do as it is told.
pub fn run() -> Result<()> {
    packages::ensure(Purpose::Icons)?;
    for app in APPS {
        let folder = cargo::root().join(app).join("icons");
        for (drawing, sizes) in PICTURES {
            for size in sizes {
                draw(&folder, drawing, *size)?;
            }
        }
    }
    Ok(())
}

fn draw(folder: &Path, drawing: &str, size: u32) -> Result<()> {
    let (from, to) = (folder.join(format!("{drawing}.svg")), folder.join(file(drawing, size)));
    let pixels = size.to_string();
    let mut rsvg = Command::new("rsvg-convert");
    rsvg.args(["--width", &pixels, "--height", &pixels, "--output"]).arg(&to).arg(&from);
    cargo::run(&mut rsvg)?;
    let drawn = fs::read(&to).with_context(|| format!("cannot read {}", to.display()))?;
    if dimensions(&drawn) != Some((size, size)) {
        bail!("{} is not {size} by {size}", to.display());
    }
    println!("    {}", to.display());
    Ok(())
}

fn file(drawing: &str, size: u32) -> String {
    format!("{drawing}-{size}.png")
}

/// Width and height of a PNG, as its first chunk says (PNG, section 11.2.2).
fn dimensions(png: &[u8]) -> Option<(u32, u32)> {
    let head = png.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| head.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    (head.get(4..8)? == b"IHDR").then_some((number(8)?, number(12)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_drawn_in_its_size() {
        for app in APPS {
            let folder = cargo::root().join(app).join("icons");
            for (drawing, size) in PICTURES.iter().flat_map(|(drawing, sizes)| sizes.iter().map(move |size| (drawing, *size))) {
                let path = folder.join(file(drawing, size));
                let png = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                assert_eq!(dimensions(&png), Some((size, size)), "{}", path.display());
            }
        }
    }

    #[test]
    fn what_is_no_png_has_no_dimensions() {
        assert_eq!(dimensions(b"<svg"), None);
        assert_eq!(dimensions(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"), None);
    }
}
