//! Bytes as letters: most are ASCII, and one look tells what they are.

/// It ends a word.
pub(super) const BETWEEN: u8 = 0;
/// It changes nothing.
pub(super) const NOTHING: u8 = 1;
/// It may begin a tag.
pub(super) const LESS: u8 = 2;
/// It begins a character of several bytes, or none.
pub(super) const WIDE: u8 = 3;

/// What a byte is: one of the above, or a letter as it is compared.
pub(super) static ASCII: [u8; 256] = {
    let mut table = [BETWEEN; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        table[at] = match byte {
            b'\'' => NOTHING,
            b'<' => LESS,
            128.. => WIDE,
            _ if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
            _ => BETWEEN,
        };
        at += 1;
    }
    table
};

/// One character and its length; a byte that begins none stands for itself.
pub(super) fn character(bytes: &[u8]) -> (char, usize) {
    let length = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let text = bytes.get(..length).and_then(|it| std::str::from_utf8(it).ok());
    text.and_then(|it| it.chars().next()).map_or((char::from(bytes[0]), 1), |it| (it, length))
}
