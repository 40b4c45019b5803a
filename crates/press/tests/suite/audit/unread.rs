//! Where the audit cannot look it says so.

use super::packers::{encrypted, gzip, tar, utf16, zip};
use super::{LEAK, PUBLIC, run_again, search, unread, write};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jumpline_press::audit::{Record, Why};
use zip::CompressionMethod::{Deflated, Stored};

#[test]
fn ciphertext_that_begins_like_a_packed_file_is_not_damaged() {
    let random: Vec<u8> = (0..200u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    let bucket =
        |bytes: &[u8]| format!("{{\"version\":1,\"entries\":[{{\"key\":\"{}\"}}]}}", BASE64_STANDARD.encode(bytes));
    for flags in [0, 0xff, random[0]] {
        let entry = [&[0x1f, 0x8b, 8, flags][..], &random].concat();
        assert_eq!(unread("0502.json", bucket(&entry).as_bytes()), [], "{flags}");
    }
    // What is packed all the same is looked into, torn or not.
    let packed = gzip(format!("{LEAK} {}", PUBLIC.repeat(4)).as_bytes());
    for bytes in [&packed[..], &packed[..packed.len() - 6]] {
        assert!(!search("0502.json", bucket(bytes).as_bytes()).is_empty());
    }
}

#[test]
fn what_cannot_be_looked_into_is_said() {
    let ooxml =
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 600], utf16("EncryptedPackage", u16::to_le_bytes)]
            .concat();
    let mut lzma = zip(Deflated, &[("a.txt", b"nothing at all")]);
    lzma[8] = 14;
    let mut deep = zip(Deflated, &[("a.txt", PUBLIC.as_bytes())]);
    for _ in 0..12 {
        deep = zip(Deflated, &[("a.zip", &deep)]);
    }
    let cases = [
        ("a.zip", encrypted(LEAK.as_bytes()), Why::Encrypted),
        ("a.docx", ooxml, Why::Encrypted),
        ("a.zip", lzma, Why::Unknown),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), Why::Unknown),
        ("a.bz2", b"BZh91AY&SY....".to_vec(), Why::Unknown),
        ("a.zst", b"\x28\xb5\x2f\xfd....".to_vec(), Why::Unknown),
        ("a.br", b"this is no Brotli at all".to_vec(), Why::Damaged),
        ("a.gz", gzip(PUBLIC.as_bytes())[..40].to_vec(), Why::Damaged),
        ("a.zip", deep, Why::TooDeep),
    ];
    for (name, bytes, why) in cases {
        assert_eq!(unread(name, &bytes), [why], "{name}");
    }
    let torn = gzip(PUBLIC.as_bytes())[..40].to_vec();
    let stored = zip(Stored, &[("a.txt", b"nothing"), ("a.json.gz", &torn)]);
    for (name, bytes) in [("a.zip", stored), ("a.tar", tar(&[("a.gz", &torn)])), ("a.gz", gzip(&torn))] {
        assert_eq!(unread(name, &bytes), [Why::Damaged], "torn in {name}");
    }
    assert_eq!(unread("a.txt", b"BZh, PK\x03\x04 and %PDF-1.7 are no files"), []);

    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.zip", &encrypted(LEAK.as_bytes()));
    write(folder.path(), "b.7z", b"7z\xbc\xaf\x27\x1c\0\x04");
    let (summary, record) = run_again(folder.path(), PUBLIC, &Record::default()).unwrap();
    let told = "\n2 files could not be looked into: a.zip (encrypted), b.7z (packed in a way that is not read here)";
    assert!(summary.to_string().ends_with(told), "{summary}");
    let (again, _) = run_again(folder.path(), PUBLIC, &record).unwrap();
    assert_eq!((again.searched, again.unread), (0, summary.unread), "and the next audit says it again");
}
