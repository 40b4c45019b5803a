//! Files that nobody but their owner may read.

use anyhow::Context as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// Refuses a file that others may read.
///
/// # Errors
/// When they may, or it is not there, or no file.
#[cfg(unix)]
pub(super) fn private(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let name = path.display();
    let about = fs::metadata(path).with_context(|| format!("{name}: cannot be read"))?;
    if !about.is_file() {
        anyhow::bail!("{name}: is not a file; name the file itself");
    }
    let mode = about.permissions().mode();
    if mode & 0o077 != 0 {
        anyhow::bail!("{name}: can be read by others (mode {:03o}); run `chmod 600 {name}`", mode & 0o777);
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn private(_path: &Path) -> anyhow::Result<()> {
    Ok(())
}

/// A folder for this user alone, which git passes over.
///
/// # Errors
/// When it cannot be created.
pub(super) fn private_folder(folder: &Path) -> anyhow::Result<()> {
    let failed = || format!("{}: cannot be created", folder.display());
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(failed)?;
    fs::write(folder.join(".gitignore"), "*\n").with_context(failed)
}

/// A new file for this user alone.
///
/// # Errors
/// When it is there already, or cannot be created.
pub(super) fn private_file(path: &Path) -> anyhow::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).with_context(|| format!("{}: cannot be created", path.display()))
}

/// Writes a file for this user alone, whole or not at all.
///
/// # Errors
/// When it cannot be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = || format!("{}: cannot be written", path.display());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let fresh = path.with_file_name(name);
    let _ = fs::remove_file(&fresh);
    let mut file = private_file(&fresh)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    let written = written.and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        // The error that matters is the first one.
        let _ = fs::remove_file(&fresh);
    }
    written.with_context(failed)?;
    private(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_what_cannot_be_written() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        fs::create_dir_all(folder.path().join("passes.json/x")).expect("is writable");
        assert!(write_private(&folder.path().join("passes.json"), b"{}").is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("is there").count(), 1);
    }
}
