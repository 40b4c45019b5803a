//! What only looks at passes, and how they are printed.

use super::keep::names;
use super::{Content, List, One};
use anyhow::{Context as _, bail};
use jumpline_article::Publication;
use jumpline_article::wall::Status;
use jumpline_press::source;
use jumpline_press::wall::passes::{self, Pass, shown_name};
use jumpline_press::wall::{Place, Secret, day, lost, place};
use qrcode::QrCode;
use qrcode::render::{svg, unicode};
use serde_json::json;
use std::io::{self, Write as _};

/// The publication, and where its secret lies.
pub(in crate::cmd) fn publication(content: &Content) -> anyhow::Result<(Publication, Place)> {
    let mut publication = source::publication(&content.content, content.base.as_deref())?;
    let place = Place::of(&content.content, &mut publication, place::from_environment().as_deref())?;
    Ok((publication, place))
}

/// The secret that is there; none is made for who only looks.
pub(in crate::cmd) fn known_secret(place: &Place) -> anyhow::Result<Secret> {
    match place.secret()? {
        Some(secret) => Ok(secret),
        None => bail!("{}: there is no secret yet, and so no pass; `press pass issue` makes both", place.name()),
    }
}

/// Lists the passes.
pub(super) fn list(args: &List) -> anyhow::Result<()> {
    let (publication, place) = publication(&args.content)?;
    // A list that lies elsewhere is no empty list.
    place.secret()?;
    let passes = passes::read(&place)?;
    let today = day::today();
    if args.json {
        let object = |it: &Pass| {
            json!({
                "id": it.id, "name": it.name, "email": it.email, "tiers": it.tiers, "until": it.until, "issued": it.issued,
                "status": it.status(today), "lost_tiers": lost::tiers_of(it, &publication), "revoked": it.revoked, "left": it.left, "origin": it.origin, "source": it.source,
            })
        };
        let list: Vec<_> = passes.iter().map(object).collect();
        return print(&format!("{}\n", serde_json::to_string_pretty(&list)?));
    }
    let line = |it: &Pass| {
        let status = match it.status(today) {
            Status::Live => "live",
            Status::Lapsed => "lapsed",
            Status::Revoked => "revoked",
        };
        let whose = shown_name(&[it.name.as_str(), it.email.as_deref().unwrap_or_default()].join(" "));
        let lost = match lost::tiers_of(it, &publication).as_slice() {
            [] => String::new(),
            lost => format!("  ! no such tier: {}", lost.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ")),
        };
        format!("{}  {status:<7}  {}  {}  {}{lost}\n", it.id, it.until, names(&it.tiers), whose)
    };
    let lines: String = passes.iter().map(line).collect();
    print(if lines.is_empty() { "No pass was issued yet.\n" } else { &lines })
}

/// Prints a lost link again.
pub(super) fn link(args: &One) -> anyhow::Result<()> {
    let (publication, place) = publication(&args.content)?;
    let secret = known_secret(&place)?;
    let passes = passes::read(&place)?;
    let pass = passes::find(&passes, &args.id)?;
    let link = pass.link(&secret, &publication);
    print(&format!("{link}\n"))?;
    eprintln!("\n{}", qr(&link)?);
    match pass.status(day::today()) {
        Status::Live => {}
        Status::Lapsed => eprintln!("This pass lapsed on {}: the link opens nothing new.", pass.end()),
        Status::Revoked => eprintln!("This pass is revoked: the link opens nothing new."),
    }
    Ok(())
}

/// A QR code for a terminal with a dark ground.
pub(super) fn qr(link: &str) -> anyhow::Result<String> {
    let code = code(link)?;
    // A filled half block is light there.
    Ok(code
        .render::<unicode::Dense1x2>()
        .dark_color(unicode::Dense1x2::Light)
        .light_color(unicode::Dense1x2::Dark)
        .build())
}

/// A QR code as SVG.
pub(super) fn svg(link: &str) -> anyhow::Result<String> {
    Ok(code(link)?.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}

fn code(link: &str) -> anyhow::Result<QrCode> {
    QrCode::new(link).context("the link is too long for a QR code")
}

/// Prints; who reads no further has not made it fail.
pub(in crate::cmd) fn print(text: &str) -> anyhow::Result<()> {
    io::stdout().write_all(text.as_bytes()).or_else(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error.into()),
    })
}
