//! The choices of a `srcset`, read as browsers do (HTML Standard, 4.8.4.3.10 "Parsing a srcset attribute"): no blank has to follow a
//! comma behind a size, and a URL may have commas within it.

use super::links::{Context, Found};
use super::tree::Element;
use crate::media::MediaFile;
use crate::site::address::{self, Address};
use jumpline::picture::{self, Fit};

/// One picture to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Where it is.
    pub(crate) url: String,
    /// Its size, such as `640w` or `2x`; empty where it has none.
    pub(crate) size: String,
}

/// All candidates that a browser would take.
pub(crate) fn parse(set: &str) -> Vec<Candidate> {
    let blank = |it: char| it.is_ascii_whitespace();
    let mut candidates = Vec::new();
    let mut left = set;
    loop {
        left = left.trim_start_matches(|it| blank(it) || it == ',');
        if left.is_empty() {
            return candidates;
        }
        let (url, behind) = left.split_at(left.find(blank).unwrap_or(left.len()));
        let (size, behind) = if url.ends_with(',') { ("", behind) } else { behind.split_at(end(behind)) };
        left = behind;
        let size = size.split_ascii_whitespace().collect::<Vec<_>>();
        if is_size(&size) {
            candidates.push(Candidate { url: url.trim_end_matches(',').to_owned(), size: size.join(" ") });
        }
    }
}

/// The attribute that says so. A comma at the end of a URL would end its candidate.
pub(crate) fn write(candidates: &[Candidate]) -> String {
    let whole = |url: &str| url.strip_suffix(',').map_or(url.to_owned(), |it| format!("{it}%2C"));
    let one = |it: &Candidate| format!("{} {}", whole(&it.url), it.size).trim_end().to_owned();
    candidates.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Keeps the candidates that exist.
pub(super) fn resolve(element: &mut Element, context: &Context<'_>, found: &mut Found) {
    let Some(set) = element.remove("srcset") else { return };
    let mut kept = parse(&set);
    kept.retain_mut(|it| {
        it.url = match address::of(&it.url, context.folder, context.publication) {
            Address::Media(path) => {
                let Ok(file) = context.media.look(&path) else { return false };
                // A photograph may have been made smaller, and browsers reckon with what is said here.
                if let Some((width, _)) = file.size.filter(|_| it.size.ends_with('w')) {
                    it.size = format!("{width}w");
                }
                let url = address::media_url(&path, context.publication);
                found.media.insert(path);
                url
            }
            Address::Remote(url) if address::is_media_host(&url, context.publication) => url.to_string(),
            _ => return false,
        };
        true
    });
    if kept.is_empty() {
        element.remove("sizes");
    } else {
        element.set("srcset", write(&kept));
    }
}

/// Offers the copies of a photograph, and itself.
pub(super) fn offer(element: &mut Element, file: &MediaFile) {
    let (Some(src), Some((width, _))) = (element.get("src"), file.size) else { return };
    if let Some(choices) = picture::choices(src, width, &file.copies) {
        element.set("srcset", choices);
        element.set("sizes", Fit::Text.sizes());
    }
}

/// Where the descriptors end: at the first comma that stands in no parentheses.
fn end(text: &str) -> usize {
    let mut is_inside = false;
    for (at, it) in text.char_indices() {
        match it {
            '(' => is_inside = true,
            ')' => is_inside = false,
            ',' if !is_inside => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether descriptors are sound: a width, with a height or without one, or a density, or nothing.
fn is_size(descriptors: &[&str]) -> bool {
    let whole = |it: &str, unit| {
        it.strip_suffix(unit)
            .is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()) && it.parse::<u32>().is_ok_and(|it| it > 0))
    };
    let density = |it: &str| {
        let number =
            it.strip_suffix('x').filter(|it| it.starts_with(|it: char| it.is_ascii_digit() || "-.".contains(it)));
        number.and_then(|it| it.parse::<f64>().ok()).is_some_and(|it| it.is_finite() && it >= 0.0)
    };
    match descriptors {
        [] => true,
        [one] => whole(one, 'w') || density(one),
        [one, two] => whole(one, 'w') && whole(two, 'h') || whole(one, 'h') && whole(two, 'w'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(set: &str, expected: &[(&str, &str)]) {
        let found = parse(set);
        let found: Vec<(&str, &str)> = found.iter().map(|it| (it.url.as_str(), it.size.as_str())).collect();
        assert_eq!(found, expected, "{set}");
    }

    #[test]
    fn candidates_are_parted_as_browsers_part_them() {
        check("a.jpg 1x,b.jpg 2x", &[("a.jpg", "1x"), ("b.jpg", "2x")]);
        check("a.jpg 1x,https://tracker.example/x 2x", &[("a.jpg", "1x"), ("https://tracker.example/x", "2x")]);
        check("\n  a.jpg 640w ,\n\tb.jpg\t1280w\n", &[("a.jpg", "640w"), ("b.jpg", "1280w")]);
        check("a.jpg, b.jpg 2x", &[("a.jpg", ""), ("b.jpg", "2x")]);
        check(
            "a.jpg,, ,b.jpg 1.5x",
            &[("a.jpg,,", ""), ("b.jpg", "1.5x")].map(|(url, size)| (url.trim_end_matches(','), size)),
        );
        check("", &[]);
        check(" , ,", &[]);
    }

    #[test]
    fn commas_within_a_url_belong_to_it() {
        check("a,b.jpg 1x, c.jpg 2x", &[("a,b.jpg", "1x"), ("c.jpg", "2x")]);
        check("a.jpg,b.jpg", &[("a.jpg,b.jpg", "")]);
        check("/w_640,h_4/a.jpg 640w 4h", &[("/w_640,h_4/a.jpg", "640w 4h")]);
    }

    #[test]
    fn what_browsers_pass_over_is_passed_over() {
        for size in ["0w", "-1w", "1.5w", "+1w", "1x 2x", "1w 1x", "-1x", "+1x", "infx", "big", "2h", "(1x, b.jpg 2x"] {
            check(&format!("a.jpg {size}"), &[]);
        }
        check("a.jpg f(1, 2), b.jpg 2x", &[("b.jpg", "2x")]);
        check("a.jpg 1e1x, b.jpg -0x", &[("a.jpg", "1e1x"), ("b.jpg", "-0x")]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let candidates = parse("a,b.jpg 1x,c.jpg,d.jpg 2x, e.jpg");
        assert_eq!(write(&candidates), "a,b.jpg 1x, c.jpg,d.jpg 2x, e.jpg");
        assert_eq!(parse(&write(&candidates)), candidates);
        let ends = Candidate { url: "/media/a,".to_owned(), size: "2x".to_owned() };
        assert_eq!(write(&[ends]), "/media/a%2C 2x");
    }
}
