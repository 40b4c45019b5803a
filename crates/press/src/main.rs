//! The `press` command line.

#![allow(unreachable_pub, reason = "not needed in a bin crate")]

mod cmd;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Turns a folder of articles into a publication on plain static hosting.
#[derive(Parser)]
#[command(name = "press", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Audit(cmd::audit::Args),
    Build(cmd::build::Args),
    Comments(cmd::comments::Args),
    Gift(cmd::gift::Args),
    Import(cmd::import::Args),
    Pass(cmd::pass::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Audit(args) => cmd::audit::run(&args),
        Command::Build(args) => cmd::build::run(&args),
        Command::Comments(args) => cmd::comments::run(&args),
        Command::Gift(args) => cmd::gift::run(&args),
        Command::Import(args) => cmd::import::run(&args),
        Command::Pass(args) => cmd::pass::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn verify_app() {
        super::Cli::command().debug_assert();
    }
}
