//! Writes the files that a module is taken apart into.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use anyhow::{Context, anyhow};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, NameMap, NameSection, RawSection, StartSection, TableSection,
};
use wasmparser::{ExternalKind, Parser, Payload, ValType};

use super::module::Module;
use super::plan::Plan;

/// The module under whose name a part imports what the first file exports.
const MODULE: &str = "a";

/// Copies code, and says its functions' new numbers.
struct Renumbered(BTreeMap<u32, u32>);

impl Reencode for Renumbered {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        // What is not there is reached through a table only.
        self.0.get(&function).copied().ok_or(Error::InvalidConstExpr)
    }
}

fn plain(error: Error<Infallible>) -> anyhow::Error {
    anyhow!("{error}")
}

/// What a part takes from the first file, and under which name.
pub(super) struct Shared {
    /// Functions that stay and a part calls.
    pub(super) functions: BTreeSet<u32>,
}

impl Shared {
    /// What the functions of a part need that are not in it.
    pub(super) fn of(module: &Module<'_>, plan: &Plan, part: usize) -> Self {
        let own = plan.functions(part);
        let called = own.iter().flat_map(|it| module.calls_of(*it));
        Self { functions: called.filter(|it| plan.part[*it as usize] != Some(part)).collect() }
    }
}

/// The name of an export: what it is called already, else one of ours.
fn name(module: &Module<'_>, kind: ExternalKind, index: u32) -> String {
    let known = module.exports.iter().find(|it| it.kind == kind && it.index == index);
    known.map_or_else(|| format!("{kind:?}{index}"), |it| it.name.to_owned())
}

/// All that every part may use: memories, tables and globals.
fn common(module: &Module<'_>) -> Vec<(ExternalKind, u32)> {
    let all = |kind: ExternalKind, count: usize| (0..count as u32).map(move |it| (kind, it));
    let tables = all(ExternalKind::Table, module.tables.len());
    let memories = all(ExternalKind::Memory, module.memories.len());
    tables.chain(memories).chain(all(ExternalKind::Global, module.globals.len())).collect()
}

/// The slot of a door, behind those that the table has.
fn slot(module: &Module<'_>, table: u32, door: usize) -> u64 {
    module.tables[table as usize].initial + door as u64
}

/// The first file: all that stays, and doors that lead into the parts.
pub(super) fn first(module: &Module<'_>, plan: &Plan, shared: &BTreeSet<u32>) -> anyhow::Result<Vec<u8>> {
    let table = module.table()?;
    let stays = |it: &u32| plan.part[*it as usize].is_none();
    let kept: Vec<u32> = (module.imported..module.count()).filter(stays).collect();
    let after = module.imported + kept.len() as u32;
    let doors: Vec<u32> = plan.doors.iter().copied().filter(|it| !stays(it)).collect();
    // What a table holds before the part is here: nothing that may be called.
    let hole = after + doors.len() as u32;
    let mut numbers: BTreeMap<u32, u32> = (0..module.count()).map(|it| (it, hole)).collect();
    numbers.extend((0..module.imported).map(|it| (it, it)));
    numbers.extend((module.imported..).zip(&kept).map(|(new, old)| (*old, new)));
    numbers.extend((after..).zip(&doors).map(|(new, old)| (*old, new)));
    let mut renumber = Renumbered(numbers);

    let mut output = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(module.bytes) {
        match payload? {
            Payload::FunctionSection(_) => {
                let mut section = FunctionSection::new();
                let kind = |it: &u32| module.types[*it as usize];
                let hole = doors.first().map(kind);
                for kind in kept.iter().chain(&doors).map(kind).chain(hole) {
                    section.function(kind);
                }
                output.section(&section);
            }
            Payload::TableSection(tables) => {
                let mut section = TableSection::new();
                for (at, it) in (0..).zip(tables) {
                    let mut it = it?;
                    if at == table {
                        it.ty.initial += doors.len() as u64;
                        it.ty.maximum = it.ty.maximum.map(|it| it + doors.len() as u64);
                    }
                    renumber.parse_table(&mut section, it).map_err(plain)?;
                }
                output.section(&section);
            }
            Payload::ExportSection(exports) => {
                let mut section = ExportSection::new();
                renumber.parse_export_section(&mut section, exports).map_err(plain)?;
                let missing =
                    |it: &(ExternalKind, u32)| !module.exports.iter().any(|known| (known.kind, known.index) == *it);
                let functions = shared.iter().map(|it| (ExternalKind::Func, *it));
                for (kind, index) in functions.chain(common(module)).filter(missing) {
                    let new = if kind == ExternalKind::Func { renumber.0[&index] } else { index };
                    section.export(&name(module, kind, index), ExportKind::from(kind), new);
                }
                output.section(&section);
            }
            Payload::StartSection { func, .. } => {
                output.section(&StartSection { function_index: renumber.0[&func] });
            }
            Payload::ElementSection(elements) => {
                let mut section = ElementSection::new();
                renumber.parse_element_section(&mut section, elements).map_err(plain)?;
                output.section(&section);
            }
            Payload::CodeSectionStart { .. } => {
                let mut section = CodeSection::new();
                for it in &kept {
                    let body = module.bodies[(it - module.imported) as usize].clone();
                    renumber.parse_function_body(&mut section, body).map_err(plain)?;
                }
                for (at, door) in doors.iter().enumerate() {
                    section.function(&leads(module, *door, table, slot(module, table, at))?);
                }
                if !doors.is_empty() {
                    let mut function = Function::new([]);
                    function.instructions().unreachable().end();
                    section.function(&function);
                }
                output.section(&section);
            }
            Payload::CustomSection(_) | Payload::CodeSectionEntry(_) => {}
            other => {
                if let Some((id, range)) = other.as_section() {
                    output.section(&RawSection { id, data: module.section(range)? });
                }
            }
        }
    }
    output.section(&names(module, &kept, &renumber));
    Ok(output.finish())
}

