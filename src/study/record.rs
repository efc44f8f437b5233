//! The tables of a finished run as bytes that notice damage: a mark, a checksum, compressed columns.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::table::{Cells, Table};

/// First bytes of a record; the number changes with the layout.
const MARK: &[u8; 16] = b"ECOTONE RUN   2\n";
/// Bytes of the checksum (BLAKE3).
const CHECKSUM: usize = 32;
/// Longest unpacked record that is read, bytes: a bomb must not fill the memory.
const LONGEST: u64 = 1 << 30;

/// The record of the tables of a run; its digest is part of the checksum, so that a record in another run's place is
/// noticed too.
///
/// ```
/// use ecotone::study::record::{read, write};
/// use ecotone::table::{Kind, Table, Unit};
/// let mut table = Table::new("outcomes", "", &[("outcome", Kind::Text, Unit::Label), ("value", Kind::Number, Unit::Ratio)]);
/// table.push(&["share:a".into(), 0.25.into()]);
/// let mut bytes = write("a run", std::slice::from_ref(&table));
/// assert_eq!(read("a run", &bytes), Some(vec![table]));
/// assert_eq!(read("another run", &bytes), None);
/// *bytes.last_mut().unwrap() ^= 1;
/// assert_eq!(read("a run", &bytes), None);
/// ```
pub fn write(digest: &str, tables: &[Table]) -> Vec<u8> {
    let plain = postcard::to_allocvec(tables).expect("tables are plain data");
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(&plain).expect("a vector takes every byte");
    let packed = packer.finish().expect("a vector takes every byte");
    [&MARK[..], checksum(digest, &packed).as_bytes(), &packed].concat()
}

/// The tables of a record; `None` when it is damaged, cut short, of another run or of another layout.
pub fn read(digest: &str, bytes: &[u8]) -> Option<Vec<Table>> {
    let rest = bytes.strip_prefix(MARK)?;
    let (told, packed) = rest.split_at_checked(CHECKSUM)?;
    if checksum(digest, packed).as_bytes() != told {
        return None;
    }
    let mut plain = Vec::new();
    DeflateDecoder::new(packed).take(LONGEST).read_to_end(&mut plain).ok()?;
    let tables: Vec<Table> = postcard::from_bytes(&plain).ok()?;
    tables.iter().all(is_whole).then_some(tables)
}

fn checksum(digest: &str, packed: &[u8]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(digest.as_bytes());
    hasher.update(packed);
    hasher.finalize()
}

/// Whether columns have one length and words their codes.
fn is_whole(table: &Table) -> bool {
    table.columns.iter().all(|column| {
        let is_known = match &column.cells {
            Cells::Text { words, codes } => codes.iter().all(|&code| (code as usize) < words.len()),
            _ => true,
        };
        is_known && column.len() == table.rows()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::address::mix;
    use crate::table::{Kind, Unit};

    fn tables() -> Vec<Table> {
        let columns = [
            ("platform", Kind::Text, Unit::Label),
            ("day", Kind::Integer, Unit::Days),
            ("users", Kind::Number, Unit::People),
        ];
        let mut table = Table::new("activity", "Users by day", &columns);
        for day in 0..200 {
            let users = if day % 7 == 0 { f64::NAN } else { f64::from(day as i32) / 3.0 };
            table.push(&[["a", "网易"][day as usize % 2].into(), day.into(), users.into()]);
        }
        vec![table, Table::new("empty", "", &columns)]
    }

    #[test]
    fn what_is_written_is_read_bit_for_bit() {
        let (before, after) = (tables(), read("it", &write("it", &tables())).unwrap());
        assert_eq!(before[1], after[1]);
        let bits = |table: &Table| table.numbers("users").iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&before[0]), bits(&after[0]));
        assert_eq!(before[0].columns[..2], after[0].columns[..2]);
        assert_eq!(write("it", &before), write("it", &after));
    }

    #[test]
    fn a_thousand_flipped_bits_and_a_hundred_cuts_are_noticed() {
        let whole = write("it", &tables());
        for trial in 0..1000 {
            let bit = mix(trial) as usize % (whole.len() * 8);
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read("it", &bytes), None, "bit {bit}");
        }
        for trial in 0..100 {
            assert_eq!(read("it", &whole[..mix(trial) as usize % whole.len()]), None, "cut {trial}");
        }
        assert_eq!(read("it", &[&whole[..], b"more"].concat()), None);
    }
}
