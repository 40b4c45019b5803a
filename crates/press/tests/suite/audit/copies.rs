//! Articles that show to everybody what another one locks.

use crate::driver::Site;
use jumpline_press::build;

/// Sentences that no other seed writes.
fn prose(seed: usize, words: usize) -> String {
    const SOUNDS: [&str; 16] =
        ["ka", "lo", "mi", "ru", "te", "so", "ne", "va", "bi", "du", "fe", "go", "hu", "ji", "po", "za"];
    let word = |at: usize| {
        let mut number = (seed * 7919 + at * 104_729 + 17).wrapping_mul(2_654_435_761) % 65_536;
        let mut word = String::new();
        for _ in 0..4 {
            word += SOUNDS[number % 16];
            number /= 16;
        }
        word
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

fn paid(site: &Site, name: &str, teaser: &str, rest: &str) {
    let head = "---\ntitle: T\ndate: 2026-11-02\nvisibility: paid\n---\n";
    site.write(&format!("content/articles/{name}.md"), &format!("{head}{teaser}\n\n<!--more-->\n\n{rest}\n"));
}

fn open(site: &Site, name: &str, text: &str) {
    site.write(&format!("content/articles/{name}.md"), &format!("---\ntitle: T\ndate: 2026-11-03\n---\n{text}\n"));
}

#[test]
fn a_public_copy_of_a_locked_text_fails_the_build() {
    let site = Site::copy("small");
    let (teaser, rest) = (prose(1, 40), prose(2, 200));
    paid(&site, "story", &teaser, &rest);
    site.build();
    let said = "everybody can read 100 % of what ./content/articles/story.md locks here; lock this article too, take the text out of it, \
                or move what everybody may read before the marker of ./content/articles/story.md";
    open(&site, "story-copy", &format!("{teaser}\n\n{rest}"));
    assert_eq!(
        site.fail(false),
        format!(
            "./content/articles/story-copy.md: {said}\nerror: 1 article in which locked text stands openly; do not publish this folder"
        )
    );
    let error = build::audit(&site.options()).unwrap_err().to_string();
    assert!(error.contains("story-copy.md: everybody can read 100 %"), "{error}");
    // A third of it, with markup and between other words; and what another article's teaser shows.
    let third = rest.split(' ').take(70).collect::<Vec<_>>().join(" ").replacen(' ', " *and* & ", 1);
    open(&site, "story-copy", &format!("{} {third} {}", prose(3, 300), prose(4, 300)));
    assert!(site.fail(false).contains("story-copy.md: everybody can read 3"));
    site.remove("content/articles/story-copy.md");
    paid(&site, "digest", &rest, &prose(5, 100));
    assert!(site.fail(false).contains("digest.md: everybody can read 100 %"));
    // Twice is no custom, when it is a whole article.
    site.remove("content/articles/digest.md");
    open(&site, "one", &rest);
    open(&site, "two", &rest);
    assert!(site.fail(false).contains("2 articles in which locked text stands openly"));
    site.remove("content/articles/one.md");
    site.remove("content/articles/two.md");
    site.build();
}

#[test]
fn what_articles_share_is_no_copy() {
    let site = Site::copy("small");
    let (foot, rest) = (prose(6, 60), prose(7, 200));
    paid(&site, "story", &prose(8, 40), &format!("{rest}\n\n{foot}"));
    // A quotation, and a correction with what was wrong.
    let quoted = |from: usize, words: usize| rest.split(' ').skip(from).take(words).collect::<Vec<_>>().join(" ");
    open(&site, "quote", &format!("{} {} {}", prose(9, 50), quoted(20, 30), quoted(100, 25)));
    open(&site, "correction", &format!("We wrote: {}. That was wrong.", quoted(60, 40)));
    open(&site, "news", &format!("{}\n\n{foot}", prose(12, 100)));
    site.build();
    // A foot that is most of what is locked: in three articles, and in many.
    paid(&site, "short", &prose(10, 40), &format!("{}\n\n{foot}", prose(11, 30)));
    site.build();
    let block = prose(13, 150);
    for issue in 0..5 {
        open(&site, &format!("issue-{issue}"), &format!("{}\n\n{block}", prose(20 + issue, 100)));
        paid(
            &site,
            &format!("letter-{issue}"),
            &format!("{}\n\n{block}", prose(30 + issue, 40)),
            &format!("{}\n\n{block}", prose(40 + issue, 20)),
        );
    }
    site.build();
    // And what is too short to be anything but a phrase.
    paid(&site, "riddle", &prose(14, 40), &prose(15, 15));
    open(&site, "answer", &format!("{} {}", prose(16, 40), prose(15, 15)));
    site.build();
}
