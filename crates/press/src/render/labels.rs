//! The words that a body needs from the interface's language.

/// Words written into bodies. `{number}` and `{alt}` are filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is explained by its sentence in messages/en.toml")]
pub struct Labels {
    pub footnotes: String,
    pub footnote_back: String,
    pub table: String,
    pub task_done: String,
    pub task_open: String,
    pub remote_image: String,
}
