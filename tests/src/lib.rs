//! The harness of the browser tests: engines, a server with a probe, and pages found by role and name.

pub mod axe;
pub mod case;
pub mod driver;
pub mod engine;
pub mod look;
pub mod network;
pub mod probe;
pub mod provider;
pub mod publication;
pub mod reader;
pub mod run;

mod command;
pub mod comment_server;

pub use anyhow::{Context, Result, bail, ensure};
pub use case::Case;
pub use engine::{Engine, Setup};
pub use reader::Reader;
pub use xtask::samples::Sample;
