//! Imports: an export goes in, a publication comes out that the press can build, and nobody's work is lost.

mod again;
mod articles;
mod body;
mod categories;
mod damaged;
mod folder;
mod gate_blocks;
mod gates;
mod ghost;
mod golden;
mod moved;
mod old_slugs;
mod places;
mod poorer;
mod real;
mod twice;

use folder::Folder;
use jumpline_press::import::report::Report;
use jumpline_press::import::wordpress::{self, Options};
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};

/// A folder that something is imported into.
struct Import {
    folder: Folder,
    export: PathBuf,
    media: Option<PathBuf>,
    drafts: bool,
}

impl Import {
    fn of(export: impl Into<PathBuf>) -> Self {
        Self { folder: Folder::new(), export: export.into(), media: None, drafts: false }
    }

    /// The hand-written export of `tests/imports/`, with its uploads.
    fn lighthouse() -> Self {
        let root = imports().join("lighthouse");
        Self { media: Some(root.join("uploads")), ..Self::of(root.join("export.xml")) }
    }

    /// An export with these items, written into the folder itself.
    fn items(items: &str) -> Self {
        Self::bytes(export(items).as_bytes())
    }

    fn bytes(bytes: &[u8]) -> Self {
        let mut import = Self::of("");
        import.export = import.folder.path().join("export.xml");
        fs::write(&import.export, bytes).unwrap();
        import
    }

    fn try_run(&self) -> anyhow::Result<(Report, Option<anyhow::Error>)> {
        wordpress::run(&Options {
            export: self.export.clone(),
            into: self.content(),
            media: self.media.clone(),
            drafts: self.drafts,
            all: true,
        })
    }

    #[track_caller]
    fn run(&self) -> Report {
        let (report, stopped) = self.try_run().unwrap_or_else(|error| panic!("{error:#}"));
        assert!(stopped.is_none(), "{stopped:?}");
        report
    }

    /// Another export takes the place of the first.
    fn export_again(&self, items: &str) {
        fs::write(&self.export, export(items)).unwrap();
    }
}

impl Deref for Import {
    type Target = Folder;

    fn deref(&self) -> &Folder {
        &self.folder
    }
}

fn imports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imports")
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel><title>T</title><language>en</language>\
    <wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://t.example</wp:base_blog_url>\n";

/// An export with these items.
fn export(items: &str) -> String {
    format!("{HEAD}{items}</channel></rss>")
}

/// A post of an export.
fn item(id: u32, slug: &str, body: &str) -> String {
    format!(
        "<item><title>Title {id}</title><link>https://t.example/{slug}/</link><content:encoded><![CDATA[{body}]]></content:encoded>\
        <wp:post_id>{id}</wp:post_id><wp:post_date_gmt>2025-02-18 10:00:00</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>\
        <wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
    )
}

/// Everything that a report says.
fn said(report: &Report) -> String {
    report.to_string()
}
