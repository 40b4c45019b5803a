//! Subscribing, with each provider, against a real server that also refuses, fails and stays silent.

use std::time::Duration;

use fantoccini::key::Key;
use jumpline_tests::provider::{Answers, Provider, rewrite};
use jumpline_tests::{Case, Context, Reader, Result, Sample, Setup, axe, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(what_is_forgotten_meanwhile_stays_so).at(Sample::Form),
    case!(a_local_subscription_stays_here),
    case!(the_field_says_what_is_wrong),
    case!(another_tab_follows),
    case!(a_form_takes_the_address).at(Sample::Form),
    case!(a_robot_is_told_from_a_reader).at(Sample::Form),
    case!(a_form_takes_json).at(Sample::Form),
    case!(who_is_subscribed_is_told_so).at(Sample::Form),
    case!(a_refusal_is_shown_as_text).at(Sample::Form),
    case!(a_failure_waits_and_is_sent_again).at(Sample::Form),
    case!(a_silent_server_is_given_up).at(Sample::Form),
    case!(who_closes_the_page_loses_no_address).at(Sample::Form),
    case!(ghost_sends_a_link).at(Sample::Ghost),
    case!(ghost_may_refuse).at(Sample::Ghost),
    case!(a_form_works_without_scripts).at(Sample::Form).with(Setup::NO_SCRIPTS),
    case!(without_scripts_it_is_said_what_needs_them).at(Sample::Ghost).with(Setup::NO_SCRIPTS),
    case!(what_can_be_paid_for),
];

const ADDRESS: &str = "ada+news@post.example";

/// Opens the subscribe page, with a provider behind its form.
async fn open(reader: &Reader) -> Result<Provider> {
    let provider = Provider::start().await?;
    provider.move_into(reader, "/subscribe/")?;
    reader.open("/subscribe/").await?;
    Ok(provider)
}

async fn fill_in(reader: &Reader, address: &str) -> Result<()> {
    let field = reader.role("textbox").named("Email address").bring_into_view().await?;
    field.clear().await?;
    Ok(field.send_keys(address).await?)
}

async fn send(reader: &Reader, address: &str) -> Result<()> {
    fill_in(reader, address).await?;
    reader.role("button").named("Subscribe").click().await
}

/// Waits for a sentence in the page's main part.
async fn says(reader: &Reader, words: &str) -> Result<()> {
    let main = reader.role("main").find().await?;
    let there = async || Ok(main.text().await?.contains(words));
    let waited = reader.until(words, there).await;
    waited.with_context(|| words.to_owned())?;
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
    Ok(())
}

async fn a_local_subscription_stays_here(reader: &Reader) -> Result<()> {
    reader.open("/subscribe/").await?;
    let before = reader.server.visits().len();
    send(reader, ADDRESS).await?;
    says(reader, &format!("{ADDRESS} is kept on this device and nowhere else")).await?;
    ensure!(reader.role("textbox").named("Email address").count().await? == 0, "the form is still there");
    reader.role("button").named("Save as a file").find().await?;
    let told = reader.server.visits().into_iter().skip(before).any(|it| it.path.contains("ada"));
    ensure!(!told, "the address went to the server");
    reader.open("/subscribe/").await?;
    says(reader, &format!("Subscribed on this device as {ADDRESS}")).await?;
    reader.role("button").named("Forget on this device").click().await?;
    reader.role("textbox").named("Email address").find().await?;
    ensure!(reader.eval("localStorage.getItem('jumpline:/:subscription')").await?.is_null(), "it was not forgotten");
    Ok(())
}

