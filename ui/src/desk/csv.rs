//! Tables as files that spreadsheets read.

use super::{Cell, Column, Row};

/// `columns` and `rows` as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8.
#[must_use]
pub fn csv(columns: &[Column], rows: &[Row]) -> String {
    let mut file = String::from('\u{feff}');
    line(&mut file, columns.iter().map(|column| plain(&column.name)));
    for row in rows {
        line(&mut file, row.cells.iter().map(field));
    }
    file
}

fn field(cell: &Cell) -> String {
    match (&cell.raw, &cell.detail) {
        (Some(raw), _) => plain(raw),
        (None, Some(detail)) => plain(&format!("{} ({detail})", cell.text)),
        (None, None) => plain(&cell.text),
    }
}

fn line(file: &mut String, fields: impl Iterator<Item = String>) {
    file.push_str(&fields.collect::<Vec<_>>().join(","));
    file.push_str("\r\n");
}

/// A field that no spreadsheet takes for a formula, in quotes where it needs them. What people typed may begin with `=`; a
/// negative number may begin as it likes.
#[must_use]
pub fn plain(text: &str) -> String {
    let is_negative = text.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|digit| digit.is_ascii_digit()));
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_negative;
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use rapi_core::values::Rupiah;

    use super::*;

    #[test]
    fn what_people_typed_never_becomes_a_formula() {
        let typed = ["=1+1", "+62812", "@SUM(A1)", "-2+3", "\tcmd", "Siti"].map(plain);
        assert_eq!(typed, ["'=1+1", "'+62812", "'@SUM(A1)", "'-2+3", "'\tcmd", "Siti"]);
        assert_eq!(plain("-500"), "-500");
    }

    #[test]
    fn commas_quotes_and_lines_stay_within_their_field() {
        assert_eq!(plain("Jl. Kemang 12, RT 3"), "\"Jl. Kemang 12, RT 3\"");
        assert_eq!(plain("kata \"siap\""), "\"kata \"\"siap\"\"\"");
    }

    #[test]
    fn amounts_are_numbers_in_the_file_and_second_lines_stand_in_brackets() {
        let columns = [Column::new("Nama".into(), "1fr"), Column::new("Nilai".into(), "1fr")];
        let row = Row { key: "a".into(), cells: vec![Cell::words("Wati").with("penyedia"), Cell::money(Rupiah::new(24_600))] };
        assert_eq!(csv(&columns, &[row]), "\u{feff}Nama,Nilai\r\nWati (penyedia),24600\r\n");
    }
}
