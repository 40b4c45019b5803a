//! Paragraphs, code, quotes and lists.

use super::check;

#[test]
fn paragraphs_and_lines() {
    check(&[
        ("", ""),
        (" \n\t\n", ""),
        ("One.", "<p>One.</p>"),
        ("One.\nTwo.  \r\nThree.", "<p>One.<br>Two.<br>Three.</p>"),
        ("One.\n\n \n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("    Not code.", "<p>Not code.</p>"),
        ("# Not a heading\n---", "<p># Not a heading<br>---</p>"),
        ("a | b\n--|--", "<p>a | b<br>--|--</p>"),
        ("~~no~~ ![image](https://a.b/c.png)", "<p>~~no~~ !<a href=\"https://a.b/c.png\">image</a></p>"),
    ]);
}

#[test]
fn code() {
    check(&[
        ("`a*b*c`", "<p><code>a*b*c</code></p>"),
        (r"`\` *a*", r"<p><code>\</code> <em>a</em></p>"),
        ("`` a`b ``", "<p><code>a`b</code></p>"),
        ("```a```", "<p><code>a</code></p>"),
        ("`a ``b` c", "<p><code>a ``b</code> c</p>"),
        ("`a ``b", "<p>`a ``b</p>"),
        ("*a `b* c`", "<p>*a <code>b* c</code></p>"),
        (
            "```rust\nfn main() {\n    *x\n\n> y\n}\n```\nz",
            "<pre><code>fn main() {\n    *x\n\n&gt; y\n}\n</code></pre><p>z</p>",
        ),
        ("a\n````\n```\n````", "<p>a</p><pre><code>```\n</code></pre>"),
        ("  ```\n  a\n    b\n c\n  ```", "<pre><code>a\n  b\nc\n</code></pre>"),
        ("```\nto the end", "<pre><code>to the end\n</code></pre>"),
        ("> ```\n> a\n> > b\n> ```\n> c", "<blockquote><pre><code>a\n&gt; b\n</code></pre><p>c</p></blockquote>"),
        ("> ```\n> a\nb", "<blockquote><pre><code>a\n</code></pre></blockquote><p>b</p>"),
    ]);
}

#[test]
fn quotes() {
    check(&[
        ("> a\n> b\nc", "<blockquote><p>a<br>b</p></blockquote><p>c</p>"),
        ("a\n>b", "<p>a</p><blockquote><p>b</p></blockquote>"),
        ("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
        (
            ">> a\n> b\n> > > > c",
            "<blockquote><blockquote><p>a</p></blockquote><p>b</p><blockquote><blockquote><p>&gt; c</p></blockquote></blockquote></blockquote>",
        ),
        ("> - a\n> - b", "<blockquote><ul><li>a</li><li>b</li></ul></blockquote>"),
        ("> *a\n\n*b", "<blockquote><p>*a</p></blockquote><p>*b</p>"),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("- a\n* **b**", "<ul><li>a</li><li><strong>b</strong></li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1. a\n\n2. b\n\nc", "<ol><li>a</li><li>b</li></ol><p>c</p>"),
        ("a\n- b\nc", "<p>a</p><ul><li>b</li></ul><p>c</p>"),
        ("- a\n  b\n\n  c\n- d", "<ul><li>a<br>b<p>c</p></li><li>d</li></ul>"),
        (
            "- a\n  - b\n      - c\n  1. d\n- e",
            "<ul><li>a<ul><li>b</li><li>c</li></ul><ol><li>d</li></ol></li><li>e</li></ul>",
        ),
        ("1. a\n\t- b\n  c", "<ol><li>a<ul><li>b</li></ul><p>c</p></li></ol>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- a\n  ```\n  b\n  ```\n- c", "<ul><li>a<pre><code>b\n</code></pre></li><li>c</li></ul>"),
        ("- ```\n  b\n  ```\n\nc", "<ul><li><pre><code>b\n</code></pre></li></ul><p>c</p>"),
        ("I was born in\n1986. What a year.", "<p>I was born in<br>1986. What a year.</p>"),
        ("3. It keeps its number.", "<p>3. It keeps its number.</p>"),
        ("-\n-a\n1.\n1.5\n+ b", "<p>-<br>-a<br>1.<br>1.5<br>+ b</p>"),
    ]);
}
