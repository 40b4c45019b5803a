//! Runs of base64, base64url and hexadecimal, wherever they begin and however their lines are broken.

use super::layer::Mark;

/// Shortest run that can hide anything: four words of twelve letters.
const SHORTEST: usize = 20;
/// Lines of at least this length may go on in the next one (RFC 2045: 76, RFC 7468: 64).
const LINE: usize = 60;
const NONE: u8 = 64;

/// A run of the alphabet.
pub(super) struct Run {
    /// Where it begins.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Its lines, when there are several.
    lines: Vec<(usize, usize)>,
}

/// Calls back for every run.
pub(super) fn each(bytes: &[u8], mut visit: impl FnMut(&Run)) {
    let mut at = 0;
    while at + SHORTEST <= bytes.len() {
        // From the end of where a run would have to be: most text is skipped.
        if let Some(back) = (0..SHORTEST).rev().find(|it| VALUES[usize::from(bytes[at + it])] == NONE) {
            at += back + 1;
            continue;
        }
        let mut run = Run { start: at, end: line_end(bytes, at + SHORTEST), lines: Vec::new() };
        run.lines.push((at, run.end));
        while let Some(next) = next_line(bytes, &run) {
            run.end = line_end(bytes, next);
            run.lines.push((next, run.end));
        }
        at = run.end;
        visit(&run);
    }
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    from + bytes[from..].iter().take_while(|it| VALUES[usize::from(**it)] != NONE).count()
}

fn next_line(bytes: &[u8], run: &Run) -> Option<usize> {
    let last = run.lines.last().filter(|it| it.1 - it.0 >= LINE)?;
    let rest = &bytes[last.1..];
    let blank = rest.iter().take_while(|it| matches!(it, b'\r' | b'\n' | b' ' | b'\t')).count();
    let next = last.1 + blank;
    let goes_on = rest[..blank].contains(&b'\n') && bytes.get(next).is_some_and(|it| VALUES[usize::from(*it)] != NONE);
    goes_on.then_some(next)
}

impl Run {
    /// What it says when its first `skip` letters belong to something else, and where that stands.
    pub(super) fn decode(&self, bytes: &[u8], skip: usize, out: &mut Vec<u8>) -> Vec<Mark> {
        out.clear();
        let mut marks = vec![Mark { here: 0, below: self.start + skip, encoding: None }];
        if let [(start, end)] = self.lines[..] {
            decode(&bytes[(start + skip).min(end)..end], out);
            return marks;
        }
        let mut letters = Vec::new();
        for (start, end) in &self.lines {
            let here = letters.len().saturating_sub(skip) * 3 / 4;
            marks.push(Mark { here, below: *start, encoding: None });
            letters.extend_from_slice(&bytes[*start..*end]);
        }
        marks.remove(1);
        decode(&letters[skip.min(letters.len())..], out);
        marks
    }
}

fn decode(letters: &[u8], out: &mut Vec<u8>) {
    let value = |it: u8| u32::from(VALUES[usize::from(it)]);
    let mut groups = letters.chunks_exact(4);
    out.reserve(letters.len() / 4 * 3 + 3);
    for group in &mut groups {
        let bits = value(group[0]) << 18 | value(group[1]) << 12 | value(group[2]) << 6 | value(group[3]);
        out.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    let rest = groups.remainder();
    let bits = rest.iter().fold(0, |bits, it| bits << 6 | value(*it)) << (6 * (4 - rest.len()));
    out.extend_from_slice(&bits.to_be_bytes()[1..1 + rest.len() * 6 / 8]);
}

/// Bytes that pairs of hexadecimal digits say.
pub(super) fn hex(digits: &[u8]) -> Vec<u8> {
    let value = |it: u8| char::from(it).to_digit(16).unwrap_or(0) as u8;
    digits.chunks_exact(2).map(|it| value(it[0]) << 4 | value(it[1])).collect()
}

static VALUES: [u8; 256] = {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [NONE; 256];
    let mut at = 0;
    while at < 64 {
        table[letters[at] as usize] = at as u8;
        at += 1;
    }
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};

    fn decoded(text: &str) -> Vec<String> {
        let (mut all, mut out) = (Vec::new(), Vec::new());
        each(text.as_bytes(), |run| {
            for skip in 0..4 {
                run.decode(text.as_bytes(), skip, &mut out);
                all.push(String::from_utf8_lossy(&out).into_owned());
            }
        });
        all
    }

    #[test]
    fn runs_are_read_at_every_alignment() {
        let plain = "Nobody told the mayor: ~~~???>>>";
        for before in ["", "x", "data", "a/b-c_d", "base64,"] {
            for text in [BASE64_STANDARD.encode(plain), BASE64_URL_SAFE_NO_PAD.encode(plain)] {
                assert!(decoded(&format!("{before}{text}")).iter().any(|it| it.contains(plain)), "{before}{text}");
            }
        }
        assert!(decoded("Nobody told the mayor of the town about it").is_empty());
    }

    #[test]
    fn broken_lines_go_on() {
        let plain = "Nobody told the mayor about it, and so the ferry left without anybody on board that day, twice.";
        let text = BASE64_STANDARD.encode(plain);
        let broken = format!("x: {}\r\n {}", &text[..76], &text[76..]);
        assert!(decoded(&broken).iter().any(|it| it.contains(plain)));
    }
}
