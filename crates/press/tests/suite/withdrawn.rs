//! What is withdrawn goes, what was never ours stays, and nothing is taken down by mistake.

use crate::driver::Site;
use std::fs;

fn left(site: &Site, name: &str) -> Vec<String> {
    site.files().into_keys().filter(|it| it.contains(name)).collect()
}

#[test]
fn a_build_that_was_broken_off_leaves_nothing_behind() {
    let site = Site::copy("small");
    // Somebody's folder stands where a file of the site goes, so the build ends halfway.
    fs::create_dir_all(site.path("dist/robots.txt")).unwrap();
    site.write("dist/ferry/foreign.txt", "somebody's");
    assert!(site.fail(false).contains("robots.txt: cannot be written"));
    assert!(site.path("dist/ferry/index.html").exists());
    fs::remove_dir(site.path("dist/robots.txt")).unwrap();
    site.remove("content/articles/ferry.md");
    site.edit("content/articles/chart.md", "title:", "permalink: /chart/\ntitle:");
    site.build();
    assert_eq!(left(&site, "ferry"), ["ferry/foreign.txt"]);
    assert!(site.path("dist/chart/index.html").exists());
}

#[test]
fn nothing_is_written_that_could_not_be_removed_again() {
    let site = Site::copy("small");
    site.write("cache", "no folder");
    assert!(site.fail(false).contains("cache: the cache cannot be written"));
    assert!(!site.path("dist").exists());
}

#[test]
fn a_folder_that_was_moved_takes_nothing_down() {
    let site = Site::copy("small");
    site.build();
    let whole = site.files();
    fs::rename(site.path("content/articles"), site.path("content/Articles")).unwrap();
    assert_eq!(
        site.fail(false),
        "./content/Articles: is passed over under this name; rename it to `articles`, in lower case"
    );
    fs::rename(site.path("content/Articles"), site.path("content/stories")).unwrap();
    let error = site.fail(false);
    assert!(error.starts_with("./content/articles: holds no article that is published, and ./dist has 4"), "{error}");
    assert!(site.files() == whole);
    // Who means it takes the site down first.
    fs::remove_dir_all(site.path("dist")).unwrap();
    assert_eq!(site.build().articles, 0);
    assert_eq!(site.build().articles, 0, "pages are no articles");
}

#[test]
fn comments_without_their_article_stop_the_build() {
    let site = Site::copy("small");
    fs::rename(site.path("content/articles/chart.md"), site.path("content/articles/charted.md")).unwrap();
    site.edit("content/articles/reply.html", "section: letters", "section: leters");
    let error = site.fail(true);
    assert!(
        error.starts_with(
            "./content/articles/chart.comments.json: lies beside no article, so nobody sees these comments; \
             rename it to charted.comments.json\nerror: ./content/articles/reply.html:5"
        ),
        "{error}"
    );
}

#[test]
fn the_site_does_not_go_into_its_articles() {
    let site = Site::copy("small");
    for out in [
        "content/articles",
        "content/articles/site",
        "content/pages/x/y",
        "content/media",
        "nowhere/../content/articles",
    ] {
        let options = jumpline_press::build::Options { out: site.path(out), ..site.options() };
        let error = jumpline_press::build::run(&options).unwrap_err().to_string();
        assert!(error.contains("so the next build would read the site as content"), "{error}");
    }
}

#[test]
fn files_that_look_like_articles_are_articles() {
    let site = Site::copy("small");
    let head = |title: &str| format!("---\ntitle: {title}\ndate: 2025-01-01\n---\nText\n");
    site.write("content/articles/one.markdown", &head("One"));
    site.write("content/articles/TWO.MD", &head("Two"));
    site.write("content/articles/three.htm", &head("Three"));
    site.write("content/articles/three.txt", &head("Three, as text"));
    site.write("elsewhere/four.md", &head("Four"));
    site.write("five.md", &head("Five"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(site.path("elsewhere"), site.path("content/articles/linked")).unwrap();
        std::os::unix::fs::symlink(site.path("five.md"), site.path("content/articles/five.md")).unwrap();
    }
    let summary = site.build();
    // Two of them are of the hostile article: what it carries is left out. One says that there are no passes.
    assert_eq!((summary.articles, summary.warnings), (if cfg!(unix) { 9 } else { 7 }, 4));
    for path in ["one", "two", "three"].into_iter().chain(cfg!(unix).then_some(["four", "five"]).into_iter().flatten())
    {
        assert!(site.path(&format!("dist/{path}/index.html")).exists(), "{path}");
    }
}
