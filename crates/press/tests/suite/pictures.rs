//! Photographs: published in sizes that windows need, and locked ones in one.

use crate::driver::Site;
use imagesize::blob_size;
use jpeg_encoder::{ColorType, Encoder};
use jumpline_article::Item;
use scraper::{Html, Selector};
use std::fs;

/// Draws a photograph, since nobody's may lie in the project.
fn draw(site: &Site, path: &str, (width, height): (u16, u16)) {
    let pixels: Vec<u8> =
        (0..usize::from(width) * usize::from(height)).flat_map(|it| [(it % 251) as u8, 90, 160]).collect();
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 80).encode(&pixels, width, height, ColorType::Rgb).unwrap();
    fs::write(site.path(path), jpeg).unwrap();
}

fn published(site: &Site) -> Vec<(String, usize, usize)> {
    let files = site.files().into_iter().filter(|it| it.0.ends_with(".jpg"));
    files
        .map(|(path, bytes)| (path, blob_size(&bytes).unwrap()))
        .map(|(path, it)| (path, it.width, it.height))
        .collect()
}

fn choices(site: &Site, page: &str, part: &str) -> Vec<String> {
    let page = Html::parse_document(&site.read(&format!("dist/{page}index.html")));
    let selector = Selector::parse(part).unwrap();
    page.select(&selector).filter_map(|it| it.attr("srcset").map(ToOwned::to_owned)).collect()
}

/// A site with a photograph in an article's head, and one in its text.
fn site() -> Site {
    let site = Site::copy("small");
    draw(&site, "content/media/fog.jpg", (4000, 2000));
    draw(&site, "content/media/quay.jpg", (700, 500));
    site.edit("content/articles/ferry.md", "/media/ferry.svg", "/media/fog.jpg");
    let text = site.read("content/articles/ferry.md");
    site.write("content/articles/ferry.md", &format!("{text}\n\n![The quay](/media/quay.jpg)\n"));
    site
}

#[test]
fn a_photograph_is_there_in_the_sizes_of_windows() {
    let site = site();
    site.build();
    let sizes =
        |it: &[(&str, usize, usize)]| it.iter().map(|it| (format!("media/{}", it.0), it.1, it.2)).collect::<Vec<_>>();
    let expected = [
        ("fog.1440w.jpg", 1440, 720),
        ("fog.480w.jpg", 480, 240),
        ("fog.960w.jpg", 960, 480),
        ("fog.jpg", 2000, 1000),
        ("quay.480w.jpg", 480, 343),
        ("quay.jpg", 700, 500),
    ];
    assert_eq!(published(&site), sizes(&expected));
    let whole = fs::read(site.path("content/media/quay.jpg")).unwrap();
    assert!(fs::read(site.path("dist/media/quay.jpg")).unwrap() == whole, "what is small enough stays as it is");
    let fog = "/repo/media/fog.480w.jpg 480w, /repo/media/fog.960w.jpg 960w, /repo/media/fog.1440w.jpg 1440w, /repo/media/fog.jpg 2000w";
    assert_eq!(choices(&site, "ferry/", ".lead-picture img"), [fog]);
    assert!(choices(&site, "", ".card-picture img").iter().all(|it| it == fog));
    assert!(!choices(&site, "", ".card-picture img").is_empty());
    assert_eq!(
        choices(&site, "ferry/", ".prose img[alt='The quay']"),
        ["/repo/media/quay.480w.jpg 480w, /repo/media/quay.jpg 700w"]
    );
    assert!(site.read("dist/feed.json").contains("https://paper.example/repo/media/quay.480w.jpg 480w"));
    let image = Item::from_json(&site.read("dist/ferry/article.json")).unwrap().jumpline.unwrap().image.unwrap();
    assert_eq!((image.width, image.height, image.widths), (2000, 1000, vec![480, 960, 1440]));
    assert_eq!(site.warnings("ferry.md"), Vec::<String>::new());
}

