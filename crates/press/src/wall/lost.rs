//! Tiers that passes name and the publication no longer has: who paid for one opens nothing of it.

use super::passes::Pass;
use super::tiers;
use crate::fault::Fault;
use crate::source::place;
use jiff::civil::Date;
use jumpline_article::wall::Status;
use jumpline_article::{Publication, Slug};
use std::collections::BTreeMap;
use std::path::Path;

/// Tiers of a pass that the publication does not have.
pub fn tiers_of<'a>(pass: &'a Pass, publication: &Publication) -> Vec<&'a Slug> {
    let known = tiers(publication);
    pass.tiers.iter().filter(|it| !known.contains(it)).collect()
}

/// A warning for each such tier that live passes name.
pub fn warnings(passes: &[Pass], publication: &Publication, content: &Path, today: Date) -> Vec<Fault> {
    let mut lost: BTreeMap<&Slug, usize> = BTreeMap::new();
    for pass in passes.iter().filter(|it| it.status(today) == Status::Live) {
        for tier in tiers_of(pass, publication) {
            *lost.entry(tier).or_default() += 1;
        }
    }
    let warning = |(tier, count): (&Slug, usize)| {
        let passes =
            if count == 1 { "1 live pass names it".to_owned() } else { format!("{count} live passes name it") };
        let message = format!(
            "there is no tier `{tier}`, and {passes} and opens nothing by it; write the tier again, or issue these readers other \
             passes (`press pass list` marks them)"
        );
        place::fault(content, &["tiers".into()], &message)
    };
    lost.into_iter().map(warning).collect()
}
