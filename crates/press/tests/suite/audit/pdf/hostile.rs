//! PDFs that are broken, or made to take for ever.

use super::samples::all;
use super::write::Object::{Packed, Plain, Stream};
use super::write::{latin_font, pdf};
use crate::audit::packers::zlib;
use crate::audit::{LEAK, search};
use std::time::{Duration, Instant};

#[test]
fn a_broken_pdf_breaks_nothing() {
    let begun = Instant::now();
    let whole = &all(LEAK);
    for (way, bytes) in
        whole.iter().filter(|it| it.0.contains("map") || it.0.contains("streams") || it.0.contains("locked"))
    {
        for cut in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            search("a.pdf", &bytes[..cut]);
        }
        for broken in 0..80_usize {
            let mut bytes = bytes.clone();
            for it in 0..6_usize {
                let at = (broken * 6 + it).wrapping_mul(2_654_435_761) % bytes.len();
                bytes[at] = bytes[at].wrapping_mul(31).wrapping_add(broken as u8);
            }
            search("a.pdf", &bytes);
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{way}: {:?}", begun.elapsed());
    }
}

#[test]
fn a_hostile_pdf_takes_no_more_than_others() {
    let begun = Instant::now();
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let ranges = "1 beginbfrange <00000000> <ffffffff> <0041> endbfrange";
    let composite = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>";
    let zeros = vec![0; 10 << 20];
    let shown = || Packed(String::new(), b"BT /F1 12 Tf <0102> Tj ET".to_vec());
    let files = [
        pdf("", &[Plain(deep("[", "]")), latin_font()]),
        pdf("", &[Plain(deep("<</A", ">>")), latin_font()]),
        pdf(
            "",
            &[
                Packed(String::new(), format!("BT {} TJ {} Tj", deep("[", "]"), deep("(", ")")).into_bytes()),
                latin_font(),
            ],
        ),
        pdf(
            "/Parent 3 0 R/Contents 3 0 R/Resources 7 0 R",
            &[shown(), latin_font(), Plain("7 0 R".into()), Plain("6 0 R".into())],
        ),
        pdf("", &[shown(), Plain(composite.into()), Packed(String::new(), ranges.into())]),
        pdf("", &[Packed(String::new(), zeros.clone()), latin_font(), Packed(String::new(), zeros.clone())]),
        pdf(
            "",
            &[Stream("/Filter[/FlateDecode/FlateDecode/FlateDecode]".into(), zlib(&zlib(&zlib(&zeros)))), latin_font()],
        ),
        pdf("", &[Packed("/Type/ObjStm/N 900000/First 900000".into(), zeros), latin_font()]),
        [&b"%PDF-1.7\n"[..], &b"1 0 obj stream\n".repeat(20_000)].concat(),
        [&b"%PDF-1.7\n"[..], &b"%%EOF\nstartxref\n9\n".repeat(20_000)].concat(),
    ];
    files.iter().for_each(|it| drop(search("a.pdf", it)));
    assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", begun.elapsed());
}
