//! What the export says of the publication, and what of that has no place here.

use super::export::Export;
use super::places::from_here;
use super::plan::Plan;
use super::tiers;
use crate::import::publication::{Known, UNKNOWN};
use crate::import::report::{Report, Topic};
use crate::import::text;
use crate::import::writing::spoken;
use jumpline_article::{BasePath, Profile, Publication, Section, Slug};
use std::collections::BTreeSet;

/// The tag of the language that the site is written in; Ghost has called it `lang` and `locale`.
pub(super) fn language(export: &Export) -> String {
    let tags = [export.setting("locale"), export.setting("lang"), export.setting("default_locale")];
    tags.into_iter().find(|it| !it.is_empty()).unwrap_or_default()
}

/// What is known of the publication. `needed` are tiers that articles name, `there` is the one that is there already.
pub(super) fn known(export: &Export, plan: &Plan, needed: &BTreeSet<Slug>, there: Option<&Publication>) -> Known {
    let section = |slug: &String| {
        let tag = export.tag(slug)?;
        Some(Section {
            slug: Slug::from_name(slug),
            title: text::plain(tag.name.as_str()),
            description: text::visible(tag.description.as_str()),
        })
    };
    let mut sections: Vec<Section> = Vec::new();
    for section in export.sections.iter().filter_map(section) {
        if !sections.iter().any(|it| it.slug == section.slug) {
            sections.push(section);
        }
    }
    let url = if export.is_nowhere() { UNKNOWN.to_owned() } else { export.url.origin().ascii_serialization() };
    let mut tiers = tiers::all(export, needed);
    // Tiers of a publication that is there are a person's; only what articles name is added.
    tiers.retain(|it| there.is_none() || needed.contains(&it.name));
    Known {
        title: export.setting("title"),
        description: export.setting("description"),
        url,
        base: BasePath::new(export.url.path()).as_str().to_owned(),
        language: spoken(&language(export)).unwrap_or_default().tag().to_owned(),
        sections,
        lead: plan.lead.as_ref().map(|it| it.1.clone()),
        tiers,
        authors: authors(export, plan),
    }
}

/// Authors of what comes in who have said something of themselves, by name.
fn authors(export: &Export, plan: &Plan) -> Vec<Profile> {
    let posts = plan.planned.keys().filter_map(|it| export.posts.get(*it));
    let signing = posts.flat_map(|it| export.authors(it).0);
    let profiles = signing.filter_map(|it| {
        let about = text::plain(it.bio.as_str());
        Some((text::name(it.name.as_str()), about)).filter(|it| !it.0.is_empty() && !it.1.is_empty())
    });
    let profiles: std::collections::BTreeMap<String, String> = profiles.collect();
    profiles.into_iter().map(|(name, about)| Profile { name, about, desk: None }).collect()
}

/// Says what of the site did not come in, or not as it was.
pub(super) fn remark(export: &Export, is_new: bool, report: &mut Report) {
    report.remark(
        Topic::LeftOut,
        "comments, members and their subscriptions: Ghost's export does not hold them; `press pass import` takes a list of who has paid",
        "",
    );
    report.remark(
        Topic::Check,
        "addresses are `/slug/`, as Ghost makes them; the export does not hold `routes.yaml`, so if yours made others, write them into \
         `permalink`",
        "",
    );
    if export.is_nowhere() {
        let text = "the export does not hold the site's address; name it with --url, so that links to it lead to the articles here";
        report.remark(Topic::Check, text, "");
    }
    if ["codeinjection_head", "codeinjection_foot", "ghost_head", "ghost_foot"]
        .iter()
        .any(|it| !export.setting(it).is_empty())
    {
        report.remark(Topic::LeftOut, "code that was injected into every page (`codeinjection`)", "");
    }
    if export.setting("is_private") == "true" {
        let text = "the whole site was private in Ghost, behind a password; here everybody reads what is not `members` or `paid`";
        report.remark(Topic::Check, text, "");
    }
    if !is_new {
        return;
    }
    let accent = export.setting("accent_color");
    if !accent.is_empty() {
        report.remark(Topic::LeftOut, format!("the accent colour {accent}: colours stand in the reader's style"), "");
    }
    if ["icon", "logo"].iter().any(|it| !export.setting(it).is_empty()) {
        let text = "the site's icon and logo; put a PNG or SVG into the content folder and name it in `app.icon`";
        report.remark(Topic::LeftOut, text, "");
    }
    let fits = |url: &str| matches!(url, "" | "/") || url.contains("/tag/");
    for entry in export.menu.iter().filter(|it| !fits(&from_here(it.url.as_str(), &export.url))) {
        let text = "entries of the menu that are no sections (pages stand at the foot by themselves)";
        let entry = format!("{}: {}", entry.label.as_str(), from_here(entry.url.as_str(), &export.url));
        report.remark(Topic::LeftOut, text, &entry);
    }
    for product in export.products.iter().filter(|it| !it.is_free()) {
        if let Some(price) = tiers::yearly(product) {
            let text = "a tier has one price here, that of a month; the price of a year was left out";
            report.remark(Topic::LeftOut, text, &format!("{}: {price}", text::plain(product.name.as_str())));
        }
    }
    if export.products.iter().any(|it| !it.is_free()) {
        report.remark(Topic::Check, "tiers need the `url` of a page where they can be paid for", "");
    }
}
