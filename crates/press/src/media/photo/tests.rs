//! Photographs that are drawn here, since nobody's may lie in the project.

use super::*;

/// A photograph that is red on the left and blue on the right.
pub(crate) fn drawn(width: u16, height: u16) -> Vec<u8> {
    let pixel = |at: usize| if at % usize::from(width) < usize::from(width) / 2 { [200, 0, 0] } else { [0, 0, 200] };
    let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height)).flat_map(pixel).collect();
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 90).encode(&pixels, width, height, ColorType::Rgb).expect("is a picture");
    jpeg
}

/// The same with a head that says how it is turned.
fn turned(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let tiff =
        [b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[orientation, 0, 0, 0, 0, 0, 0]].concat();
    let length = (tiff.len() + 8) as u8;
    [&[0xff, 0xd8, 0xff, 0xe1, 0, length], b"Exif\0\0".as_slice(), &tiff, &jpeg[2..]].concat()
}

fn is_red(jpeg: &[u8], at: (usize, usize)) -> bool {
    let mut decoder = JpegDecoder::new(ZCursor::new(jpeg));
    let pixels = decoder.decode().expect("is a picture");
    let width = usize::from(decoder.info().expect("was read").width);
    let start = (at.1 * width + at.0) * 3;
    pixels[start] > pixels[start + 2]
}

fn sizes(widest: u32, widths: &[u32], size: (u32, u32)) -> (Option<(u32, u32)>, Vec<u32>) {
    let sizes = Sizes::of(&Pictures { widest, widths: widths.to_vec() }, size);
    (sizes.own, sizes.copies)
}

#[test]
fn what_is_too_wide_or_too_tall_is_made_smaller() {
    let usual = Pictures::default();
    assert_eq!(Sizes::of(&usual, (4000, 3000)), Sizes { own: Some((2000, 1500)), copies: vec![480, 960, 1440] });
    // A drawing in a column is read.
    assert_eq!(Sizes::of(&usual, (600, 9000)), Sizes { own: None, copies: vec![480] });
    assert_eq!(Sizes::of(&usual, (2200, 1000)), Sizes { own: None, copies: vec![480, 960, 1440] });
    assert_eq!(Sizes::of(&usual, (640, 480)), Sizes { own: None, copies: vec![480] });
    assert_eq!(Sizes::of(&usual, (599, 480)), Sizes::default());
    assert_eq!(sizes(0, &[960, 480, 960], (9000, 9000)), (None, vec![480, 960]));
    assert_eq!(sizes(2000, &[], (4000, 100)), (Some((2000, 50)), vec![]));
}

#[test]
fn a_copy_shows_the_same() {
    let photo = Photo::read(&drawn(800, 600)).expect("is one");
    let copy = photo.copy(400).expect("can be made");
    assert_eq!(Photo::read(&copy).expect("is one").size(), (400, 300));
    assert!(is_red(&copy, (50, 150)) && !is_red(&copy, (350, 150)));
    assert!(copy.len() < drawn(800, 600).len());
    assert_eq!(copy, Photo::read(&drawn(800, 600)).expect("is one").copy(400).expect("can be made"));
}

#[test]
fn a_turned_one_stands_upright() {
    for (orientation, red, blue) in
        [(2, (350, 150), (50, 150)), (3, (350, 150), (50, 150)), (6, (150, 50), (150, 350)), (8, (150, 350), (150, 50))]
    {
        let jpeg = turned(&drawn(800, 600), orientation);
        let photo = Photo::read(&jpeg).expect("is one");
        let upright = photo.copy(if orientation > 4 { 300 } else { 400 }).expect("can be made");
        assert!(is_red(&upright, red) && !is_red(&upright, blue), "{orientation}");
        assert_eq!(exif::orientation(&upright), None);
    }
}

#[test]
fn other_files_are_none() {
    for other in [b"\x89PNG\r\n\x1a\n".as_slice(), b"", b"\xff\xd8", b"\xff\xd8\xff\xe0\0\x04ab"] {
        assert!(!is_one(other) && Photo::read(other).is_none());
    }
    assert!(is_one(&drawn(8, 8)));
}

#[test]
fn one_whose_colours_come_one_after_the_other_stays_as_it_is() {
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, 80);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(&[90; 16 * 16 * 3], 16, 16, ColorType::Rgb).expect("is a picture");
    assert!(Photo::read(&jpeg).is_some() && !is_one(&jpeg));
}

#[test]
fn what_was_coarse_does_not_become_large() {
    for quality in [20, 30, 50, 75, 82, 95] {
        let mut jpeg = Vec::new();
        Encoder::new(&mut jpeg, quality).encode(&[90; 16 * 16 * 3], 16, 16, ColorType::Rgb).expect("is a picture");
        let guessed = super::quality(&jpeg).expect("has a table");
        assert!(guessed.abs_diff(quality) < 3, "{quality} {guessed}");
    }
}

#[test]
fn a_damaged_one_is_left_to_browsers() {
    let mut jpeg = drawn(800, 600);
    let middle = jpeg.len() / 2;
    jpeg[middle..middle + 2].copy_from_slice(&[0xff, 0xc4]);
    assert!(Photo::read(&jpeg).is_none());
}