#[test]
fn other_sizes_make_other_files() {
    let site = site();
    site.build();
    assert_eq!(site.build().built, 0);
    let toml = site.read("content/publication.toml");
    site.write("content/publication.toml", &format!("{toml}\n[pictures]\nwidest = 1000\nwidths = [600]\n"));
    site.build();
    let names: Vec<_> = published(&site).into_iter().map(|it| (it.0, it.1)).collect();
    assert_eq!(
        names,
        [
            ("media/fog.600w.jpg".to_owned(), 600),
            ("media/fog.jpg".to_owned(), 1000),
            ("media/quay.jpg".to_owned(), 700)
        ]
    );
    assert!(choices(&site, "ferry/", ".prose img[alt='The quay']").is_empty());
}

#[test]
fn what_the_publisher_calls_so_is_none_of_ours() {
    let site = site();
    draw(&site, "content/media/quay.480w.jpg", (480, 100));
    site.build();
    assert!(choices(&site, "ferry/", ".prose img[alt='The quay']").is_empty());
    assert!(!site.path("dist/media/quay.480w.jpg").exists(), "nothing shows it");
}

#[test]
fn a_locked_photograph_is_locked_in_one_size() {
    let site = Site::copy("small");
    draw(&site, "content/media/fog.jpg", (4000, 2000));
    let text = site.read("content/articles/chart.md");
    site.write("content/articles/chart.md", &format!("{text}\n\n![Fog](/media/fog.jpg)\n"));
    site.build();
    assert_eq!(published(&site), []);
    let sealed = site.files().into_iter().filter(|it| it.0.starts_with("sealed/")).map(|it| it.1.len() as u64);
    let largest = sealed.max().unwrap();
    assert!(largest > 20_000 && largest < fs::metadata(site.path("content/media/fog.jpg")).unwrap().len());
    assert!(site.files().values().all(|it| memchr::memmem::find(it, b"480w").is_none()));
}

#[test]
fn what_has_become_locked_lies_openly_no_more() {
    let site = Site::copy("small");
    draw(&site, "content/media/fog.jpg", (3000, 2000));
    let chart = site.read("content/articles/chart.md");
    let text = format!("{chart}\n\n![Fog](/media/fog.jpg)\n");
    let open = text.replace("visibility: paid\ntiers: [pilots]\n", "").replace("<!--members-only-->", "");
    site.write("content/articles/chart.md", &open);
    site.build();
    assert_eq!(published(&site).len(), 4);
    // Nobody remembers what was published.
    fs::remove_dir_all(site.path("cache")).unwrap();
    site.write("content/articles/chart.md", &text);
    site.build();
    assert_eq!(published(&site), []);
    // Somebody put it beside the site, under another name.
    let copy = site.path("content/static/look/elsewhere.jpg");
    fs::create_dir_all(copy.parent().unwrap()).unwrap();
    fs::copy(site.path("content/media/fog.jpg"), copy).unwrap();
    let said = site.fail(false);
    assert!(said.contains("./dist/look/elsewhere.jpg: is media/fog.jpg, which only a gated part shows"), "{said}");
}

#[test]
fn a_coarse_photograph_does_not_become_larger() {
    let site = Site::copy("small");
    let (width, height) = (2600_u16, 1800_u16);
    let at = |it: usize| (it * it / 977 % 256) as u8;
    let pixels: Vec<u8> =
        (0..usize::from(width) * usize::from(height)).flat_map(|it| [at(it), at(it / 3), 90]).collect();
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 20).encode(&pixels, width, height, ColorType::Rgb).unwrap();
    fs::write(site.path("content/media/fog.jpg"), &jpeg).unwrap();
    site.edit("content/articles/ferry.md", "/media/ferry.svg", "/media/fog.jpg");
    site.build();
    let bytes = |it: &str| fs::metadata(site.path(&format!("dist/media/{it}"))).unwrap().len();
    let sizes = ["fog.480w.jpg", "fog.960w.jpg", "fog.1440w.jpg", "fog.jpg"].map(bytes);
    assert!(sizes.is_sorted() && sizes[3] <= jpeg.len() as u64, "{sizes:?} {}", jpeg.len());
}
