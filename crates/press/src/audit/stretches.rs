//! Stretches of text in bytes that are mostly none.

/// Bytes of text that may be four words of twelve letters.
pub(super) const STRETCH: usize = 15;

/// Calls back for each stretch of UTF-8 in bytes that are mostly none, such as a decoded ciphertext.
pub(super) fn each(bytes: &[u8], mut visit: impl FnMut(usize, usize)) {
    let mut at = 0;
    while at + STRETCH <= bytes.len() {
        // From the end of where a stretch would have to be, as most places are none.
        if let Some(back) = (0..STRETCH - 1).rev().find(|it| !may_follow(bytes[at + it], bytes[at + it + 1])) {
            at += back + 1;
            continue;
        }
        let more = bytes[at + STRETCH - 1..].windows(2).take_while(|it| may_follow(it[0], it[1])).count();
        visit(at, at + STRETCH + more);
        at += STRETCH + more;
    }
}

/// Whether two bytes may stand side by side in a text in UTF-8.
fn may_follow(first: u8, second: u8) -> bool {
    match (KINDS[usize::from(first)], KINDS[usize::from(second)]) {
        (Kind::Ascii, Kind::Ascii | Kind::Lead) | (Kind::Lead, Kind::Trail) => true,
        (Kind::Trail, second) => second != Kind::None,
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Ascii,
    Lead,
    Trail,
}

static KINDS: [Kind; 256] = {
    let mut table = [Kind::None; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b' '..=b'~' | b'\t' | b'\n' | b'\r' => Kind::Ascii,
            0x80..=0xbf => Kind::Trail,
            0xc2..=0xf4 => Kind::Lead,
            _ => Kind::None,
        };
        at += 1;
    }
    table
};
