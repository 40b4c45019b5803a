//! One test: a name, how the browser is set up, what a person does.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use anyhow::Result;

use crate::Sample;
use crate::engine::Setup;
use crate::reader::Reader;

type Run = for<'a> fn(&'a Reader) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// A test that runs in every engine.
#[derive(Clone, Copy)]
pub struct Case {
    /// `file::function`.
    pub name: &'static str,
    /// How the browser is set up.
    pub setup: Setup,
    /// The site.
    pub sample: Sample,
    pub(crate) run: Run,
}

impl Case {
    /// A test of the sample publication at `/`, in a browser as it comes. Use [`crate::case!`].
    pub const fn new(name: &'static str, run: Run) -> Self {
        Self { name, setup: Setup::USUAL, sample: Sample::Root, run }
    }

    /// The same with another setup.
    #[must_use]
    pub const fn with(self, setup: Setup) -> Self {
        Self { setup, ..self }
    }

    /// The same at another site.
    #[must_use]
    pub const fn at(self, sample: Sample) -> Self {
        Self { sample, ..self }
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Makes a [`Case`] of an `async fn(&Reader) -> Result<()>`.
#[macro_export]
macro_rules! case {
    ($function:ident) => {
        $crate::Case::new(
            const { $crate::case::short(concat!(module_path!(), "::", stringify!($function))) },
            |reader| Box::pin($function(reader)),
        )
    };
}

/// The name without the test target's own.
pub const fn short(name: &'static str) -> &'static str {
    match name.split_at_checked("browser::".len()) {
        Some((_, rest)) => rest,
        None => name,
    }
}
