//! How far a long build is: a bar on a terminal, now and then a line elsewhere, nothing when it is over at once.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Between two lines where no bar can be drawn.
const PAUSE: Duration = Duration::from_secs(5);

/// The progress of one step of a build.
#[derive(Debug)]
pub struct Progress {
    what: &'static str,
    total: usize,
    done: AtomicUsize,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Bar(ProgressBar),
    Lines(Mutex<Instant>),
    Nothing,
}

impl Progress {
    /// Begins a step of `total` parts; `what` is a word such as `rendering`.
    pub fn start(what: &'static str, total: usize, quiet: bool) -> Self {
        let shown = if quiet {
            Shown::Nothing
        } else if std::io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}, {eta} left");
            let bar = ProgressBar::new(total as u64).with_message(what);
            Shown::Bar(match style {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            })
        } else {
            Shown::Lines(Mutex::new(Instant::now()))
        };
        Self { what, total, done: AtomicUsize::new(0), shown }
    }

    /// One part is done.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        match &self.shown {
            Shown::Bar(bar) => bar.inc(1),
            Shown::Lines(last) => {
                // Whoever does not get the lock has nothing new to say.
                if let Ok(mut last) = last.try_lock()
                    && last.elapsed() > PAUSE
                {
                    *last = Instant::now();
                    eprintln!("{}: {done} of {}", self.what, self.total);
                }
            }
            Shown::Nothing => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}