async fn the_field_says_what_is_wrong(reader: &Reader) -> Result<()> {
    reader.open("/subscribe/").await?;
    let field = reader.role("textbox").named("Email address").bring_into_view().await?;
    // A host without a point is one to browsers. Passing through is no mistake, and neither is typing.
    reader.run("arguments[0].focus(); arguments[0].blur()", vec![serde_json::to_value(&field)?]).await?;
    ensure!(field.attr("aria-invalid").await?.is_none(), "an empty field was called wrong too early");
    field.send_keys("ada@post").await?;
    ensure!(field.attr("aria-invalid").await?.is_none(), "an address was called wrong while it was typed");
    reader.press(Key::Tab).await?;
    says(reader, "This email address is not complete").await?;
    ensure!(field.attr("aria-invalid").await?.as_deref() == Some("true"), "the field is not marked");
    let described = "document.getElementById(document.querySelector('input[type=email]').getAttribute('aria-describedby').split(' ')[0]).textContent";
    ensure!(
        reader.eval(described).await?.as_str().is_some_and(|it| it.contains("not complete")),
        "the field does not name its mistake"
    );
    field.send_keys(".example").await?;
    ensure!(field.attr("aria-invalid").await?.is_none(), "a mended address is still called wrong");
    field.clear().await?;
    reader.role("button").named("Subscribe").click().await?;
    says(reader, "Enter your email address").await?;
    ensure!(reader.eval("document.activeElement.type").await? == "email", "the focus is not where the mistake is");
    Ok(())
}

async fn another_tab_follows(reader: &Reader) -> Result<()> {
    reader.open("/subscribe/").await?;
    let there = async || {
        reader.open("/subscribe/").await?;
        send(reader, ADDRESS).await?;
        says(reader, "is kept on this device").await
    };
    let instead = format!("localStorage.setItem('jumpline:/:subscription', 'subscribed 1700000000000 {ADDRESS}')");
    reader.in_another_tab(there, &instead).await?;
    says(reader, &format!("Subscribed on this device as {ADDRESS}")).await
}

async fn a_form_takes_the_address(reader: &Reader) -> Result<()> {
    let provider = open(reader).await?;
    send(reader, ADDRESS).await?;
    says(reader, &format!("Thank you. {} has {ADDRESS} now", provider.host())).await?;
    let letters = provider.letters();
    ensure!(letters.len() == 1, "{letters:?}");
    let letter = &letters[0];
    ensure!(letter.line == "POST /lists/42?from=page", "{letter:?}");
    ensure!(letter.kind == "application/x-www-form-urlencoded", "{letter:?}");
    ensure!(letter.body == "EMAIL=ada%2Bnews%40post.example&list=42%20%26%20more&b_trap=", "{letter:?}");
    ensure!(letter.traces.is_empty(), "the request says more than it must: {letter:?}");
    Ok(())
}

async fn a_robot_is_told_from_a_reader(reader: &Reader) -> Result<()> {
    let provider = open(reader).await?;
    let fill = "document.querySelector('.sign-up [aria-hidden] input').value = 'A robot'";
    reader.run(fill, vec![]).await?;
    send(reader, ADDRESS).await?;
    says(reader, "A field that only robots see was filled in.").await?;
    ensure!(provider.letters().is_empty(), "it was sent");
    reader.role("button").named("Subscribe").click().await?;
    says(reader, &format!("Thank you. {} has {ADDRESS} now", provider.host())).await
}

async fn a_form_takes_json(reader: &Reader) -> Result<()> {
    let provider = Provider::start().await?;
    let origin = format!("http://{}", provider.host());
    rewrite(reader, "/", &[("http://127.0.0.1:1", &origin), ("\"encoding\":\"form\"", "\"encoding\":\"json\"")])?;
    reader.open("/").await?;
    reader.follow("/subscribe/").await?;
    send(reader, ADDRESS).await?;
    says(reader, "Thank you.").await?;
    let letters = provider.letters();
    let letter = letters.first().context("nothing was sent")?;
    ensure!(letter.kind == "application/json", "{letter:?}");
    let expected = serde_json::json!({ "EMAIL": ADDRESS, "list": "42 & more", "b_trap": "" });
    ensure!(serde_json::from_str::<serde_json::Value>(&letter.body)? == expected, "{letter:?}");
    Ok(())
}

