//! Pictures for social networks and search engines, which take no SVG: where an article's picture is one it is drawn as PNG.

use super::files::Files;
use crate::app::Logo;
use crate::draw::Drawing;
use crate::fault::Fault;
use crate::media::Media;
use crate::render::Rendered;
use crate::site::Site;
use crate::site::address::absolute;
use anyhow::Context as _;
use jumpline_article::Item;
use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;

/// Pixels from side to side: what the large cards of all networks take.
const WIDTH: u32 = 1200;
/// The picture of an article stays as high as it is, to here.
const HIGHEST: u32 = 1600;
/// The card of the publication itself (Open Graph, 1.91:1).
const OWN: (u32, u32) = (WIDTH, 630);
/// Kinds of pictures that most networks take no more than SVG, and that are not drawn here.
const UNTAKEN: &[&str] = &["image/avif", "image/heic", "image/heif", "image/jxl"];
/// Changes when cards are drawn otherwise.
const STYLE: &str = "card 1";

/// The picture that stands for a page elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its absolute URL.
    pub url: String,
    /// Width and height in pixels, when they are known.
    pub size: Option<(u32, u32)>,
    /// Its media type, when it is known.
    pub kind: Option<String>,
    /// Text for who cannot see it.
    pub alt: String,
    /// Whether it is the page's own picture, and not the publication's.
    pub is_own: bool,
}

/// The cards of a site.
#[derive(Debug, Default)]
pub struct Cards {
    /// Of pictures that were drawn, by `Image::src`.
    drawn: BTreeMap<String, (String, (u32, u32))>,
    publication: Option<Card>,
}

impl Cards {
    /// Draws what has changed. Gives back pictures that cannot be drawn.
    ///
    /// # Errors
    /// When a picture cannot be read, or a card cannot be written.
    pub fn draw(files: &Files, site: &Site, media: &Media, logo: &Logo) -> anyhow::Result<(Self, Vec<Fault>)> {
        let publication = &site.publication;
        let ground = publication.app.background.as_str();
        let pictures = site.articles.iter().chain(&site.pages).filter_map(|it| {
            let src = &it.item.jumpline.as_ref()?.image.as_ref()?.src;
            let path = percent_decode_str(src.strip_prefix('/')?).decode_utf8().ok()?.into_owned();
            path.to_ascii_lowercase().ends_with(".svg").then(|| (src.clone(), (path, it.file.clone())))
        });
        let pictures: BTreeMap<String, (String, String)> = pictures.collect();
        let one = |(src, (path, file)): (String, (String, String))| {
            let known = media.look(&path).with_context(|| format!("{path} was there a moment ago"))?;
            let disk = media.path(&path);
            let svg = fs::read(&disk).with_context(|| format!("{}: cannot be read", disk.display()))?;
            let canvas = canvas(known.size.unwrap_or(OWN));
            let room = (canvas.0 as f32, canvas.1 as f32);
            let drawing = Drawing { svg: &svg, canvas, room, ground: Some(ground) };
            let drawn = put(files, &drawing, &known.hash)?;
            let message =
                || format!("the image `{src}` cannot be drawn as PNG; networks show the publication's card instead");
            let warning = drawn.is_none().then(|| Fault::file(&file, message()));
            Ok((drawn.map(|it| (src.clone(), (absolute(&format!("/{it}"), publication), canvas))), warning))
        };
        let untaken = untaken(site);
        let found = pictures.into_par_iter().map(one).collect::<anyhow::Result<Vec<_>>>()?;
        let (drawn, warnings): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let half = OWN.1 as f32 / 2.0;
        let own = Drawing { svg: logo.svg(), canvas: OWN, room: (half, half), ground: Some(ground) };
        let own = put(files, &own, &blake3::hash(logo.svg()).to_hex())?;
        let publication = own.map(|it| Card {
            url: absolute(&format!("/{it}"), publication),
            size: Some(OWN),
            kind: Some("image/png".to_owned()),
            alt: publication.title.clone(),
            is_own: false,
        });
        Ok((
            Self { drawn: drawn.into_iter().flatten().collect(), publication },
            warnings.into_iter().flatten().chain(untaken).collect(),
        ))
    }

