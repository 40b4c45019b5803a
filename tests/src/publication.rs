//! What the built site holds, read from its own documents, so that no test depends on a sentence of the sample.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jumpline_article::{BasePath, Boot, Common, Feed, Item, Publication};
use xtask::samples::Sample;

/// A site that `cargo xtask test` built.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its directory.
    pub root: PathBuf,
    /// Where it lives.
    pub base: BasePath,
    /// The publication as its readers see it.
    pub publication: Publication,
    /// Where what all pages have in common lies, below the root: `/assets/…`.
    pub common: String,
    /// The front page's listing.
    pub home: Feed,
}

impl Site {
    /// Reads a sample.
    ///
    /// # Errors
    /// When it was not built, or its documents are not what the formats say.
    pub fn open(sample: Sample) -> Result<Self> {
        Self::at(&sample.folder(), sample.base()).context("run `cargo xtask test`, which builds the samples")
    }

    /// Reads the site in a directory.
    ///
    /// # Errors
    /// When there is none, or its documents are not what the formats say.
    pub fn at(root: &Path, base: BasePath) -> Result<Self> {
        let root = root.to_owned();
        let page = read(&root, "index.html")?;
        let script = page.split_once("id=\"jumpline-boot\">").and_then(|(_, rest)| rest.split_once("</script>"));
        let boot = Boot::from_json(script.context("index.html has no boot script")?.0)?;
        let common = boot.common.strip_prefix(base.as_str()).context("the boot script names a file of another site")?;
        let (common, json) = (format!("/{common}"), read(&root, common)?);
        let publication = Common::from_json(&json)?.publication;
        let home = Feed::from_json(&read(&root, "listing.json")?)?;
        Ok(Self { root, base, publication, common, home })
    }

    /// The article of a card, with its body.
    ///
    /// # Errors
    /// When its document is not there.
    pub fn article(&self, path: &str) -> Result<Item> {
        Ok(Item::from_json(&read(&self.root, &format!("{}article.json", path.trim_start_matches('/')))?)?)
    }

    /// A listing by its path, such as `/archive/`.
    ///
    /// # Errors
    /// When its document is not there.
    pub fn listing(&self, path: &str) -> Result<Feed> {
        Ok(Feed::from_json(&read(&self.root, &format!("{}listing.json", path.trim_start_matches('/')))?)?)
    }

    /// The path of the file of a part of the reader.
    ///
    /// # Errors
    /// When there is no such part.
    pub fn part(&self, name: &str) -> Result<String> {
        let end = format!("_{name}.wasm");
        let files = fs::read_dir(&self.root)?.flatten().filter_map(|it| it.file_name().into_string().ok());
        let file = files.into_iter().find(|it| it.ends_with(&end)).context("the site has no such part")?;
        Ok(format!("/{file}"))
    }

    /// The path and the title of the article at this place of the front page; 0 is the lead story.
    ///
    /// # Errors
    /// When there are not so many.
    pub fn story(&self, place: usize) -> Result<(String, String)> {
        let item = self.home.items.get(place).with_context(|| format!("the front page has no story {place}"))?;
        let extension = item.jumpline.as_ref().context("a card without `_jumpline`")?;
        Ok((extension.permalink.as_str().to_owned(), item.title.clone().unwrap_or_default()))
    }

    /// One address of every kind of view.
    ///
    /// # Errors
    /// When the publication lacks one.
    pub fn every_view(&self) -> Result<Vec<(&'static str, String)>> {
        let (article, _) = self.story(0)?;
        let item = self.article(&article)?;
        let slug = |name: Option<&str>| {
            name.map(jumpline_article::Slug::from_name).context("an article without tag or author")
        };
        let tag = slug(item.tags.first().map(String::as_str))?;
        let author = slug(item.authors.first().and_then(|it| it.name.as_deref()))?;
        let section = &self.publication.sections.first().context("a publication without sections")?.slug;
        Ok(vec![
            ("home", "/".to_owned()),
            ("article", article),
            ("archive", "/archive/".to_owned()),
            ("section", format!("/section/{section}/")),
            ("tag", format!("/tag/{tag}/")),
            ("author", format!("/author/{author}/")),
            ("subscribe", "/subscribe/".to_owned()),
            ("not found", "/nothing/stands/here/".to_owned()),
        ])
    }
}

fn read(root: &Path, name: &str) -> Result<String> {
    let file = root.join(name);
    fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}
