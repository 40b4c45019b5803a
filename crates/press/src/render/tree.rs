//! A body as a tree, changed by pure functions.

/// A node of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, not escaped.
    Text(String),
    /// A comment; none is ever written.
    Comment(String),
}

/// An element of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Name in lower case.
    pub name: String,
    /// Attributes, sorted by name, not escaped.
    pub attributes: Vec<(String, String)>,
    /// What stands in it.
    pub children: Vec<Node>,
}

impl Element {
    /// An empty element.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The same with an attribute.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// The same with children.
    pub fn holding(self, children: Vec<Node>) -> Self {
        Self { children, ..self }
    }

    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Sets an attribute.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        match self.attributes.binary_search_by(|it| it.0.as_str().cmp(name)) {
            Ok(at) => self.attributes[at].1 = value.into(),
            Err(at) => self.attributes.insert(at, (name.to_owned(), value.into())),
        }
    }

    /// Removes an attribute.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        let at = self.attributes.iter().position(|it| it.0 == name)?;
        Some(self.attributes.remove(at).1)
    }

    /// Whether it has a class.
    pub fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|it| it.split_ascii_whitespace().any(|it| it == class))
    }

    /// Gives it one more class.
    pub fn add_class(&mut self, class: &str) {
        if !self.has_class(class) {
            let classes = format!("{} {class}", self.get("class").unwrap_or_default());
            self.set("class", classes.trim_start());
        }
    }

    /// The text in it, as a reader sees it.
    pub fn text(&self) -> String {
        text(&self.children)
    }

    /// Whether it is one of these elements.
    pub fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.name.as_str())
    }
}

impl Node {
    /// The element that it is.
    pub fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) | Self::Comment(_) => None,
        }
    }

    /// Whether it is white space or a comment, which no reader sees.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Comment(_) => true,
            Self::Element(_) => false,
        }
    }
}

/// Elements that part the words before them from those inside; a word goes on over all others (HTML Standard, "Flow content", 15.3.3).
pub const PARTING: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// The text of nodes, joined; marks of footnotes are no part of it.
pub fn text(nodes: &[Node]) -> String {
    let mut joined = String::new();
    join(nodes, &mut joined);
    joined
}

fn join(nodes: &[Node], joined: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => joined.push_str(text),
            Node::Comment(_) => {}
            Node::Element(element) if element.has_class("footnote-ref") || element.has_class("footnote-back") => {}
            Node::Element(element) => {
                if element.is(PARTING) && !joined.ends_with(char::is_whitespace) {
                    joined.push(' ');
                }
                join(&element.children, joined);
            }
        }
    }
}

/// Visits every node in the order of the document.
pub fn walk<'a>(nodes: &'a [Node], visit: &mut impl FnMut(&'a Node)) {
    for node in nodes {
        visit(node);
        if let Node::Element(element) = node {
            walk(&element.children, visit);
        }
    }
}

/// Visits every element in the order of the document and may change it.
pub fn walk_mut(nodes: &mut [Node], visit: &mut impl FnMut(&mut Element)) {
    for node in nodes {
        if let Node::Element(element) = node {
            visit(element);
            walk_mut(&mut element.children, visit);
        }
    }
}

/// Replaces nodes, the deepest first: `change` gives back what stands in a node's place.
pub fn replace(nodes: Vec<Node>, change: &mut impl FnMut(Node) -> Vec<Node>) -> Vec<Node> {
    let mut changed = Vec::with_capacity(nodes.len());
    for node in nodes {
        let node = match node {
            Node::Element(mut element) => {
                element.children = replace(std::mem::take(&mut element.children), change);
                Node::Element(element)
            }
            other => other,
        };
        changed.extend(change(node));
    }
    changed
}
