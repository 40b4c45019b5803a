//! What is taken out, and that nothing else is touched.

use super::*;

/// An EXIF with a maker, an orientation, a place and, after it, an author.
fn exif(is_little: bool) -> Vec<u8> {
    let short = |it: u16| if is_little { it.to_le_bytes() } else { it.to_be_bytes() };
    let long = |it: u32| if is_little { it.to_le_bytes() } else { it.to_be_bytes() };
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [short(tag).as_slice(), &short(kind), &long(count), &value].concat()
    };
    let upright = [short(6), [0, 0]].concat().try_into().expect("has four bytes");
    let first = [
        short(3).to_vec(),
        entry(0x0112, 3, 1, upright),
        entry(0x8825, 4, 1, long(50)),
        entry(0xa430, 2, 4, *b"Ada\0"),
        long(0).to_vec(),
    ];
    let place = [
        short(2).to_vec(),
        entry(1, 2, 2, *b"N\0\0\0"),
        entry(2, 5, 3, long(80)),
        long(0).to_vec(),
        b"52DEGREE30MINUTE15SECOND".to_vec(),
    ];
    let head = if is_little { LITTLE } else { BIG };
    [head, &long(8), &first.concat(), &place.concat()].concat()
}

fn xmp_of(latitude: &str) -> Vec<u8> {
    format!(
        "<x:xmpmeta><rdf:Description exif:GPSLatitude=\"{latitude}\" dc:rights='Ada'>\
         <exif:GPSLongitude>{latitude}</exif:GPSLongitude></rdf:Description></x:xmpmeta>"
    )
    .into_bytes()
}

fn jpeg(is_little: bool) -> Vec<u8> {
    let app1 = |body: Vec<u8>| [&[0xff, 0xe1][..], &(body.len() as u16 + 2).to_be_bytes(), &body].concat();
    let exif = app1([b"Exif\0\0".to_vec(), exif(is_little)].concat());
    let xmp = app1([b"http://ns.adobe.com/xap/1.0/\0".to_vec(), xmp_of("52,30.25N")].concat());
    let points = [&[0xff, 0xda][..], b"points of the picture", &[0xff, 0xd9]].concat();
    let one = [&[0xff, 0xd8][..], &exif, &xmp, &points].concat();
    // A second picture follows the first in what phones write.
    [one.clone(), one].concat()
}

fn has(bytes: &[u8], text: &str) -> bool {
    memmem::find(bytes, text.as_bytes()).is_some()
}

fn is_clean(before: &[u8], after: &[u8]) {
    assert!(has(before, "DEGREE") || has(before, "30.25N"));
    for text in ["DEGREE", "MINUTE", "SECOND", "30.25N"] {
        assert!(!has(after, text), "{text}");
    }
    assert_eq!(before.len(), after.len());
}

#[test]
fn a_photograph_keeps_all_but_its_place() {
    for is_little in [true, false] {
        let before = jpeg(is_little);
        let after = without_place("media/a.JPG", before.clone());
        is_clean(&before, &after);
        assert!(!has(&after, "\x25\u{0}") && has(&after, "Ada\0") && has(&after, "dc:rights='Ada'"));
        assert_eq!(super::super::exif::orientation(&after), Some(6));
        let points = memmem::find(&before, b"points").expect("is there");
        assert_eq!(before[points..points + 23], after[points..points + 23]);
        assert_eq!(without_place("media/a.jpg", after.clone()), after, "once is enough");
        assert_eq!(without_place("media/a.pdf", before.clone()), before);
    }
}

#[test]
fn other_kinds_of_pictures_are_cleaned_too() {
    let webp = [&b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0EXIF\x68\0\0\0"[..], &exif(true), b"XMP \0\0\0\0", &xmp_of("52,30.25N")];
    let heic = [&b"\0\0\0\x18ftypheic\0\0\0\0mdat"[..], b"\0\0\0\x06Exif\0\0", &exif(false), b"points"];
    for (name, before) in [("a.webp", webp.concat()), ("a.heic", heic.concat()), ("a.tif", exif(true))] {
        let after = without_place(name, before.clone());
        is_clean(&before, &after);
        assert!(has(&after, "Ada\0"), "{name}");
    }
}

#[test]
fn the_chunks_of_a_png_keep_their_checksums() {
    let chunk = |kind: &[u8], data: &[u8]| {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(data);
        [&(data.len() as u32).to_be_bytes()[..], kind, data, &sum.sum().to_be_bytes()].concat()
    };
    let text = |latitude: &str| [&b"XML:com.adobe.xmp\0\0\0\0\0"[..], &xmp_of(latitude)].concat();
    let picture = |exif: &[u8], xmp: &[u8], profile: Vec<u8>| {
        [PNG, &chunk(b"eXIf", exif), &chunk(b"iTXt", xmp), &profile, &chunk(b"IDAT", b"points"), &chunk(b"IEND", b"")]
            .concat()
    };
    let profile = b"Raw profile type exif\0\x0030.25N";
    let before = picture(&exif(false), &text("52,30.25N"), chunk(b"zTXt", profile));
    let after = without_place("a.png", before.clone());
    is_clean(&before, &after);
    let mut clean = exif(false);
    assert!(tiff::take_place(&mut clean));
    let empty = [&b"Comment\0"[..], &vec![b' '; profile.len() - 8]].concat();
    assert_eq!(after, picture(&clean, &text("         "), chunk(b"tEXt", &empty)));
}

#[test]
fn what_is_torn_is_copied_as_it_is() {
    for whole in [jpeg(true), exif(false), [PNG, b"\xff\xff\xff\xffeXIfII*\0"].concat()] {
        for end in 0..whole.len() {
            let torn = without_place("a.png", whole[..end].to_vec());
            assert_eq!(torn.len(), end);
            assert_eq!(without_place("a.jpg", whole[..end].to_vec()).len(), end);
        }
    }
    let circle = [LITTLE, &[8, 0, 0, 0, 1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0]].concat();
    assert_eq!(without_place("a.tif", circle.clone()).len(), circle.len());
}
