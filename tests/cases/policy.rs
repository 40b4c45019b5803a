//! The content security policy of every page: strict, and in force.

use jumpline_tests::{Case, Reader, Result, case, ensure};

pub(crate) const CASES: &[Case] = &[case!(every_page_has_a_strict_policy), case!(the_policy_holds)];

async fn every_page_has_a_strict_policy(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    for (name, path) in reader.site.every_view()? {
        reader.open(&path).await?;
        let meta = "document.querySelector('meta[http-equiv=Content-Security-Policy i]')?.content";
        let policy = reader.eval(meta).await?.as_str().unwrap_or_default().to_owned();
        ensure!(policy.contains("default-src 'none'"), "{name}: the policy is {policy:?}");
        let unsafe_words: Vec<_> = policy.split([' ', ';']).filter(|it| it.contains("unsafe")).collect();
        ensure!(unsafe_words == ["'wasm-unsafe-eval'"], "{name}: {unsafe_words:?}");
        // What a wall opened is shown from memory; nothing else may come from there.
        let blobs = policy.split(';').filter(|it| it.contains("blob:")).map(str::trim);
        let odd: Vec<_> = blobs.filter(|it| !it.starts_with("img-src ") && !it.starts_with("media-src ")).collect();
        ensure!(odd.is_empty(), "{name}: blobs are let in by {odd:?}");
        let wide = policy.split([' ', ';']).find(|it| matches!(*it, "*" | "http:" | "https:" | "data:"));
        ensure!(wide.is_none(), "{name}: the policy lets in {wide:?}");
        let before = "document.head.querySelector('script:not([src=\"/__probe.js\"])')
            .compareDocumentPosition(document.querySelector('meta[http-equiv]')) & Node.DOCUMENT_POSITION_PRECEDING";
        ensure!(reader.eval(&format!("Boolean({before})")).await? == true, "{name}: a script stands before the policy");
    }
    Ok(())
}

async fn the_policy_holds(reader: &Reader) -> Result<()> {
    reader.tolerate("csp on");
    reader.tolerate("Content Security Policy");
    reader.tolerate("resource on");
    reader.tolerate("404");
    reader.open("/").await?;
    let attack = "
        window.__refused = [];
        document.addEventListener('securitypolicyviolation', (event) => __refused.push(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'window.__pwned = 1';
        document.head.append(script);
        const inside = document.createElement('div');
        inside.innerHTML = '<img src=x onerror=\"window.__pwned = 1\"><p id=\"styled\" style=\"display:none\">x</p>';
        document.body.append(inside);
        const frame = document.createElement('iframe');
        frame.src = 'https://stucci.example/';
        document.body.append(frame);";
    reader.run(attack, vec![]).await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    ensure!(reader.eval("window.__pwned === undefined").await? == true, "a script was let in");
    let shown = reader.eval("getComputedStyle(document.getElementById('styled')).display").await?;
    ensure!(shown == "block", "a style was let in: {shown}");
    let refused = reader.eval("window.__refused.join(' ')").await?;
    let refused = refused.as_str().unwrap_or_default();
    for what in ["script-src-elem", "script-src-attr", "style-src-attr", "frame-src"] {
        // Some engines name the directive that stands in the policy.
        let wider = what.trim_end_matches("-elem").trim_end_matches("-attr");
        let is_it = |it: &str| it == what || it == wider || (what == "frame-src" && it == "default-src");
        ensure!(refused.split(' ').any(is_it), "{what} was let in; refused: {refused}");
    }
    Ok(())
}