/// What these functions are called, for who looks for them; `wasm-opt` leaves it out unless it is told otherwise.
fn names(module: &Module<'_>, functions: &[u32], renumber: &Renumbered) -> NameSection {
    let mut map = NameMap::new();
    for it in functions {
        map.append(renumber.0[it], module.name(*it));
    }
    let mut section = NameSection::new();
    section.functions(&map);
    section
}

/// A function that calls another with all that it was given, through the table.
fn leads(module: &Module<'_>, door: u32, table: u32, slot: u64) -> anyhow::Result<Function> {
    let kind = module.types[door as usize];
    let mut function = Function::new([]);
    let mut code = function.instructions();
    for it in 0..parameters(module, kind)?.len() as u32 {
        code.local_get(it);
    }
    code.i32_const(i32::try_from(slot)?).call_indirect(table, kind).end();
    Ok(function)
}

fn parameters(module: &Module<'_>, kind: u32) -> anyhow::Result<Vec<ValType>> {
    let mut at = 0;
    for payload in Parser::new(0).parse_all(module.bytes) {
        if let Payload::TypeSection(types) = payload? {
            for it in types.into_iter_err_on_gc_types() {
                let it = it?;
                if at == kind {
                    return Ok(it.params().to_vec());
                }
                at += 1;
            }
        }
    }
    Err(anyhow!("there is no type {kind}"))
}

/// A part. `short` are the names that the first file's exports have got meanwhile.
pub(super) fn part(
    module: &Module<'_>,
    plan: &Plan,
    part: usize,
    short: &BTreeMap<&str, &str>,
) -> anyhow::Result<Vec<u8>> {
    let own = plan.functions(part);
    let shared = Shared::of(module, plan, part).functions;
    let mut numbers: BTreeMap<u32, u32> = shared.iter().copied().zip(0..).collect();
    numbers.extend(own.iter().copied().zip(shared.len() as u32..));
    let mut renumber = Renumbered(numbers);
    let mut output = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(module.bytes) {
        if let Payload::TypeSection(types) = payload? {
            output.section(&RawSection { id: 1, data: module.section(types.range())? });
        }
    }
    let mut imports = ImportSection::new();
    let called = |kind, index| -> anyhow::Result<Cow<'_, str>> {
        let name = name(module, kind, index);
        let short = short.get(name.as_str()).with_context(|| format!("{name}: not among the new names"))?;
        Ok(Cow::Borrowed(*short))
    };
    for it in &shared {
        let kind = EntityType::Function(module.types[*it as usize]);
        imports.import(MODULE, &called(ExternalKind::Func, *it)?, kind);
    }
    for (kind, index) in common(module) {
        let at = index as usize;
        let what = match kind {
            ExternalKind::Table => {
                let table = renumber.table_type(module.tables[at]).map_err(plain)?;
                // The first file's has grown by its doors.
                EntityType::Table(wasm_encoder::TableType { maximum: None, ..table })
            }
            ExternalKind::Memory => EntityType::Memory(renumber.memory_type(module.memories[at]).map_err(plain)?),
            _ => EntityType::Global(renumber.global_type(module.globals[at]).map_err(plain)?),
        };
        imports.import(MODULE, &called(kind, index)?, what);
    }
    output.section(&imports);
    let mut functions = FunctionSection::new();
    for it in &own {
        functions.function(module.types[*it as usize]);
    }
    output.section(&functions);
    output.section(&elements(module, plan, part, &renumber)?);
    let mut code = CodeSection::new();
    for it in &own {
        let body = module.bodies[(it - module.imported) as usize].clone();
        renumber.parse_function_body(&mut code, body).map_err(plain)?;
    }
    output.section(&code);
    output.section(&names(module, &own, &renumber));
    Ok(output.finish())
}

/// Puts the functions of a part into the tables, where holes were.
fn elements(module: &Module<'_>, plan: &Plan, part: usize, renumber: &Renumbered) -> anyhow::Result<ElementSection> {
    let table = module.table()?;
    let is_own = |it: u32| plan.part[it as usize] == Some(part);
    let mut slots: BTreeMap<(u32, u64), u32> = BTreeMap::new();
    slots.extend(module.slots.iter().filter(|it| is_own(it.2)).map(|it| ((it.0, it.1), it.2)));
    let doors = plan.doors.iter().filter(|it| plan.part[**it as usize].is_some()).enumerate();
    slots.extend(doors.filter(|it| is_own(*it.1)).map(|(at, it)| ((table, slot(module, table, at)), *it)));
    let mut section = ElementSection::new();
    let mut runs: Vec<(u32, u64, Vec<u32>)> = Vec::new();
    for ((table, slot), function) in slots {
        let new = renumber.0[&function];
        match runs.last_mut() {
            Some(run) if run.0 == table && run.1 + run.2.len() as u64 == slot => run.2.push(new),
            _ => runs.push((table, slot, vec![new])),
        }
    }
    for (table, slot, functions) in runs {
        let place = ConstExpr::i32_const(i32::try_from(slot)?);
        let table = (table > 0).then_some(table);
        section.active(table, &place, Elements::Functions(Cow::Owned(functions)));
    }
    Ok(section)
}
