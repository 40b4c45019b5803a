//! What is read before, after and beside an article.

use super::jump;
use crate::render::Rendered;
use jumpline_article::{Item, Slug};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Cards below an article.
const RELATED: usize = 3;

/// How far around an article its tags and section are searched. Near articles are the better ones, a new article then
/// changes only its own surroundings, and ten thousand articles do not need a hundred million comparisons.
const NEAR: usize = 50;

/// Fills previous, next and related of articles that are sorted, newest first.
pub(super) fn connect(articles: &mut [Rendered]) {
    let index = Index::of(articles);
    let jumps: Vec<_> = articles.iter().map(|it| jump(&it.item)).collect();
    let related: Vec<Vec<Item>> = (0..articles.len())
        .into_par_iter()
        .map(|at| index.related(at).into_iter().map(|it| articles[it].item.to_brief()).collect())
        .collect();
    for (at, (article, related)) in articles.iter_mut().zip(related).enumerate() {
        let Some(extension) = &mut article.item.jumpline else { continue };
        extension.previous = jumps.get(at + 1).cloned().flatten();
        extension.next = at.checked_sub(1).and_then(|it| jumps[it].clone());
        extension.related = related;
    }
}

/// Who has which tag, and stands in which section, by place in the stream.
struct Index {
    groups: Vec<(u32, Vec<usize>)>,
    /// The groups of each article.
    member: Vec<Vec<usize>>,
}

impl Index {
    fn of(articles: &[Rendered]) -> Self {
        let mut index = Self { groups: Vec::new(), member: vec![Vec::new(); articles.len()] };
        let mut names: HashMap<(bool, Slug), usize> = HashMap::new();
        for (at, article) in articles.iter().enumerate() {
            let section = article.item.jumpline.as_ref().and_then(|it| it.section.clone());
            let tags = article.item.tags.iter().map(|it| (true, Slug::from_name(it)));
            for name in tags.chain(section.map(|it| (false, it))) {
                let weight = if name.0 { 3 } else { 1 };
                let group = *names.entry(name).or_insert_with(|| {
                    index.groups.push((weight, Vec::new()));
                    index.groups.len() - 1
                });
                // Two spellings of one tag are one tag.
                if index.groups[group].1.last() != Some(&at) {
                    index.groups[group].1.push(at);
                    index.member[at].push(group);
                }
            }
        }
        index
    }

    /// Shared tags count three times what the section counts; of equals the nearer in time comes first.
    fn related(&self, at: usize) -> Vec<usize> {
        let mut scores: BTreeMap<usize, u32> = BTreeMap::new();
        for group in &self.member[at] {
            let (weight, members) = &self.groups[*group];
            let here = members.partition_point(|it| *it < at);
            let near = here.saturating_sub(NEAR)..(here + NEAR + 1).min(members.len());
            for other in members[near].iter().filter(|it| **it != at) {
                *scores.entry(*other).or_default() += weight;
            }
        }
        let mut found: Vec<(usize, u32)> = scores.into_iter().collect();
        found.sort_by_key(|(other, score)| (std::cmp::Reverse(*score), other.abs_diff(at), *other));
        found.into_iter().take(RELATED).map(|it| it.0).collect()
    }
}