async fn who_is_subscribed_is_told_so(reader: &Reader) -> Result<()> {
    reader.tolerate("status of 4");
    let provider = open(reader).await?;
    provider.answer(Answers::With(409, "text/plain", "conflict"));
    send(reader, ADDRESS).await?;
    says(reader, &format!("{ADDRESS} is subscribed already")).await?;
    reader.role("button").named("Forget on this device").click().await?;
    provider.answer(Answers::With(
        400,
        "application/json",
        "{\"error\":{\"message\":\"This address is already a list member.\"}}",
    ));
    send(reader, ADDRESS).await?;
    says(reader, &format!("{ADDRESS} is subscribed already")).await
}

async fn a_refusal_is_shown_as_text(reader: &Reader) -> Result<()> {
    reader.tolerate("status of 4");
    let provider = open(reader).await?;
    let hostile = "{\"message\":\"No <img src=x onerror=alert(1)> at this host\"}";
    provider.answer(Answers::With(400, "application/json", hostile));
    send(reader, ADDRESS).await?;
    says(reader, &format!("{} did not accept this: No at this host", provider.host())).await?;
    reader.role("alert").first().await?;
    provider.answer(Answers::With(422, "text/html", "<!doctype html><h1>Unprocessable</h1>"));
    reader.role("button").named("Subscribe").click().await?;
    says(reader, "did not say why (422)").await?;
    ensure!(
        reader.eval("localStorage.getItem('jumpline:/:subscription')").await?.is_null(),
        "a refused address is kept"
    );
    let field = reader.role("textbox").named("Email address").find().await?;
    ensure!(field.prop("value").await?.as_deref() == Some(ADDRESS), "the address has to be typed again");
    Ok(())
}

async fn a_failure_waits_and_is_sent_again(reader: &Reader) -> Result<()> {
    for words in ["status of 5", "CORS", "Cross-Origin", "access control", "ERR_", "Failed to load"] {
        reader.tolerate(words);
    }
    let provider = open(reader).await?;
    provider.answer(Answers::With(500, "text/html", "<h1>Oh</h1>"));
    send(reader, ADDRESS).await?;
    says(reader, &format!("answered with an error (500). {ADDRESS} is kept here")).await?;
    provider.answer(Answers::Closed);
    reader.role("button").named("Try again").click().await?;
    says(reader, "could not be reached").await?;
    provider.answer(Answers::Secretly);
    reader.role("button").named("Try again").click().await?;
    says(reader, "does not let this page read its answer").await?;

    // It survives a reload, and is sent when there is a network again.
    reader.open("/subscribe/").await?;
    says(reader, &format!("{ADDRESS} is kept here")).await?;
    let sent = provider.letters().len();
    provider.answer(Answers::With(200, "application/json", "{}"));
    reader.run("dispatchEvent(new Event('online'))", vec![]).await?;
    says(reader, "Thank you.").await?;
    ensure!(provider.letters().len() == sent + 1, "it was sent more than once");

    reader.role("button").named("Forget on this device").click().await?;
    provider.answer(Answers::With(503, "text/plain", ""));
    send(reader, ADDRESS).await?;
    reader.role("button").named("Remove").click().await?;
    reader.role("textbox").named("Email address").find().await?;
    Ok(())
}

async fn a_silent_server_is_given_up(reader: &Reader) -> Result<()> {
    let provider = open(reader).await?;
    provider.answer(Answers::Never);
    send(reader, ADDRESS).await?;
    reader.role("button").named("Sending…").find().await?;
    tokio::time::sleep(Duration::from_secs(12)).await;
    says(reader, "did not answer in time").await
}

async fn who_closes_the_page_loses_no_address(reader: &Reader) -> Result<()> {
    let provider = open(reader).await?;
    provider.answer(Answers::Never);
    send(reader, ADDRESS).await?;
    reader.until("the address at the service", async || Ok(!provider.letters().is_empty())).await?;
    reader.open("/subscribe/").await?;
    says(reader, &format!("{ADDRESS} is kept here")).await
}

