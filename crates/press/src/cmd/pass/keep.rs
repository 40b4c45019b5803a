//! What changes the list of passes.

use super::{Extend, Issue, MakeSecret, One, show};
use anyhow::{Context as _, bail};
use jumpline_article::{Slug, is_email};
use jumpline_press::source::nearest::nearest;
use jumpline_press::wall::passes::{Editing, Origin, Pass, fresh_id, mark, shown_name};
use jumpline_press::wall::{day, exposed, lost, output, private, tiers};
use std::collections::BTreeSet;

/// Makes a pass.
pub(super) fn issue(args: &Issue) -> anyhow::Result<()> {
    let (publication, place) = show::publication(&args.content)?;
    let known = tiers(&publication);
    let tiers = match (args.tier.as_slice(), known.as_slice()) {
        ([], [only]) => vec![only.clone()],
        ([], _) => bail!(
            "this publication has more than one tier; say which: --tier {}",
            known.iter().map(Slug::as_str).collect::<Vec<_>>().join(" or --tier ")
        ),
        (stated, _) => {
            let once = stated.iter().map(|it| tier(it, &known)).collect::<anyhow::Result<BTreeSet<_>>>()?;
            once.into_iter().collect()
        }
    };
    if let Some(email) = args.email.as_deref().filter(|it| !is_email(it)) {
        bail!("--email {} is no email address", shown_name(email));
    }
    let (today, until) = (day::today(), until(&args.until)?);
    if until < today {
        bail!("{until} is over already; a pass that begins lapsed opens nothing");
    }
    if let Some(path) = &args.svg {
        exposed::refuse("--svg", path, &args.content.content)?;
        output::refuse("--svg", path, output::Kind::Picture, &place, None)?;
    }
    let secret = place.secret_or_new()?;
    let mut editing = Editing::open(&place)?;
    let pass = Pass {
        id: fresh_id(&mark(&secret))?,
        name: shown_name(&args.name),
        email: args.email.clone(),
        tiers,
        until,
        issued: today,
        revoked: None,
        left: None,
        origin: Origin::Issued,
        source: String::new(),
    };
    editing.passes.push(pass.clone());
    let link = pass.link(&secret, &publication);
    let svg = args.svg.as_deref().map(|path| Ok::<_, anyhow::Error>((path, show::svg(&link)?))).transpose()?;
    editing.save()?;
    show::print(&format!("{link}\n"))?;
    eprintln!("\n{}", show::qr(&link)?);
    eprintln!(
        "Pass {} for {}, until {}. It opens what the next build publishes.",
        pass.id,
        names(&pass.tiers),
        pass.until
    );
    // Last of all: a code of a pass that no list has would open nothing.
    svg.map_or(Ok(()), |(path, svg)| private::write_private(path, svg.as_bytes()))
}

/// Ends a pass.
pub(super) fn revoke(args: &One) -> anyhow::Result<()> {
    let (_, place) = show::publication(&args.content)?;
    show::known_secret(&place)?;
    let mut editing = Editing::open(&place)?;
    let pass = editing.find(&args.id)?;
    let id = pass.id.clone();
    if let Some(day) = pass.revoked {
        return show::print(&format!("{id} was revoked on {day} already\n"));
    }
    pass.revoked = Some(day::today());
    editing.save()?;
    show::print(&format!(
        "{id} is revoked. With the next build it opens no new article; what its holder has opened so far stays open.\n"
    ))
}

/// Moves the last day of a pass.
pub(super) fn extend(args: &Extend) -> anyhow::Result<()> {
    let (publication, place) = show::publication(&args.one.content)?;
    show::known_secret(&place)?;
    let day = until(&args.until)?;
    let mut editing = Editing::open(&place)?;
    let pass = editing.find(&args.one.id)?;
    let id = pass.id.clone();
    if day < day::today() {
        bail!("{day} is over already; `press pass revoke {id}` ends a pass");
    }
    if pass.revoked.is_some() {
        bail!("{id} is revoked for good; issue a new pass instead");
    }
    let lost: Vec<Slug> = lost::tiers_of(pass, &publication).into_iter().cloned().collect();
    if !lost.is_empty() {
        let mend = "write it again, or issue a new pass";
        let said = format!("{id} is for {}, and publication.toml has no such tier; {mend}", names(&lost));
        // What is left of it may go on.
        if lost.len() == pass.tiers.len() {
            bail!("{said}");
        }
        eprintln!("warning: {said}");
    }
    (pass.until, pass.left) = (day, None);
    editing.save()?;
    show::print(&format!("{id} is paid until {day}; its link stays the same\n"))
}

/// Makes the secret where there is none.
pub(super) fn secret(args: &MakeSecret) -> anyhow::Result<()> {
    let (_, place) = show::publication(&args.content)?;
    let said = if place.make()? { "the secret is made" } else { "there is one already, and it stays" };
    show::print(&format!("{}: {said}\n", place.name()))
}

pub(super) fn until(text: &str) -> anyhow::Result<jiff::civil::Date> {
    day::parse(text).with_context(|| format!("--until {text} is not a day; write 2027-01-31"))
}

pub(super) fn tier(name: &str, known: &[Slug]) -> anyhow::Result<Slug> {
    let slug = Slug::from_name(name);
    if known.contains(&slug) {
        return Ok(slug);
    }
    let meant = nearest(name, known.iter().map(Slug::as_str));
    let meant = meant.map_or_else(|| format!("known are {}", names(known)), |it| format!("did you mean `{it}`?"));
    bail!("there is no tier `{name}`; {meant}")
}

pub(super) fn names(tiers: &[Slug]) -> String {
    tiers.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ")
}
