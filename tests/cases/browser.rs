//! The reader as a person uses it, in three engines.

mod views;

use std::process::ExitCode;

fn main() -> ExitCode {
    let cases: Vec<_> = [views::CASES].concat();
    jumpline_tests::run::main(&cases)
}
