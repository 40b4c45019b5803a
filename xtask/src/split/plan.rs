//! Which function goes into which file.

use std::collections::BTreeSet;

use super::Part;
use super::module::Module;

/// Where the functions of a module go.
pub(super) struct Plan {
    /// For each function the part that it goes into, or none when it stays.
    pub(super) part: Vec<Option<usize>>,
    /// The functions through which a part is entered, which stays behind as a door.
    pub(super) doors: Vec<u32>,
}

impl Plan {
    /// Decides.
    ///
    /// A function stays when anything that stays may call it before the part is here: what is exported, what such a function calls, and
    /// what stands in a table and does not name the part in its own name, since who calls that nobody can see. Symbols are mangled so that
    /// the name of a generic function names what it was made for.
    pub(super) fn of(module: &Module<'_>, parts: &[Part]) -> Self {
        let count = module.count() as usize;
        let in_table: BTreeSet<u32> = module.slots.iter().map(|it| it.2).collect();
        let named = |function: u32| {
            let name = module.name(function);
            let mut of = (0..parts.len()).filter(|it| parts[*it].is_named_in(name));
            match (of.next(), of.next()) {
                (Some(part), None) => Some(part),
                _ => None,
            }
        };
        let door = |function: u32| parts.iter().position(|it| it.is_door(module.name(function)));
        let defined = module.imported..module.count();
        let doors: Vec<u32> = defined.clone().filter(|it| door(*it).is_some()).collect();
        let barrier: BTreeSet<u32> = doors.iter().copied().collect();

        let mut roots = module.outward();
        roots.extend(in_table.iter().copied().filter(|it| named(*it).is_none()));
        let stays = reach(module, roots, &barrier);
        let of_parts: Vec<Vec<bool>> = (0..parts.len())
            .map(|part| {
                let mut roots: BTreeSet<u32> = in_table.iter().copied().filter(|it| named(*it) == Some(part)).collect();
                let own: BTreeSet<u32> = doors.iter().copied().filter(|it| door(*it) == Some(part)).collect();
                roots.extend(&own);
                reach(module, roots, &barrier.difference(&own).copied().collect())
            })
            .collect();
        let mut part = vec![None; count];
        for function in defined {
            let at = function as usize;
            let mut of = (0..parts.len()).filter(|it| of_parts[*it][at]);
            // What two parts call stays: each may come without the other.
            if let (false, Some(one), None) = (stays[at], of.next(), of.next()) {
                part[at] = Some(one);
            }
        }
        Self { part, doors }
    }

    /// The functions of a part, in order.
    pub(super) fn functions(&self, part: usize) -> Vec<u32> {
        (0..).zip(&self.part).filter(|it| *it.1 == Some(part)).map(|it| it.0).collect()
    }
}

/// What is reached from some functions without passing a barrier.
fn reach(module: &Module<'_>, roots: BTreeSet<u32>, barrier: &BTreeSet<u32>) -> Vec<bool> {
    let mut reached = vec![false; module.count() as usize];
    let mut left: Vec<u32> = roots.into_iter().filter(|it| !barrier.contains(it)).collect();
    while let Some(function) = left.pop() {
        if std::mem::replace(&mut reached[function as usize], true) {
            continue;
        }
        left.extend(module.calls_of(function).filter(|it| !barrier.contains(it)));
    }
    reached
}
