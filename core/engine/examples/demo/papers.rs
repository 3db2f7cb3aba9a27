//! Papers for the identity check: small pictures and plausible numbers.

/// A square picture of one grey, as PNG (ISO/IEC 15948) with stored, not compressed, data (RFC 1950, RFC 1951).
pub fn picture(side: u8, grey: u8) -> Vec<u8> {
    let row = |_| std::iter::once(0).chain(std::iter::repeat_n(grey, usize::from(side)));
    let pixels: Vec<u8> = (0..side).flat_map(row).collect();
    let mut header = vec![0, 0, 0, side, 0, 0, 0, side];
    // Eight bits of grey, no interlacing.
    header.extend([8, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &stored(&pixels));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let begins = png.len();
    png.extend(kind);
    png.extend(data);
    let sum = crc32(&png[begins..]);
    png.extend(sum.to_be_bytes());
}

/// One stored block; `data` is shorter than 64 KiB.
fn stored(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap_or(0);
    let mut zlib = vec![0x78, 0x01, 0x01];
    zlib.extend(length.to_le_bytes());
    zlib.extend((!length).to_le_bytes());
    zlib.extend(data);
    zlib.extend(adler32(data).to_be_bytes());
    zlib
}

fn crc32(bytes: &[u8]) -> u32 {
    let step =
        |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 });
    !bytes.iter().fold(!0, step)
}

fn adler32(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1u32, 0u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    high << 16 | low
}

/// A NIK of a woman born in Jakarta Selatan on 5 June 1990, with a serial from `dice`.
pub fn nik(dice: u128) -> String {
    format!("3174014506 90{:04}", dice % 9_998 + 1).replace(' ', "")
}

/// An Indonesian mobile number from `dice`.
pub fn phone(dice: u128) -> String {
    format!("+62812{:08}", dice % 100_000_000)
}
