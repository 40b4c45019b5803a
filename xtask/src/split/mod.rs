//! Takes the reader's Wasm apart: what every page needs, and parts that are loaded when they are first needed.
//!
//! `wasm-bindgen` has already joined Wasm and JavaScript, so a part has nothing to do with JavaScript: it takes memory, tables and functions
//! from the first file's exports, and puts its own functions into the table, where the first file has holes. The reader sees to it that a
//! part is there before anything in it is called (`src/parts.rs`).

mod module;
mod plan;
#[cfg(test)]
mod tests;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use module::Module;
use plan::Plan;

/// What is loaded by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its name, also in the name of its file.
    pub(crate) name: &'static str,
    /// Rust paths whose functions belong to it.
    pub(crate) paths: &'static [&'static str],
    /// The Rust path of the functions through which it is entered.
    pub(crate) door: &'static str,
}

impl Part {
    fn is_named_in(&self, function: &str) -> bool {
        self.paths.iter().any(|it| function.contains(it))
    }

    fn is_door(&self, function: &str) -> bool {
        function.strip_prefix(self.door).is_some_and(|it| !it.contains("::"))
    }
}

/// The parts of the reader.
pub(crate) const PARTS: [Part; 4] = [
    Part { name: "aside", paths: &["jumpline::aside::"], door: "jumpline::aside::door::" },
    Part {
        name: "comments",
        paths: &["jumpline::comments::", "jumpline_article::commenting::"],
        door: "jumpline::comments::door::",
    },
    Part { name: "library", paths: &["jumpline::library::"], door: "jumpline::library::door::" },
    Part {
        name: "wall",
        paths: &["jumpline::wall::", "jumpline::browser::crypto::", "jumpline::browser::rest::"],
        door: "jumpline::wall::door::",
    },
];

/// A module that was taken apart so far that its first file can be written.
pub(crate) struct Split<'a> {
    module: Module<'a>,
    plan: Plan,
    parts: &'a [Part],
}

impl<'a> Split<'a> {
    /// Takes a module apart.
    ///
    /// # Errors
    /// When it is no Wasm that `wasm-bindgen` wrote, or a part has no door.
    pub(crate) fn of(wasm: &'a [u8], parts: &'a [Part]) -> anyhow::Result<Self> {
        let module = Module::read(wasm)?;
        let plan = Plan::of(&module, parts);
        for (at, part) in parts.iter().enumerate() {
            let own = plan.functions(at);
            if !plan.doors.iter().any(|it| own.contains(it)) {
                anyhow::bail!("no function {}… of the part {} is called from outside of it", part.door, part.name);
            }
        }
        Ok(Self { module, plan, parts })
    }

    /// The file that comes first.
    ///
    /// # Errors
    /// When the module has something that is not understood.
    pub(crate) fn first(&self) -> anyhow::Result<Vec<u8>> {
        let shared: BTreeSet<u32> =
            (0..self.parts.len()).flat_map(|it| write::Shared::of(&self.module, &self.plan, it).functions).collect();
        write::first(&self.module, &self.plan, &shared)
    }

    /// The files of the parts, by name. `names` are those that the first file's exports have got meanwhile, by those that they had.
    ///
    /// # Errors
    /// When an export is not among the names.
    pub(crate) fn parts(&self, names: &BTreeMap<&str, &str>) -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
        let all = self.parts.iter().enumerate();
        all.map(|(at, it)| Ok((it.name, write::part(&self.module, &self.plan, at, names)?))).collect()
    }
}
