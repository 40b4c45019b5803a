//! Names of tags and authors: one or many, each with a page of its own.

use super::front_matter::fault_at;
use crate::fault::Fault;
use crate::site::LONGEST_STEP;
use jumpline_article::Slug;
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};
use std::fmt;

/// A name or a list of names, trimmed, without empty ones; and whether it was a text, and no list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(pub Vec<String>, bool);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;

        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E>(self, name: &str) -> Result<Names, E> {
                Ok(Names::tidy(vec![name.to_owned()], true))
            }

            // YAML takes the tag `2025` for a number.
            fn visit_i64<E>(self, name: i64) -> Result<Names, E> {
                Ok(Names(vec![name.to_string()], true))
            }

            fn visit_u64<E>(self, name: u64) -> Result<Names, E> {
                Ok(Names(vec![name.to_string()], true))
            }

            fn visit_unit<E>(self) -> Result<Names, E> {
                Ok(Names::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element::<String>()? {
                    names.push(name);
                }
                Ok(Names::tidy(names, false))
            }
        }

        deserializer.deserialize_any(OneOrMany)
    }
}

impl Names {
    fn tidy(names: Vec<String>, is_text: bool) -> Self {
        Self(names.iter().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect(), is_text)
    }
}

/// Names that have pages, and where the head has them.
#[derive(Clone, Debug)]
pub struct Placed(pub Vec<String>, bool, Location);

impl Default for Placed {
    fn default() -> Self {
        Self(Vec::new(), false, Location::UNKNOWN)
    }
}

impl<'de> Deserialize<'de> for Placed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Spanned::<Names>::deserialize(deserializer)?;
        Ok(Self(names.value.0, names.value.1, names.referenced))
    }
}

impl Placed {
    /// Names whose pages no file system could hold, as faults of the line.
    pub(super) fn faults(&self, file: &str, what: &str) -> Vec<Fault> {
        too_long(&self.0, what).into_iter().map(|it| fault_at(file, &self.2, it)).collect()
    }

    /// One text that is likely meant to be a list. It is not taken apart, for `Bee, Ann` is one name.
    pub(super) fn warning(&self, file: &str, key: &str) -> Option<Fault> {
        let [text] = self.0.as_slice() else { return None };
        let parts: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|it| !it.is_empty()).collect();
        if !self.1 || parts.len() < 2 {
            return None;
        }
        let parts: Vec<String> = parts.into_iter().map(quoted).collect();
        let message = format!(
            "`{key}: {text}` is one name here; write `{key}: [{}]` when they are {}, and `{key}: [{text:?}]` when it is one",
            parts.join(", "),
            parts.len()
        );
        Some(fault_at(file, &self.2, message))
    }
}

/// A text as it may stand in a list of YAML.
fn quoted(text: &str) -> String {
    let is_plain = |it: char| it.is_alphanumeric() || " -_.+&/’()".contains(it);
    if text.chars().all(is_plain) && text.starts_with(char::is_alphanumeric) {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

/// What is wrong with names whose pages no file system could hold.
pub(super) fn too_long(names: &[String], what: &str) -> Vec<String> {
    let is_long = |it: &&String| Slug::from_name(it).as_str().len() > LONGEST_STEP;
    let problem = |name: &String| {
        let beginning: String = name.chars().take(40).collect();
        let list = if name.contains(',') { ", or write names of their own as a list" } else { "" };
        format!(
            "the {what} `{beginning}…` has a page whose name would be longer than {LONGEST_STEP} bytes; shorten it{list}"
        )
    };
    names.iter().filter(is_long).map(problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::source::front_matter::read;

    #[test]
    fn names_are_one_or_many() {
        let head =
            read("a.md", "title: 1984\nauthors: The News Desk\ntags: [a, ' ', 2025]\ntiers: 7\n").expect("is sound");
        assert_eq!(head.title.map(|it| it.value), Some("1984".to_owned()));
        assert_eq!(head.authors.0, ["The News Desk"]);
        assert_eq!(head.tags.0, ["a", "2025"]);
        assert_eq!(head.tiers.map(|it| it.value.0), Some(vec!["7".to_owned()]));
        let fault = read("a.md", "tags: {a: b}\n").expect_err("is broken").to_string();
        assert!(fault.contains("expected a text or a list of texts"), "{fault}");
    }

    #[test]
    fn a_list_that_was_written_as_a_text_is_named() {
        let warning = |yaml: &str| {
            let head = read("a.md", yaml).expect("is sound");
            let found = head.tags.warning("a.md", "tags").or_else(|| head.authors.warning("a.md", "authors"));
            found.map(|it| it.to_string()).unwrap_or_default()
        };
        assert_eq!(
            warning("title: A\ntags: Ferries, Tides, Harbour\n"),
            "a.md:3:7: `tags: Ferries, Tides, Harbour` is one name here; write `tags: [Ferries, Tides, Harbour]` when they are 3, \
             and `tags: [\"Ferries, Tides, Harbour\"]` when it is one"
        );
        assert!(
            warning("authors: Ann Bee; \"Carl\" Dee\n")
                .contains("write `authors: [Ann Bee, \"\\\"Carl\\\" Dee\"]` when")
        );
        for yaml in ["tags: [\"Bee, Ann\"]", "tags: Ferries", "tags: Ferries,", "authors: [Ann Bee, Carl Dee]", "tags:"]
        {
            assert_eq!(warning(yaml), "", "{yaml}");
        }
    }

    #[test]
    fn a_name_that_no_folder_can_have_names_its_line() {
        let head = read("a.md", &format!("title: A\ntags: [a, {}]\n", "д".repeat(101))).expect("is sound");
        let faults = head.tags.faults("a.md", "tag");
        assert_eq!(faults.len(), 1);
        let said = faults[0].to_string();
        assert!(
            said.starts_with("a.md:3:7: the tag `ддд") && said.ends_with("longer than 200 bytes; shorten it"),
            "{said}"
        );
        let head = read("a.md", &format!("authors: {}\n", "д".repeat(100))).expect("is sound");
        assert_eq!(head.authors.faults("a.md", "author"), []);
    }
}
