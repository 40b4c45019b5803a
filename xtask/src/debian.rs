//! Packages of Debian, which `cargo xtask` installs as root and names to everybody else.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::Command;

use crate::steps;

/// Installs packages of Debian. `false`, and the command is printed, where that takes somebody else.
///
/// # Errors
/// When apt-get fails.
pub(crate) fn install(packages: &[&str]) -> anyhow::Result<bool> {
    let list = packages.join(" ");
    if !(is_root() && is_debian()) {
        eprintln!("Something is missing, and installing it takes root on Debian. The command is:");
        eprintln!("  sudo apt-get update && sudo apt-get install --yes --no-install-recommends {list}");
        return Ok(false);
    }
    eprintln!("Installing packages of Debian:");
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    steps::run_quietly("apt-get update", "what Debian has today", &mut apt(&["update"]))?;
    let mut command = apt(&["install", "--yes", "--no-install-recommends"]);
    steps::run_quietly("apt-get install", &list, command.args(packages))?;
    Ok(true)
}

/// Whether the browsers' own sandboxes have to be off, as they refuse to run as root.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

fn is_debian() -> bool {
    fs::metadata("/etc/debian_version").is_ok()
}
