//! Locks on files that end when they are dropped.

use std::fs::{File, TryLockError};

/// A file that nobody else has locked.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// Locks a file; `None` while somebody else has it. Some file systems know no locks; that is no reason not to work.
    pub fn take(file: File) -> Option<Self> {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => None,
            Ok(()) | Err(TryLockError::Error(_)) => Some(Self(file)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // To close it is not enough: a program that another thread is just starting has it open, too, for a moment.
        let _ = self.0.unlock();
    }
}
