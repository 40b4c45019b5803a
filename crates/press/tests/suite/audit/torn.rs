//! Archives that are torn, broken, or made to take for ever.

use super::packers::{brotli, deflated, gzip, tar, zip};
use super::{LEAK, PUBLIC, noise, search, unread};
use jumpline_press::audit::Why;
use std::time::{Duration, Instant};
use zip::CompressionMethod::Deflated;

#[test]
fn a_torn_archive_is_searched_to_the_tear() {
    let noise = noise(40_000);
    let members: [(&str, &[u8]); 3] = [("a.txt", LEAK.as_bytes()), ("b.bin", &noise), ("c.txt", PUBLIC.as_bytes())];
    for (name, bytes) in
        [("a.zip", zip(Deflated, &members)), ("a.tar.gz", gzip(&tar(&members))), ("a.br", brotli(&tar(&members)))]
    {
        for cut in (0..bytes.len()).step_by(997).chain([1, 4, 29, 30, 31, bytes.len() - 1]) {
            let is_told = !search(name, &bytes[..cut]).is_empty();
            assert!(cut < 20_000 || is_told, "{name}, cut at {cut}");
        }
        for broken in 0..60 {
            let mut bytes = bytes.clone();
            let at = broken * bytes.len() / 60;
            bytes[at] ^= 0x55;
            search(name, &bytes);
        }
    }
}

#[test]
fn a_bomb_does_not_go_off() {
    let begun = Instant::now();
    let zeros = vec![0; 10 << 20];
    let one = zip(Deflated, &[("a.bin", &zeros)]);
    assert_eq!(unread("a.zip", &one), [Why::TooLarge]);
    assert_eq!(unread("a.gz", &gzip(&zeros)), [Why::TooLarge]);
    assert_eq!(unread("a.br", &brotli(&zeros)), [Why::TooLarge]);
    let many: Vec<(String, &[u8])> = (0..16).map(|it| (format!("{it}.zip"), &one[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, data)| (name.as_str(), *data)).collect();
    let many = zip(Deflated, &many);
    assert_eq!(unread("a.zip", &zip(Deflated, &[("a.zip", &many), ("b.zip", &many)])), [Why::TooLarge]);
    // Members that share one kernel: each header is quoted by the member before it.
    let header = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a";
    let shared = [header.repeat(2000), deflated(&zeros)].concat();
    assert!(unread("a.zip", &shared).contains(&Why::TooLarge));
    assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", begun.elapsed());
}
