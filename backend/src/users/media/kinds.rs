//! What a file is, by its first bytes; what its name or sender says is not believed.

use rapi_core::wire::people::MediaPurpose;

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Webp,
    Pdf,
    Webm,
    Ogg,
    Mp4,
}

impl Kind {
    /// Reads the signature (WHATWG MIME Sniffing § 6; PDF 32000-1 § 7.5.2).
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let at = |from: usize, sign: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(sign));
        [
            (Self::Jpeg, at(0, b"\xFF\xD8\xFF")),
            (Self::Png, at(0, b"\x89PNG\r\n\x1A\n")),
            (Self::Webp, at(0, b"RIFF") && at(8, b"WEBP")),
            (Self::Pdf, at(0, b"%PDF-")),
            (Self::Webm, at(0, b"\x1A\x45\xDF\xA3")),
            (Self::Ogg, at(0, b"OggS\0")),
            (Self::Mp4, at(4, b"ftyp")),
        ]
        .into_iter()
        .find_map(|(kind, is_it)| is_it.then_some(kind))
    }

    /// Its MIME type; moving pictures are taken for their sound alone.
    pub(super) const fn mime_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Webm => "audio/webm",
            Self::Ogg => "audio/ogg",
            Self::Mp4 => "audio/mp4",
        }
    }

    /// May a file for `purpose` be one of these?
    pub(super) const fn suits(self, purpose: MediaPurpose) -> bool {
        match self {
            Self::Jpeg | Self::Png | Self::Webp => true,
            Self::Pdf => matches!(purpose, MediaPurpose::Certificate | MediaPurpose::PaymentProof | MediaPurpose::Chat),
            Self::Webm | Self::Ogg | Self::Mp4 => matches!(purpose, MediaPurpose::Chat),
        }
    }
}

/// The usual ending of a file of that type.
pub(super) fn ending(mime_type: &str) -> &'static str {
    match mime_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "application/pdf" => "pdf",
        "audio/webm" => "webm",
        "audio/ogg" => "ogg",
        "audio/mp4" => "m4a",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (bytes, kind) in [
            (&b"\xFF\xD8\xFF\xE0\0\x10JFIF"[..], Some(Kind::Jpeg)),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", Some(Kind::Png)),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Some(Kind::Webp)),
            (b"RIFF\x24\0\0\0WAVEfmt ", None),
            (b"%PDF-1.7\n", Some(Kind::Pdf)),
            (b"\x1A\x45\xDF\xA3\x01", Some(Kind::Webm)),
            (b"OggS\0\x02", Some(Kind::Ogg)),
            (b"\0\0\0\x20ftypM4A ", Some(Kind::Mp4)),
            (b"<svg onload=alert(1)>", None),
            (b"\xFF\xD8", None),
            (b"", None),
        ] {
            assert_eq!(Kind::of(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn sound_is_for_chat_and_faces_are_pictures() {
        assert!(Kind::Ogg.suits(MediaPurpose::Chat) && !Kind::Ogg.suits(MediaPurpose::ProfilePhoto));
        assert!(Kind::Pdf.suits(MediaPurpose::Certificate) && !Kind::Pdf.suits(MediaPurpose::Selfie));
        assert!(MediaPurpose::ALL.iter().all(|purpose| Kind::Jpeg.suits(*purpose)));
    }

    #[test]
    fn every_kind_has_an_ending() {
        for kind in [Kind::Jpeg, Kind::Png, Kind::Webp, Kind::Pdf, Kind::Webm, Kind::Ogg, Kind::Mp4] {
            assert_ne!(ending(kind.mime_type()), "bin");
        }
    }
}
