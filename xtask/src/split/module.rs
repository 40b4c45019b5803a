//! A Wasm module, read so far as taking it apart needs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, bail};
use wasmparser::{
    ElementItems, ElementKind, Export, ExternalKind, FunctionBody, GlobalType, Import, KnownCustom, MemoryType, Name,
    Operator, Parser, Payload, RefType, TableType, TypeRef,
};

/// A module. Functions are counted as Wasm counts them: imported ones first.
pub(super) struct Module<'a> {
    /// All of it.
    pub(super) bytes: &'a [u8],
    pub(super) imports: Vec<Import<'a>>,
    /// How many functions are imported.
    pub(super) imported: u32,
    /// The type of every function.
    pub(super) types: Vec<u32>,
    /// What is defined here, in Wasm's order; what is imported of these kinds stops the reading.
    pub(super) tables: Vec<TableType>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<GlobalType>,
    pub(super) exports: Vec<Export<'a>>,
    pub(super) start: Option<u32>,
    /// Functions in the tables: table, slot, function.
    pub(super) slots: Vec<(u32, u64, u32)>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    /// Names of functions, as far as there are any.
    pub(super) names: BTreeMap<u32, String>,
    /// The functions that each defined function names.
    pub(super) calls: Vec<BTreeSet<u32>>,
}

impl<'a> Module<'a> {
    /// Reads a module.
    ///
    /// # Errors
    /// When it is no Wasm, or has something that `wasm-bindgen` does not write.
    pub(super) fn read(bytes: &'a [u8]) -> anyhow::Result<Self> {
        let mut module = Self {
            bytes,
            imports: Vec::new(),
            imported: 0,
            types: Vec::new(),
            tables: Vec::new(),
            memories: Vec::new(),
            globals: Vec::new(),
            exports: Vec::new(),
            start: None,
            slots: Vec::new(),
            bodies: Vec::new(),
            names: BTreeMap::new(),
            calls: Vec::new(),
        };
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload?)?;
        }
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> anyhow::Result<()> {
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(kind) = import.ty else { bail!("imports {} that is no function", import.name) };
                    self.types.push(kind);
                    self.imports.push(import);
                    self.imported += 1;
                }
            }
            Payload::FunctionSection(section) => {
                self.types.extend(section.into_iter().collect::<Result<Vec<_>, _>>()?);
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(section) => {
                self.memories.extend(section.into_iter().collect::<Result<Vec<_>, _>>()?)
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(section) => self.exports.extend(section.into_iter().collect::<Result<Vec<_>, _>>()?),
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element?;
                    let ElementKind::Active { table_index, offset_expr } = element.kind else {
                        bail!("a list of functions for no table")
                    };
                    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                        bail!("a list of functions at a place that is computed")
                    };
                    let start = u64::try_from(value).context("a list of functions at a negative place")?;
                    let ElementItems::Functions(functions) = element.items else {
                        bail!("a list of functions with gaps")
                    };
                    for (at, function) in functions.into_iter().enumerate() {
                        self.slots.push((table_index.unwrap_or(0), start + at as u64, function?));
                    }
                }
            }
            Payload::CodeSectionEntry(body) => {
                let mut calls = BTreeSet::new();
                for operator in body.get_operators_reader()? {
                    match operator? {
                        Operator::Call { function_index }
                        | Operator::ReturnCall { function_index }
                        | Operator::RefFunc { function_index } => {
                            calls.insert(function_index);
                        }
                        _ => {}
                    }
                }
                self.calls.push(calls);
                self.bodies.push(body);
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for part in names {
                        if let Name::Function(functions) = part? {
                            for name in functions {
                                let name = name?;
                                self.names.insert(name.index, without_hashes(name.name));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The bytes of a section.
    ///
    /// # Errors
    /// When there are none.
    pub(super) fn section(&self, range: Range<u64>) -> anyhow::Result<&'a [u8]> {
        let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
        self.bytes.get(range).context("a section beyond the end")
    }

    /// How many functions there are.
    pub(super) fn count(&self) -> u32 {
        self.types.len() as u32
    }

    /// Its name, or nothing.
    pub(super) fn name(&self, function: u32) -> &str {
        self.names.get(&function).map_or("", String::as_str)
    }

    /// The functions that a function names.
    pub(super) fn calls_of(&self, function: u32) -> impl Iterator<Item = u32> + '_ {
        let own = function.checked_sub(self.imported).and_then(|it| self.calls.get(it as usize));
        own.into_iter().flatten().copied()
    }

    /// Functions that are called from outside.
    pub(super) fn outward(&self) -> BTreeSet<u32> {
        let exported = self.exports.iter().filter(|it| it.kind == ExternalKind::Func).map(|it| it.index);
        exported.chain(self.start).collect()
    }

    /// The table that calls of unknown functions go through.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn table(&self) -> anyhow::Result<u32> {
        let at = self.tables.iter().position(|it| it.element_type == RefType::FUNCREF);
        Ok(at.context("a module without a table of functions")? as u32)
    }
}

/// `jumpline[2de5042ec1692cf4]::paths` is `jumpline::paths`. A hash is written as a number: without its leading zeros.
fn without_hashes(name: &str) -> String {
    let mut rest = name;
    let mut plain = String::with_capacity(name.len());
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let hash = after.find(|it: char| !it.is_ascii_hexdigit()).unwrap_or(0);
        rest = match after[hash..].strip_prefix(']').filter(|_| (8..=16).contains(&hash)) {
            Some(rest) => rest,
            None => {
                plain.push('[');
                after
            }
        };
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::without_hashes;

    #[test]
    fn hashes_have_no_leading_zeros() {
        assert_eq!(without_hashes("jumpline[2de5042ec1692cf4]::paths"), "jumpline::paths");
        assert_eq!(
            without_hashes("<jumpline[25fc151a8aa81cf]::x as core[e82c2a743b22ca4c]::y>"),
            "<jumpline::x as core::y>"
        );
        assert_eq!(without_hashes("f::<[f32], [u8; 3]>"), "f::<[f32], [u8; 3]>");
    }
}
