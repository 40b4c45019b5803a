//! What stands within a paragraph.

use super::check;

#[test]
fn raw_html_is_text() {
    check(&[
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
        ("<script>alert(\"1\")</script>", "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</p>"),
        ("AT&T &lt; &#60; &amp;", "<p>AT&amp;T &amp;lt; &amp;#60; &amp;amp;</p>"),
        ("`<b>` *<i>*", "<p><code>&lt;b&gt;</code> <em>&lt;i&gt;</em></p>"),
        ("```\n</code></pre><script>", "<pre><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;\n</code></pre>"),
        ("[<b>](https://a.b/?\"x)", "<p>[&lt;b&gt;](<a href=\"https://a.b/\">https://a.b/</a>?&quot;x)</p>"),
    ]);
}

#[test]
fn emphasis() {
    check(&[
        ("*a* _b_ **c**", "<p><em>a</em> <em>b</em> <strong>c</strong></p>"),
        ("***a***", "<p><em><strong>a</strong></em></p>"),
        ("***a** b*", "<p><em><strong>a</strong> b</em></p>"),
        ("**a *b***", "<p><strong>a <em>b</em></strong></p>"),
        ("*a **b***", "<p><em>a <strong>b</strong></em></p>"),
        ("*a***b**", "<p><em>a</em><strong>b</strong></p>"),
        ("**a _b *c* d_ e**", "<p><strong>a <em>b <em>c</em> d</em> e</strong></p>"),
        ("*one\ntwo*", "<p><em>one<br>two</em></p>"),
        ("*one\n\ntwo*", "<p>*one</p><p>two*</p>"),
        ("snake_case_name and _snake_case_", "<p>snake_case_name and <em>snake_case</em></p>"),
        ("__init__ f**** 2 * 3 * 4", "<p>__init__ f**** 2 * 3 * 4</p>"),
        ("in*fix*ed", "<p>in<em>fix</em>ed</p>"),
        ("*a **b* c**", "<p><em>a **b</em> c**</p>"),
        ("*a", "<p>*a</p>"),
        ("**a*", "<p>**a*</p>"),
        ("*a *b*", "<p>*a <em>b</em></p>"),
        ("* a*", "<ul><li>a*</li></ul>"),
        ("“_Title_” („_Titel_“), _Titre_…", "<p>“<em>Title</em>” („<em>Titel</em>“), <em>Titre</em>…</p>"),
        ("日本*の*海 größer_als_ß", "<p>日本<em>の</em>海 größer_als_ß</p>"),
        (r"\*a\* \_b\_ \[c\](d) \\ \a \", r"<p>*a* _b_ [c](d) \ \a \</p>"),
        (r"*a\*b* \<b>", "<p><em>a*b</em> &lt;b&gt;</p>"),
    ]);
}

#[test]
fn links() {
    check(&[
        ("[a *b*](https://c.d/e_f_(g)?h=[]&i)", "<p><a href=\"https://c.d/e_f_(g)?h=[]&amp;i\">a <em>b</em></a></p>"),
        (
            "[mail](mailto:a@b.c) [a](HTTP://b.c)",
            "<p><a href=\"mailto:a@b.c\">mail</a> <a href=\"HTTP://b.c\">a</a></p>",
        ),
        ("*[a](https://b.c)*", "<p><em><a href=\"https://b.c\">a</a></em></p>"),
        ("[a [b] c](https://d.e)", "<p><a href=\"https://d.e\">a [b] c</a></p>"),
        (
            "[[a](https://b.c)](https://d.e)",
            "<p>[<a href=\"https://b.c\">a</a>](<a href=\"https://d.e\">https://d.e</a>)</p>",
        ),
        ("[https://a.b](https://c.d)", "<p><a href=\"https://c.d\">https://a.b</a></p>"),
        ("[x <https://a.b>](https://c.d)", "<p><a href=\"https://c.d\">x &lt;https://a.b&gt;</a></p>"),
        ("*a [b* c](https://d.e)", "<p><em>a [b</em> c](<a href=\"https://d.e\">https://d.e</a>)</p>"),
        ("[a *b](https://c.d) e*", "<p><a href=\"https://c.d\">a *b</a> e*</p>"),
        ("[a] [b](/c) [d](e:f) [ ](http://", "<p>[a] [b](/c) [d](e:f) [ ](http://</p>"),
        ("[a](javascript:alert(1)) [b](https:c)", "<p>[a](javascript:alert(1)) [b](https:c)</p>"),
        ("[a](https://b.c \"title\")", "<p>[a](<a href=\"https://b.c\">https://b.c</a> &quot;title&quot;)</p>"),
        (
            "<https://a.b/c*d*> <mailto:a@b.c>",
            "<p><a href=\"https://a.b/c*d*\">https://a.b/c*d*</a> <a href=\"mailto:a@b.c\">mailto:a@b.c</a></p>",
        ),
        (
            "<https://a.b c> <data:x> <a@b.c>",
            "<p>&lt;<a href=\"https://a.b\">https://a.b</a> c&gt; &lt;data:x&gt; &lt;a@b.c&gt;</p>",
        ),
        ("(See https://a.b/c_(d)_e.)", "<p>(See <a href=\"https://a.b/c_(d)_e\">https://a.b/c_(d)_e</a>.)</p>"),
        (
            "**https://a.b/** Https://c.d…",
            "<p><strong><a href=\"https://a.b/\">https://a.b/</a></strong> <a href=\"Https://c.d\">Https://c.d</a>…</p>",
        ),
        (
            "“https://a.b”, 見https://c.d。",
            "<p>“<a href=\"https://a.b\">https://a.b</a>”, 見<a href=\"https://c.d\">https://c.d</a>。</p>",
        ),
        ("xhttps://a.b http:// https://… mailto:a@b.c", "<p>xhttps://a.b http:// https://… mailto:a@b.c</p>"),
        (
            "https://https://a//! <https://b//>",
            "<p><a href=\"https://https://a//\">https://https://a//</a>! <a href=\"https://b//\">https://b//</a></p>",
        ),
        ("[](https://a.b)", "<p>[](<a href=\"https://a.b\">https://a.b</a>)</p>"),
        ("[`]`](https://a.b)", "<p><a href=\"https://a.b\"><code>]</code></a></p>"),
    ]);
}
