//! A folder that something is imported into.

use crate::driver::{Site, files};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn content(&self) -> PathBuf {
        self.path().join("content")
    }

    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        if self.content().is_dir() { files(&self.content()) } else { BTreeMap::new() }
    }

    #[track_caller]
    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.content().join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}, there are {:?}", self.files().keys()))
    }

    /// Builds a site of what was imported.
    #[track_caller]
    pub(super) fn build(&self) -> Site {
        let site = Site::copy("small");
        fs::remove_dir_all(site.path("content")).unwrap();
        fs::rename(self.content(), site.path("content")).unwrap();
        site.build();
        site
    }

    /// Compares a report, and all that came in but pictures, with what is expected.
    #[track_caller]
    pub(super) fn compare(&self, report: &str, expected: &Path) {
        let check = |path: &str, actual: &str| {
            let data = snapbox::Data::read_from(&expected.join(path), Some(snapbox::data::DataFormat::Text)).raw();
            snapbox::Assert::new().action_env("SNAPSHOTS").eq(snapbox::Data::text(actual).raw(), data);
        };
        check("report.txt", &report.replace(&self.path().display().to_string(), ""));
        let mut seen = BTreeSet::from(["report.txt".to_owned()]);
        for (path, bytes) in self.files().iter().filter(|it| !it.0.starts_with("media/")) {
            check(path, &String::from_utf8(bytes.clone()).unwrap());
            seen.insert(path.clone());
        }
        let unused: Vec<_> = files(expected).into_keys().filter(|it| !seen.contains(it)).collect();
        assert!(unused.is_empty(), "nothing was compared with {unused:?}");
    }
}