    /// The picture of an article or a page.
    pub fn of(&self, item: &Item) -> Option<Card> {
        let described = item.jumpline.as_ref().and_then(|it| it.image.as_ref());
        let alt = described.map(|it| it.alt.clone()).unwrap_or_default();
        if let Some((url, size)) = described.and_then(|it| self.drawn.get(&it.src)) {
            let kind = Some("image/png".to_owned());
            return Some(Card { url: url.clone(), size: Some(*size), kind, alt, is_own: true });
        }
        let picture = item.image.as_ref().and_then(|url| {
            let path = url.split(['?', '#']).next().unwrap_or_default();
            let kind = mime_guess::from_path(path).first().filter(|it| it.type_() == "image").map(|it| it.to_string());
            let size = described.map(|it| (it.width, it.height)).filter(|it| it.0 > 0);
            let is_taken = kind.as_deref().is_none_or(|it| it != "image/svg+xml" && !UNTAKEN.contains(&it));
            is_taken.then(|| Card { url: url.clone(), size, kind, alt, is_own: true })
        });
        picture.or_else(|| self.publication.clone())
    }

    /// The picture of every other page.
    pub fn publication(&self) -> Option<&Card> {
        self.publication.as_ref()
    }
}

/// One warning for all pictures of such kinds.
fn untaken(site: &Site) -> Option<Fault> {
    let src = |it: &Rendered| Some(it.item.jumpline.as_ref()?.image.as_ref()?.src.clone());
    let is_untaken = |it: &str| {
        let path = it.split(['?', '#']).next().unwrap_or_default();
        mime_guess::from_path(path).first().is_some_and(|it| UNTAKEN.contains(&it.essence_str()))
    };
    let all = site.articles.iter().chain(&site.pages).filter_map(|it| Some((it, src(it).filter(|it| is_untaken(it))?)));
    let all: Vec<_> = all.collect();
    let (first, src) = all.first()?;
    let more = if all.len() > 1 { format!(" (and {} more)", all.len() - 1) } else { String::new() };
    let message = format!(
        "the image `{src}`{more} is of a kind that most networks do not show; they show the publication's card instead. Give a JPEG, PNG \
         or WebP as `image` where that matters"
    );
    Some(Fault::file(&first.file, message))
}

/// Draws a card unless it stands there; `None` when the picture cannot be drawn, or would lose its words.
fn put(files: &Files, drawing: &Drawing<'_>, hash: &str) -> anyhow::Result<Option<String>> {
    // Letters need the typefaces of a machine, and would come out otherwise on the next one.
    if memchr::memmem::find(drawing.svg, b"<text").is_some() {
        return Ok(None);
    }
    let parts = [STYLE, hash, drawing.ground.unwrap_or_default(), &format!("{:?}", drawing.canvas)].join("\0");
    let key = blake3::hash(parts.as_bytes()).to_hex();
    let path = format!("assets/card-{}.png", &key[..12]);
    let mut is_drawn = true;
    let put = files.put(&path, &key, || drawing.png().inspect_err(|_| is_drawn = false));
    match put {
        Ok(_) => Ok(Some(path)),
        Err(_) if !is_drawn => Ok(None),
        Err(error) => Err(error),
    }
}

/// The size in which a picture is drawn.
fn canvas((width, height): (u32, u32)) -> (u32, u32) {
    let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
    let scale = (f64::from(WIDTH) / width).min(f64::from(HIGHEST) / height);
    let pixels = |it: f64| (it * scale).round().max(1.0) as u32;
    (pixels(width), pixels(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape() {
        assert_eq!(canvas((1600, 900)), (1200, 675));
        assert_eq!(canvas((8, 4)), (1200, 600));
        assert_eq!(canvas((300, 900)), (533, 1600));
        assert_eq!(canvas((0, u32::MAX)), (1, 1600));
    }
}