async fn ghost_sends_a_link(reader: &Reader) -> Result<()> {
    let provider = open(reader).await?;
    provider.answer(Answers::With(201, "text/plain", "Created."));
    send(reader, ADDRESS).await?;
    says(reader, &format!("A letter with a link is on its way to {ADDRESS}")).await?;
    let letters = provider.letters();
    let lines: Vec<_> = letters.iter().map(|it| it.line.as_str()).collect();
    ensure!(lines == ["GET /members/api/integrity-token/", "POST /members/api/send-magic-link/"], "{lines:?}");
    let body: serde_json::Value = serde_json::from_str(&letters[1].body)?;
    ensure!(body["email"] == ADDRESS && body["integrityToken"] == "a-token" && body["honeypot"] == "", "{body}");
    Ok(())
}

async fn ghost_may_refuse(reader: &Reader) -> Result<()> {
    reader.tolerate("status of 4");
    let provider = open(reader).await?;
    provider.answer(Answers::With(400, "application/json", "{\"errors\":[{\"message\":\"Email is not valid\"}]}"));
    send(reader, ADDRESS).await?;
    says(reader, "did not accept this: Email is not valid").await
}

async fn a_form_works_without_scripts(reader: &Reader) -> Result<()> {
    let provider = Provider::start().await?;
    provider.move_into(reader, "/subscribe/")?;
    provider.answer(Answers::With(200, "text/html", "<!doctype html><title>Thanks</title><h1>Thanks</h1>"));
    reader.visit("/subscribe/").await?;
    send(reader, ADDRESS).await?;
    reader.until("the provider's page", async || Ok(reader.client.title().await? == "Thanks")).await?;
    let letters = provider.letters();
    let letter = letters.iter().find(|it| it.line.starts_with("POST")).context("nothing was sent")?;
    ensure!(letter.body == "EMAIL=ada%2Bnews%40post.example&list=42+%26+more&b_trap=", "{letter:?}");
    ensure!(letter.traces.is_empty(), "the request says more than it must: {letter:?}");
    Ok(())
}

async fn without_scripts_it_is_said_what_needs_them(reader: &Reader) -> Result<()> {
    reader.visit("/subscribe/").await?;
    let main = reader.role("main").find().await?.text().await?;
    ensure!(main.contains("needs JavaScript here"), "nothing says what needs scripts");
    ensure!(reader.role("textbox").count().await? == 0, "a form is offered that cannot work");
    ensure!(main.contains("/feed.xml"), "the feeds are missing");
    Ok(())
}

async fn what_can_be_paid_for(reader: &Reader) -> Result<()> {
    reader.open("/subscribe/").await?;
    for tier in &reader.site.publication.tiers {
        reader.role("heading").level(3).named(&tier.title).find().await?;
        let main = reader.role("main").find().await?.text().await?;
        for words in [&tier.price, &tier.period].into_iter().chain(&tier.benefits) {
            ensure!(main.contains(words.as_str()), "{words:?} is not said");
        }
    }
    ensure!(!reader.site.publication.tiers.is_empty(), "the sample has no tiers");
    reader.role("link").named("I already have a pass").click().await?;
    reader.until("the pass page", async || Ok(reader.path().await? == "/unlock/")).await
}

async fn what_is_forgotten_meanwhile_stays_so(reader: &Reader) -> Result<()> {
    const KEY: &str = "jumpline:/:subscription";
    let provider = Provider::start().await?;
    provider.move_into(reader, "/subscribe/")?;
    reader.open("/subscribe/").await?;
    let slow = "const ask = window.fetch; window.fetch = (...all) => ask(...all)
        .then(it => new Promise(soon => setTimeout(() => { soon(it); setTimeout(() => window.__over = true, 500) }, 1500)))";
    reader.run(slow, vec![]).await?;
    send(reader, ADDRESS).await?;
    reader.until("the address at the service", async || Ok(!provider.letters().is_empty())).await?;
    // Another tab deletes all that this device keeps.
    let forget =
        format!("localStorage.removeItem({KEY:?}); dispatchEvent(new StorageEvent('storage', {{ key: {KEY:?} }}))");
    reader.run(&forget, vec![]).await?;
    reader.wait_for("the answer", "window.__over === true").await?;
    let kept = reader.eval(&format!("localStorage.getItem({KEY:?})")).await?;
    ensure!(kept.is_null(), "it is back: {kept}");
    Ok(())
}
