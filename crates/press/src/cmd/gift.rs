//! `press gift`: a link that opens one article for whoever has it.

use super::pass::{Content, show};
use anyhow::bail;
use jumpline_article::Visibility;
use jumpline_article::wall::{Bytes, GiftLink};
use jumpline_press::site::address;
use jumpline_press::site::origin::behind_origin;
use jumpline_press::wall::content_key;
use jumpline_press::{build, source};
use std::fs;

/// Prints a link that opens one gated article, and no other, without a pass.
#[derive(clap::Args)]
pub struct Args {
    /// The article's path, such as /ferry/.
    #[arg(value_name = "PATH")]
    path: String,
    #[command(flatten)]
    content: Content,
}

/// Prints the link.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (publication, place) = show::publication(&args.content)?;
    if !publication.paywall.gifts {
        bail!("publication.toml says `gifts = false` under [paywall], so its readers would not be let in by a gift");
    }
    let articles = build::gates(&args.content.content, &publication)?;
    let path = behind_origin(&args.path, &publication).unwrap_or(&args.path);
    let path = publication.base.strip(path).unwrap_or(path);
    let path = format!("/{}/", path.trim_matches('/'));
    let Some(article) = articles.iter().find(|it| it.permalink.as_str() == path) else {
        let is_it = |it: &source::SourceFile| {
            let text = fs::read_to_string(&it.path).unwrap_or_default();
            source::draft(it, &text).is_some_and(|it| it.as_str() == path)
        };
        if let Some(draft) = source::files(&args.content.content)?.iter().find(|it| is_it(it)) {
            bail!("{path} is a draft, and nobody can open it; take `draft: true` out of {} first", draft.name());
        }
        let meant = source::nearest::nearest(&path, articles.iter().map(|it| it.permalink.as_str()));
        bail!("no article stands at {path}{}", meant.map(|it| format!("; did you mean {it}?")).unwrap_or_default());
    };
    if article.visibility == Visibility::Public {
        bail!("{path} is public: its address is all that anybody needs");
    }
    // A new secret would make a link that opens nothing of the site that is published.
    let Some(secret) = place.secret()? else {
        bail!(
            "{}: there is no secret, so nothing is locked that a gift could open; name its file by JUMPLINE_SECRET or `paywall.secret`, \
             or build first",
            place.name()
        );
    };
    let key = content_key(&secret, &article.id, article.visibility);
    let link = GiftLink(Bytes::from(key.as_slice())).fragment(&article.id);
    show::print(&format!("{}#{link}\n", address::absolute(&path, &publication)))
}
