//! Ways to draw a text on a page.

use super::write::{hex, literal};

/// Glyphs numbered as they come, with a map of what they are.
pub(super) fn mapped(text: &str) -> (String, String) {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let glyph = |it: char| letters.binary_search(&it).unwrap() as u16 + 3;
    let codes: Vec<u8> = text.chars().flat_map(|it| glyph(it).to_be_bytes()).collect();
    let lines: String = letters.iter().map(|it| format!("<{:04X}> <{:04X}>\n", glyph(*it), *it as u32)).collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
         {} beginbfchar\n{lines}endbfchar endcmap end",
        letters.len()
    );
    (hex(&codes), map)
}

/// Streams that show a text, each in another way.
pub(super) fn drawn(text: &str) -> Vec<(&'static str, String)> {
    let words: Vec<&str> = text.split(' ').collect();
    let show = |separator: &str, it: &[&str]| it.iter().map(|it| literal(it)).collect::<Vec<_>>().join(separator);
    let lines = words.chunks(3).map(|it| it.join(" ")).collect::<Vec<_>>();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let letters: Vec<String> = text.chars().map(|it| literal(&it.to_string())).collect();
    let kerned = words.iter().map(|it| it.chars().map(|it| literal(&it.to_string())).collect::<Vec<_>>().join("-40"));
    let kerned = kerned.collect::<Vec<_>>().join(" -278 ");
    let each = |it: &[&str], after: &str| it.iter().map(|it| format!("{}{after}", literal(it))).collect::<String>();
    vec![
        ("whole", format!("BT /F1 12 Tf 50 700 Td {} Tj ET", literal(text))),
        ("lines, Td", format!("BT /F1 12 Tf 50 700 Td {} ET", each(&lines, " Tj 0 -14 Td "))),
        ("lines, T*", format!("BT /F1 12 Tf 14 TL 50 700 Td {} ET", each(&lines, " Tj T* "))),
        ("lines, quotes", format!("BT /F1 12 Tf 14 TL 50 700 Td {} ET", each(&lines, " ' "))),
        ("lines, two quotes", format!("BT /F1 12 Tf 14 TL 0 0 {} \" ET", show(" \" 0 0 ", &lines))),
        ("words, TJ", format!("BT /F1 12 Tf [{}] TJ ET", show(" -250 ", &words))),
        ("letters, TJ", format!("BT /F1 12 Tf [{kerned}] TJ ET")),
        ("words, Td", format!("BT /F1 12 Tf {} ET", each(&words, " Tj 40 0 Td "))),
        (
            "words, each by itself",
            words.iter().map(|it| format!("BT /F1 12 Tf 1 0 0 1 5 7 Tm {} Tj ET\n", literal(it))).collect(),
        ),
        ("letters, Td", format!("BT /F1 12 Tf {} Tj ET", letters.join(" Tj 6 0 Td "))),
        ("letters, Tm", format!("BT /F1 12 Tf 1 0 0 1 44 700 Tm {} Tj ET", letters.join(" Tj 1 0 0 1 50 700 Tm "))),
        (
            "hexadecimal",
            format!(
                "BT /F1 12 Tf {} Tj ET",
                hex(&text.replace('’', "'").chars().map(|it| it as u8).collect::<Vec<_>>())
            ),
        ),
        ("a picture in between", format!("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI BT /F1 12 Tf {} Tj ET", literal(text))),
    ]
}
