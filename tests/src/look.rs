//! A look at the page: elements by role and accessible name, as assistive technology finds them, never by structure.

use std::sync::{Mutex, PoisonError};

use anyhow::{Result, anyhow, bail};
use fantoccini::elements::Element;
use serde_json::{Map, Value};

use crate::reader::Reader;

/// A look in the making.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    reader: &'a Reader,
    query: Map<String, Value>,
    within: Value,
}

impl<'a> Look<'a> {
    pub(crate) fn new(reader: &'a Reader, role: &str) -> Self {
        let mut look = Self { reader, query: Map::new(), within: Value::Null };
        look.query.insert("role".to_owned(), role.into());
        look
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.query.insert(key.to_owned(), value.into());
        self
    }

    /// Whose accessible name is this.
    pub fn named(self, name: &str) -> Self {
        self.with("name", name)
    }

    /// Whose accessible name contains this, in any case.
    pub fn like(self, part: &str) -> Self {
        self.with("like", part)
    }

    /// Headings of this level.
    pub fn level(self, level: u8) -> Self {
        self.with("level", level)
    }

    /// Inside an element that was found before.
    pub fn within(self, element: &Element) -> Self {
        Self { within: serde_json::to_value(element).unwrap_or_default(), ..self }
    }

    /// Those too that nobody can perceive.
    pub fn even_hidden(self) -> Self {
        self.with("hidden", true)
    }

    /// All that are there now.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn all(&self) -> Result<Vec<Element>> {
        self.reader.look(&Value::Object(self.query.clone()), &self.within).await
    }

    /// How many are there now.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn count(&self) -> Result<usize> {
        Ok(self.all().await?.len())
    }

    /// The only one, as soon as it is there.
    ///
    /// # Errors
    /// When none comes, or there are several; the message shows what is there instead.
    pub async fn find(&self) -> Result<Element> {
        self.wait(|count| count == 1).await
    }

    /// The first one, as soon as one is there.
    ///
    /// # Errors
    /// When none comes; the message shows what is there instead.
    pub async fn first(&self) -> Result<Element> {
        self.wait(|count| count > 0).await
    }

    /// Scrolls the only one to the middle of the window, as soon as it is there.
    ///
    /// # Errors
    /// As [`Look::find`].
    pub async fn bring_into_view(&self) -> Result<Element> {
        let element = self.find().await?;
        // WebDriver itself scrolls as the page does, and clicks before a smooth scroll has ended.
        let scroll = "arguments[0].scrollIntoView({ behavior: 'instant', block: 'center' })";
        self.reader.run(scroll, vec![serde_json::to_value(&element)?]).await?;
        Ok(element)
    }

    /// Clicks the only one, as soon as it is there.
    ///
    /// # Errors
    /// As [`Look::find`], or when something covers it.
    pub async fn click(&self) -> Result<()> {
        let element = self.bring_into_view().await?;
        element.click().await.map_err(|error| anyhow!("cannot click {}: {error:?}", self.words()))
    }

    /// Waits until none is left.
    ///
    /// # Errors
    /// When one stays.
    pub async fn is_gone(&self) -> Result<()> {
        self.reader.until(&format!("the end of {}", self.words()), async || Ok(self.count().await? == 0)).await
    }

    async fn wait(&self, enough: impl Fn(usize) -> bool) -> Result<Element> {
        let found = Mutex::new(None);
        let ask = async || {
            let all = self.all().await?;
            let is_enough = enough(all.len());
            *found.lock().unwrap_or_else(PoisonError::into_inner) = all.into_iter().next().filter(|_| is_enough);
            Ok(is_enough)
        };
        // A page that did not answer at last is asked what there is all the same.
        let _ = self.reader.until(&self.words(), ask).await;
        match found.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(element) => Ok(element),
            None => {
                let outline = self.reader.ask_library("outline", &[]).await?;
                let count = self.count().await?;
                bail!(
                    "{count} × {} on {}; there is:\n{}",
                    self.words(),
                    self.reader.path().await?,
                    outline.as_str().unwrap_or("")
                )
            }
        }
    }

    fn words(&self) -> String {
        let part = |key: &str| self.query.get(key).map(|it| format!(" {key} {it}")).unwrap_or_default();
        format!("{}{}{}{}", part("role").trim_start(), part("name"), part("like"), part("level"))
    }
}
