//! The comments that begin and end the editor's blocks.

/// A block's comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delimiter<'a> {
    /// A name, and attributes as they are stored.
    Open(&'a str, &'a str),
    /// A block that has nothing between its ends.
    Void(&'a str, &'a str),
    Close(&'a str),
}

/// Reads `<!-- wp:name {"a":1} -->`; core blocks have no namespace.
pub(super) fn delimiter(comment: &str) -> Option<Delimiter<'_>> {
    let inside = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    if let Some(name) = inside.strip_prefix("/wp:") {
        return Some(Delimiter::Close(short(name.trim())));
    }
    let inside = inside.strip_prefix("wp:")?;
    let (inside, void) = inside.strip_suffix('/').map_or((inside, false), |it| (it, true));
    let (name, attributes) = inside.trim().split_once(char::is_whitespace).unwrap_or((inside.trim(), ""));
    let (name, attributes) = (short(name), attributes.trim());
    Some(if void { Delimiter::Void(name, attributes) } else { Delimiter::Open(name, attributes) })
}

/// All that content names, also where no parser would see a comment.
pub(super) fn delimiters(content: &str) -> impl Iterator<Item = Delimiter<'_>> {
    let starts = content.match_indices("<!--").map(|it| it.0);
    let ends = starts.clone().skip(1).chain([content.len()]);
    let comment = |(start, end): (usize, usize)| {
        let part = &content[start..end];
        let unclosed = || {
            let name = part.strip_prefix("<!--")?.trim_start().strip_prefix("wp:")?.split_whitespace().next()?;
            Some(Delimiter::Open(short(name), ""))
        };
        part.find("-->").map_or_else(unclosed, |it| delimiter(&part[..it + 3]))
    };
    starts.zip(ends).filter_map(comment)
}

fn short(name: &str) -> &str {
    let name = name.strip_prefix("core/").unwrap_or(name);
    // Embeds had a block for each provider once.
    if name.starts_with("core-embed/") { "embed" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found_in_broken_markup_too() {
        let content = "<!-- oops <!-- wp:core/more {\"a\":1} --><!--wp:x/y /--><!-- /wp:more --><!-- a --><!-- wp:z {";
        let found: Vec<_> = delimiters(content).collect();
        assert_eq!(
            found,
            [
                Delimiter::Open("more", "{\"a\":1}"),
                Delimiter::Void("x/y", ""),
                Delimiter::Close("more"),
                Delimiter::Open("z", "")
            ]
        );
    }
}
