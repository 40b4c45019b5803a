//! `press pass import`: a list of subscribers becomes passes.

use super::{Import, keep, show};
use anyhow::{Context as _, bail};
use jumpline_article::wall::Status;
use jumpline_article::{Publication, Slug};
use jumpline_press::wall::passes::{Editing, Origin, Pass, mark};
use jumpline_press::wall::subscribers::{self, Rules};
use jumpline_press::wall::{Secret, day, exposed, output, private, tiers};
use std::fs;

/// Imports, and prints what has changed. Nothing is written unless every line is sound.
pub(super) fn run(args: &Import) -> anyhow::Result<()> {
    let (publication, place) = show::publication(&args.content)?;
    if let Some(path) = &args.links {
        exposed::refuse("--links", path, &args.content.content)?;
        output::refuse("--links", path, output::Kind::Links, &place, Some(&args.list))?;
    }
    let file = args.list.display().to_string();
    let csv = fs::read(&args.list).with_context(|| format!("{file}: cannot be read"))?;
    let names = tiers(&publication);
    let tier = match (&args.tier, names.as_slice()) {
        (Some(stated), _) => Some(keep::tier(stated, &names)?),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    };
    let until = args.until.as_deref().map(keep::until).transpose()?;
    let known = subscribers::known_tiers(&names, &publication.tiers);
    let today = day::today();
    let source = args.source.as_deref().map(source).transpose()?.unwrap_or_default();
    let mut rules = Rules {
        file: &file,
        tiers: &known,
        tier,
        until,
        today,
        mark: "",
        source: &source,
        others_ended: args.others_ended,
    };
    let listed = subscribers::read(&csv, &rules)?;
    if listed.subscribers.is_empty() {
        let over = &listed.passed_over;
        let over = if over.is_empty() { String::new() } else { format!(" (passed over: {over})") };
        bail!("{file}: has no subscriber{over}; an empty list would end every imported pass, so it was left alone");
    }
    let secret = place.secret_or_new()?;
    let mark = mark(&secret);
    rules.mark = &mark;
    let mut editing = Editing::open(&place)?;
    let changes = subscribers::apply(&mut editing.passes, listed, &rules)?;
    let is_live = |it: &&Pass| it.origin == Origin::Imported && it.source == source && it.status(today) == Status::Live;
    let links = args.links.as_ref().map(|path| {
        let live: Vec<&Pass> = editing.passes.iter().filter(is_live).collect();
        Ok::<_, anyhow::Error>((path, csv_of(&live, &secret, &publication)?))
    });
    let links = links.transpose()?;
    if changes.any() {
        editing.save()?;
    }
    if let Some((path, bytes)) = links {
        private::write_private(path, &bytes)?;
    }
    show::print(&format!("{changes}\n"))
}

/// The name of a list, however it is typed.
fn source(written: &str) -> anyhow::Result<String> {
    let name = Slug::from_name(written);
    // A name of signs alone becomes this one, and two of them must not be one list.
    if !written.contains(char::is_alphanumeric) {
        bail!("--source `{written}` is no name; write one such as stripe");
    }
    Ok(name.as_str().to_owned())
}

/// A table for a mail merge (RFC 4180). Who subscribes chooses the name, and a table opens in a program that takes some for formulas.
fn csv_of(passes: &[&Pass], secret: &Secret, publication: &Publication) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    table.write_record(output::LINKS)?;
    for pass in passes {
        let (until, link) = (pass.until.to_string(), pass.link(secret, publication));
        let email = pass.email.as_deref().unwrap_or_default();
        table.write_record([&harmless(email), &harmless(&pass.name), &keep::names(&pass.tiers), &until, &link])?;
    }
    Ok(table.into_inner()?)
}

/// A cell that no program computes (OWASP, CSV Injection).
fn harmless(cell: &str) -> String {
    let quote = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("{quote}{cell}")
}
