//! The press as its user meets it: a content folder goes in, a site comes out. See `tests/README.md`.

mod broken;
mod driver;
mod golden;
mod hostile;
mod incremental;
mod links;
