//! Several lists, such as those of Stripe and of Substack: none may end the passes of another.

use super::{Rules, Subscriber};
use crate::wall::passes::{Origin, Pass};
use anyhow::bail;
use jumpline_article::wall::Status;
use std::collections::{BTreeMap, BTreeSet};

/// So few may leave together without anybody being asked.
const FEW: usize = 2;

fn addresses(subscribers: &[Subscriber]) -> BTreeSet<&str> {
    subscribers.iter().map(|it| it.email.as_str()).collect()
}

/// A list that had no name until now takes its passes along, since its readers would otherwise get a second link each. It is the
/// same list when it has most of those that live. Says how many passes that are.
pub(super) fn take_over(passes: &mut [Pass], subscribers: &[Subscriber], rules: &Rules<'_>) -> usize {
    let of = |name: &str, it: &Pass| it.origin == Origin::Imported && it.source == name;
    if rules.source.is_empty() || passes.iter().any(|it| of(rules.source, it)) {
        return 0;
    }
    let listed = addresses(subscribers);
    let live = passes.iter().filter(|it| of("", it) && it.status(rules.today) == Status::Live);
    let (there, gone): (Vec<_>, Vec<_>) = live.filter_map(|it| it.email.as_deref()).partition(|it| listed.contains(it));
    if there.len() <= gone.len() {
        return 0;
    }
    passes.iter_mut().filter(|it| of("", it)).map(|it| it.source = rules.source.to_owned()).count()
}

/// Refuses a list that is most likely another one than the last.
pub(super) fn refuse_to_end_most(
    passes: &[Pass],
    known: &BTreeMap<String, usize>,
    subscribers: &[Subscriber],
    rules: &Rules<'_>,
) -> anyhow::Result<()> {
    let listed = addresses(subscribers);
    let live: Vec<&String> =
        known.iter().filter(|it| passes[*it.1].status(rules.today) == Status::Live).map(|it| it.0).collect();
    let ending = live.iter().filter(|it| !listed.contains(it.as_str())).count();
    if rules.others_ended || ending <= FEW || ending * 2 <= live.len() {
        return Ok(());
    }
    let of = if rules.source.is_empty() { "of import".to_owned() } else { format!("of the list `{}`", rules.source) };
    bail!(
        "{}: lacks {ending} of the {} live passes {of}, and they would end; nothing was written. When this is another list than \
         the last, give it a name of its own, as in `--source substack`; when they have all left, add `--others-ended`",
        rules.file,
        live.len()
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::with;
    use super::super::{Changes, apply, read};
    use super::*;

    fn import(passes: &mut Vec<Pass>, names: &str, source: &str) -> Result<Changes, String> {
        let lines: String = names.chars().map(|it| format!("{it}@b.example,paid,2027-01-31\n")).collect();
        let csv = format!("email,tier,until\n{lines}");
        with(|it| {
            let rules = Rules { source, tier: None, ..*it };
            apply(passes, read(csv.as_bytes(), &rules).expect("is sound"), &rules).map_err(|it| it.to_string())
        })
    }

    #[test]
    fn a_list_ends_only_passes_of_its_own() {
        let mut passes = Vec::new();
        import(&mut passes, "abcd", "").expect("is the first");
        let error = import(&mut passes, "xyz", "").expect_err("would end all");
        assert!(error.starts_with("list.csv: lacks 4 of the 4 live passes of import"), "{error}");
        let changes = import(&mut passes, "axyz", "substack").expect("has a name");
        assert_eq!((changes.issued, changes.left, changes.named), (4, 0, 0));
        let changes = import(&mut passes, "xyz", "substack").expect("ends one");
        assert_eq!((changes.issued, changes.left), (0, 1));
        assert!(!import(&mut passes, "abcd", "").expect("is as before").any());
        let error = import(&mut passes, "q", "substack").expect_err("would end all three");
        assert!(error.contains("3 of the 3 live passes of the list `substack`"), "{error}");
        assert_eq!(import(&mut passes, "ab", "").expect("is half of them").left, 2);
    }

    #[test]
    fn a_list_that_gets_a_name_keeps_its_links() {
        let mut passes = Vec::new();
        import(&mut passes, "abcd", "").expect("is the first");
        let changes = import(&mut passes, "abce", "stripe").expect("is the same list");
        assert_eq!((changes.issued, changes.left, changes.named, passes.len()), (1, 1, 4, 5));
        assert!(changes.to_string().contains("4 taken over from the list without a name"), "{changes}");
        assert!(!import(&mut passes, "abce", "stripe").expect("is the same list").any());
    }
}
