//! A small module is taken apart.

use std::collections::BTreeMap;

use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, MemorySection, MemoryType, Module, NameMap, NameSection, RefType, TableSection, TableType,
    TypeSection, ValType,
};
use wasmparser::{ExternalKind, Operator, Parser, Payload, TypeRef, Validator};

use super::{Part, Split};

const PARTS: [Part; 1] = [Part { name: "late", paths: &["app::late::"], door: "app::late::door::" }];

/// Functions: name, whether it stands in the table, what it calls. The first is imported, the second exported.
const FUNCTIONS: [(&str, bool, &[u32]); 9] = [
    ("imported", false, &[]),
    ("main", false, &[2, 4]),
    ("app[0123456789abcdef]::late::door::open", false, &[3, 4, 5]),
    ("app[0123456789abcdef]::late::inner", false, &[0]),
    ("shared", false, &[]),
    ("library code that only the part calls", false, &[]),
    ("<call_once::<app[0123456789abcdef]::late::inner::{closure#0}>>", true, &[5]),
    ("<call_once::<app[0123456789abcdef]::early::{closure#0}>>", true, &[8]),
    ("app[0123456789abcdef]::late::reached_from_outside", false, &[]),
];

fn module() -> Vec<u8> {
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32, ValType::I64], []);
    module.section(&types);
    let mut imports = ImportSection::new();
    imports.import("glue", "imported", EntityType::Function(0));
    module.section(&imports);
    let mut functions = FunctionSection::new();
    FUNCTIONS[1..].iter().for_each(|_| {
        functions.function(0);
    });
    module.section(&functions);
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 4,
        maximum: Some(4),
        shared: false,
    });
    module.section(&tables);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    module.section(&memories);
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("main", ExportKind::Func, 1);
    module.section(&exports);
    let in_table: Vec<u32> = (0..).zip(&FUNCTIONS).filter(|it| it.1.1).map(|it| it.0).collect();
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(in_table.into()));
    module.section(&elements);
    let mut code = CodeSection::new();
    for (_, _, calls) in &FUNCTIONS[1..] {
        let mut function = Function::new([]);
        for call in *calls {
            function.instructions().local_get(0).local_get(1).call(*call);
        }
        function.instructions().end();
        code.function(&function);
    }
    module.section(&code);
    let mut names = NameMap::new();
    for (at, (name, ..)) in (0..).zip(&FUNCTIONS) {
        names.append(at, name);
    }
    let mut section = NameSection::new();
    section.functions(&names);
    module.section(&section);
    module.finish()
}

/// Defined functions; imports, and whether they are functions; filled slots, by their start and number.
type Counted = (usize, Vec<(String, bool)>, Vec<(i32, u32)>);

fn count(wasm: &[u8]) -> Counted {
    let (mut functions, mut imports, mut slots) = (0, Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.unwrap() {
            Payload::FunctionSection(it) => functions = it.count() as usize,
            Payload::ImportSection(it) => {
                for import in it.into_imports().map(Result::unwrap) {
                    imports.push((import.name.to_owned(), matches!(import.ty, TypeRef::Func(_))));
                }
            }
            Payload::ElementSection(it) => {
                for element in it.into_iter().map(Result::unwrap) {
                    let wasmparser::ElementKind::Active { offset_expr, .. } = element.kind else { panic!() };
                    let Ok(Operator::I32Const { value }) = offset_expr.get_operators_reader().read() else { panic!() };
                    let wasmparser::ElementItems::Functions(items) = element.items else { panic!() };
                    slots.push((value, items.count()));
                }
            }
            _ => {}
        }
    }
    (functions, imports, slots)
}

#[test]
fn what_stays_and_what_goes() {
    let wasm = module();
    let split = Split::of(&wasm, &PARTS).unwrap();
    let own = split.plan.functions(0);
    assert_eq!(own, [2, 3, 5, 6], "the door, what only it calls, and the closure that names it");

    let first = split.first().unwrap();
    Validator::new().validate_all(&first).unwrap();
    let (functions, imports, slots) = count(&first);
    // main, shared, the early closure, what is reached from outside; the door's stand-in, the hole.
    assert_eq!((functions, imports.len(), slots), (6, 1, vec![(1, 2)]));

    let exported: Vec<String> = Parser::new(0)
        .parse_all(&first)
        .filter_map(|it| if let Payload::ExportSection(it) = it.unwrap() { Some(it) } else { None })
        .flatten()
        .map(|it| it.unwrap())
        .map(|it| format!("{}{}", it.name, if it.kind == ExternalKind::Func { "()" } else { "" }))
        .collect();
    assert_eq!(exported, ["memory", "main()", "Func0()", "Func4()", "Table0"]);

    let short = ["memory", "Func0", "Func4", "Table0"].map(|it| (it, it));
    let parts = split.parts(&BTreeMap::from(short)).unwrap();
    let (name, late) = &parts[0];
    Validator::new().validate_all(late).unwrap();
    let (functions, imports, slots) = count(late);
    assert_eq!((*name, functions), ("late", 4));
    assert_eq!(imports.iter().filter(|it| it.1).count(), 2);
    // The closure where the hole was, the door behind the table's old end.
    assert_eq!(slots, [(1, 1), (4, 1)]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let wasm = module();
    let elsewhere = [Part { name: "gone", paths: &["app::gone::"], door: "app::gone::door::" }];
    let error = Split::of(&wasm, &elsewhere).err().unwrap().to_string();
    assert!(error.contains("app::gone::door::") && error.contains("gone"), "{error}");
    let split = Split::of(&wasm, &PARTS).unwrap();
    assert!(split.parts(&BTreeMap::new()).unwrap_err().to_string().contains("new names"));
    assert!(Split::of(b"no Wasm", &PARTS).is_err());
}
