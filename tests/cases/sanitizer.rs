//! Hostile bodies reach the page only as harmless ones, in each engine with its own parser.

use jumpline_tests::{Case, Context, Reader, Result, case, ensure};
use serde_json::{Value, json};

#[path = "attacks.rs"]
mod attacks;

use attacks::ATTACKS;

pub(crate) const CASES: &[Case] =
    &[case!(attacks_come_to_nothing), case!(deep_nesting_is_survived), case!(links_of_strangers_are_marked)];

/// Lets the reader draw an article with this body.
async fn draw(reader: &Reader, name: &str, body: &str) -> Result<()> {
    let (path, _) = reader.site.story(0)?;
    let mut item = reader.site.article(&path)?;
    item.title = Some(name.to_owned());
    item.content_html = Some(format!("<p>before</p>{body}<p>after</p>"));
    let place = format!("/{name}/");
    reader.server.set_document(&format!("{place}article.json"), item.to_json());
    reader.follow(&place).await?;
    reader.until(&format!("{body:?} to be drawn"), async || Ok(reader.path().await? == place)).await?;
    reader
        .wait_for(&format!("{body:?} to be drawn"), "document.querySelector('.prose')?.textContent.includes('before')")
        .await
}

/// The front page without its policy: what the sanitizer let through would run.
async fn open_unprotected(reader: &Reader) -> Result<()> {
    let page = std::fs::read_to_string(reader.site.root.join("index.html"))?;
    let meta = page.find("<meta http-equiv=\"Content-Security-Policy\"").context("the page has a policy")?;
    let end = meta + page[meta..].find('>').context("the policy ends")?;
    reader.server.set_document("/index.html", format!("{}{}", &page[..meta], &page[end + 1..]));
    reader.open("/").await?;
    reader
        .run(
            "const it = document.createElement('p'); it.setAttribute('onclick', 'window.__armed = 1'); it.click();",
            vec![],
        )
        .await?;
    ensure!(reader.eval("window.__armed === 1").await? == true, "the page is protected after all");
    Ok(())
}

async fn attacks_come_to_nothing(reader: &Reader) -> Result<()> {
    // Pictures that are not there.
    reader.tolerate("resource on");
    reader.tolerate("404");
    open_unprotected(reader).await?;
    let mut found = Vec::new();
    let mut count = 0;
    for (kind, attacks) in ATTACKS {
        for attack in *attacks {
            count += 1;
            draw(reader, &format!("attack-{count}"), attack).await?;
            let faults = reader.client.execute_async(INSPECT, vec![]).await?;
            if faults != json!([]) {
                found.push(format!("{kind}: {attack:?}: {faults}"));
            }
        }
    }
    ensure!(count >= 60, "only {count} attacks");
    ensure!(found.is_empty(), "{} of {count} attacks left something behind:\n{}", found.len(), found.join("\n"));
    Ok(())
}

/// Provokes whatever may be left of an attack, and lists what should not be there.
const INSPECT: &str = "
const done = arguments[0];
const faults = [];
const stop = (event) => event.preventDefault();
addEventListener('click', stop, true);
const prose = document.querySelector('.prose');
const inside = [...prose.querySelectorAll('*')];
for (const element of inside) {
  if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') faults.push(`a foreign <${element.localName}>`);
  if (/^(script|style|template|iframe|frame|object|embed|svg|math|form|button|select|textarea|base|meta|link|slot|noscript|marquee|plaintext)$|-/.test(element.localName))
    faults.push(`a <${element.localName}>`);
  if (element.shadowRoot) faults.push('a shadow root');
  for (const { name, value } of element.attributes) {
    if (/^on|^style$|^name$|^form|^action$|^srcdoc$|^ping$|^is$|^slot$|^popover|^autofocus$|^background$|:/.test(name)) faults.push(`${name}=${value}`);
    if (/^(href|src|poster|cite|srcset)$/.test(name)) {
      for (const one of name === 'srcset' ? value.split(',') : [value]) {
        let scheme = 'unreadable:';
        try { scheme = new URL(one.trim().split(/\\s/)[0], location.href).protocol; } catch {}
        if (!['http:', 'https:', 'mailto:', 'tel:'].includes(scheme)) faults.push(`${name}=${value}`);
      }
    }
  }
  for (const type of ['click', 'mouseover', 'pointerover', 'focus', 'error', 'load', 'toggle', 'beforematch', 'animationstart'])
    element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
}
for (const id of ['app', 'main', 'title', 'jumpline-boot', 'preferences', 'comments', 'top'])
  if (document.querySelectorAll(`[id='${id}']`).length > 1) faults.push(`a second #${id}`);
if (!(document.body instanceof HTMLBodyElement) || typeof document.getElementById !== 'function') faults.push('a clobbered document');
if (typeof window.__probe.settled !== 'function' || !(localStorage instanceof Storage)) faults.push('a clobbered window');
if (getComputedStyle(prose).display === 'none') faults.push('a hidden body');
setTimeout(() => {
  removeEventListener('click', stop, true);
  if (window.__pwned !== undefined) faults.push('A SCRIPT RAN');
  delete window.__pwned;
  done(faults);
}, 30);
";

async fn deep_nesting_is_survived(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    for tag in ["div", "b", "blockquote", "ul><li"] {
        let name = format!("deep-{}", &tag[..1]);
        draw(reader, &name, &format!("{}deepest", format!("<{tag}>").repeat(20_000))).await?;
        let text = reader.eval("document.querySelector('.prose').textContent.includes('deepest')").await?;
        ensure!(text == Value::Bool(true), "20,000 nested <{tag}> swallowed their text");
    }
    Ok(())
}

async fn links_of_strangers_are_marked(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    draw(reader, "links", "<a href=https://example.org/>a stranger's place</a> <a href=/archive/ rel=opener>ours</a>")
        .await?;
    let link = reader.role("link").named("a stranger's place").find().await?;
    let rel = link.attr("rel").await?.unwrap_or_default();
    ensure!(rel.split(' ').any(|it| it == "noopener"), "the link of a stranger has rel={rel:?}");
    let rel = reader.role("link").named("ours").find().await?.attr("rel").await?.unwrap_or_default();
    ensure!(!rel.contains("opener") || rel.contains("noopener"), "a body may not choose rel=opener");
    Ok(())
}
