//! Bytes of exports, whole and broken.

use super::*;

fn read(bytes: &[u8]) -> (String, Broken) {
    let mut source = Source::new(bytes).expect("opens");
    let mut text = String::new();
    source.read_to_string(&mut text).expect("is UTF-8");
    (text, source.broken.clone())
}

#[test]
fn broken_text_is_mended_and_its_line_known() {
    let (text, broken) = read(b"a\nb\xffc\nd\xe2\x82e\x08f\n");
    assert_eq!(text, "a\nb\u{fffd}c\nd\u{fffd}ef\n");
    assert_eq!(broken, Broken { sequences: 2, lines: vec![2, 3], controls: 1 });
}

#[test]
fn a_character_may_lie_across_chunks() {
    let text = format!("{}é{}", "x".repeat(CHUNK - 1), "y".repeat(CHUNK));
    assert_eq!(read(text.as_bytes()), (text, Broken::default()));
}

#[test]
fn other_encodings_are_read() {
    assert_eq!(read(b"<?xml version='1.0' encoding='ISO-8859-1'?>\xe9").0.chars().last(), Some('é'));
    assert_eq!(read(b"\xff\xfeh\0i\0").0, "hi");
    assert_eq!(read(b"\xef\xbb\xbfhi").0, "hi");
    let error = Source::new(&b"<?xml encoding=\"klingon\"?>"[..]).err().map(|it| it.to_string());
    assert!(error.is_some_and(|it| it.contains("klingon")));
}

#[test]
fn a_mark_may_lie_across_chunks() {
    let text = format!("{}</item>\nrest", "x".repeat(CHUNK - 3));
    let mut source = Source::new(text.as_bytes()).expect("opens");
    source.allow(1);
    source.skip_behind(b"</item>").expect("reads");
    let mut rest = String::new();
    source.read_to_string(&mut rest).expect("reads");
    assert_eq!(rest, "\nrest");
    source.skip_behind(b"x").expect("is at the end");
}

#[test]
fn lines_are_counted_as_they_are_taken() {
    let mut source = Source::new(&b"a\nb\nc"[..]).expect("opens");
    let mut buffer = [0; 2];
    source.read_exact(&mut buffer).expect("reads");
    assert_eq!(source.line(), 2);
    source.allow(1);
    assert_eq!(source.fill_buf().map(<[u8]>::len).ok(), Some(1));
    source.consume(1);
    assert_eq!(source.fill_buf().err().map(|it| it.kind()), Some(io::ErrorKind::FileTooLarge));
}
