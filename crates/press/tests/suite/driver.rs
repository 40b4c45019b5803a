//! Builds the sites of `tests/sites/` in folders of their own, and looks at what came out.

use jumpline_press::build::{self, Options, Summary};
use jumpline_press::wall::{Secret, private};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A site in a temporary folder, where a test may change it.
pub(crate) struct Site {
    folder: tempfile::TempDir,
    name: &'static str,
}

impl Site {
    /// A copy of one of `tests/sites/`.
    pub(crate) fn copy(name: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for part in ["content", "shell"] {
            copy_all(&sites().join(name).join(part), &folder.path().join(part));
        }
        // Always the same one, so that what is locked is the same bytes in every run.
        let secret = folder.path().join("keys/secret");
        fs::create_dir(secret.parent().unwrap()).unwrap();
        private::write_private(&secret, Secret::from([7; 32]).line().as_bytes()).unwrap();
        Self { folder, name }
    }

    /// A path in the folder: `content/…`, `shell/…`, `dist/…`.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces text in a file.
    #[track_caller]
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replace(from, to));
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// A file's text.
    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Builds into `dist`.
    #[track_caller]
    pub(crate) fn build(&self) -> Summary {
        build::run(&self.options()).unwrap_or_else(|error| panic!("{error:#}"))
    }

    /// Builds, and gives back what is wrong; folders are named `./`.
    #[track_caller]
    pub(crate) fn fail(&self, keep_going: bool) -> String {
        let options = Options { keep_going, ..self.options() };
        let error = match build::run(&options) {
            Ok(summary) => panic!("built: {summary}"),
            Err(error) => format!("{error:#}"),
        };
        error.replace(&format!("{}/", self.folder.path().display()), "./")
    }

    /// What `press build` warns of in a file, in its order; folders are named `./`.
    #[track_caller]
    pub(crate) fn warnings(&self, file: &str) -> Vec<String> {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_press"));
        command.arg("build").env("JUMPLINE_SECRET", self.path("keys/secret"));
        for (name, folder) in [("--content", "content"), ("--shell", "shell"), ("--out", "dist"), ("--cache", "cache")]
        {
            command.arg(name).arg(self.path(folder));
        }
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        let said = said.replace(&format!("{}/", self.folder.path().display()), "./");
        let warnings = said.lines().filter_map(|it| it.strip_prefix("warning: "));
        warnings.filter(|it| it.contains(file)).map(ToOwned::to_owned).collect()
    }

    /// What a build of this site works on.
    pub(crate) fn options(&self) -> Options {
        Options {
            content: self.path("content"),
            shell: self.path("shell"),
            out: self.path("dist"),
            base: None,
            keep_going: false,
            cache: self.path("cache"),
            secret: None,
            quiet: true,
        }
    }

    /// Every file of the built site by path.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path("dist"))
    }

    /// Every page of the built site by path.
    pub(crate) fn pages(&self) -> Vec<(String, scraper::Html)> {
        let pages = self.files().into_iter().filter(|it| it.0.ends_with(".html"));
        pages.map(|(path, bytes)| (path, scraper::Html::parse_document(&String::from_utf8(bytes).unwrap()))).collect()
    }

    /// Compares a built file with `expected/`; `SNAPSHOTS=overwrite` writes it there.
    #[track_caller]
    pub(crate) fn check(&self, path: &str) {
        self.check_text(path, &self.read(&format!("dist/{path}")));
    }

    /// Compares a text with a file of `expected/`.
    #[track_caller]
    pub(crate) fn check_text(&self, path: &str, actual: &str) {
        let expected = sites().join(self.name).join("expected").join(path);
        let expected = snapbox::Data::read_from(&expected, Some(snapbox::data::DataFormat::Text)).raw();
        let actual = without_hash(actual);
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(snapbox::Data::text(actual).raw(), expected);
    }
}

/// Its name changes with every sentence of the interface.
fn without_hash(text: &str) -> String {
    let mut parts = text.split("/assets/common-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, rest| format!("{text}/assets/common-HASH{}", &rest[12..]))
}

/// Every file below a folder.
pub(crate) fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(root).into_iter().map(Result::unwrap).filter(|it| it.file_type().is_file());
    entries
        .map(|it| (it.path().strip_prefix(root).unwrap().display().to_string(), fs::read(it.path()).unwrap()))
        .collect()
}

fn sites() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")
}

fn copy_all(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let to = to.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}
