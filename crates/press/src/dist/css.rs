//! The style sheets as one: bundled and shortened, with nothing lowered.

use anyhow::{Context as _, anyhow};
use lightningcss::bundler::{Bundler, FileProvider, ResolveResult, SourceProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use std::path::{Path, PathBuf};

/// Bundles `main.css` and everything that it imports.
///
/// # Errors
/// When a sheet is missing or is no CSS, with its file and line.
pub(super) fn bundle(main: &Path) -> anyhow::Result<String> {
    let sheets = Sheets(FileProvider::new());
    let mut bundler = Bundler::new(&sheets, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{error}"))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("{}: {error}", main.display()))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })
        .with_context(|| format!("{}: cannot be printed", main.display()))?;
    // Inside `<style>` only this could end the element.
    Ok(printed.code.replace("</", "<\\/"))
}

/// Sheets on the disk, with errors that name them.
struct Sheets(FileProvider);

#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", file.display())]
struct Unreadable {
    file: PathBuf,
    error: std::io::Error,
}

impl SourceProvider for Sheets {
    type Error = Unreadable;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, Unreadable> {
        self.0.read(file).map_err(|error| Unreadable { file: file.to_owned(), error })
    }

    fn resolve(&self, specifier: &str, from: &Path) -> Result<ResolveResult, Unreadable> {
        self.0.resolve(specifier, from).map_err(|error| Unreadable { file: from.to_owned(), error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn sheets_are_bundled_and_stay_modern() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let write = |name: &str, css: &str| fs::write(folder.path().join(name), css).expect("is writable");
        write("main.css", "@import \"a.css\";\n.b { .c & { margin-inline-start: 1px } }\n");
        write(
            "a.css",
            "/* gone */\n:root { color: light-dark(#000, #fff) }\n@container x (width > 20rem) { p { inset: 0 } }",
        );
        let css = bundle(&folder.path().join("main.css")).expect("is sound");
        for part in ["light-dark(#000,#fff)", "@container x (width>20rem)", ".c &", "margin-inline-start:1px"] {
            assert!(css.contains(part), "{part} in {css}");
        }
        assert!(!css.contains("import") && !css.contains("gone"), "{css}");
    }

    #[test]
    fn a_missing_sheet_is_named() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        fs::write(folder.path().join("main.css"), "@import \"gone.css\";").expect("is writable");
        let error = format!("{:#}", bundle(&folder.path().join("main.css")).expect_err("is broken"));
        assert!(error.contains("gone.css"), "{error}");
    }
}
