//! A reader's choices: one control away, kept, and there before the first paint.

use fantoccini::key::Key;
use jumpline_tests::{Case, Context, Reader, Result, Setup, case, ensure};
use serde_json::{Value, json};

pub(crate) const CASES: &[Case] = &[
    case!(a_theme_is_kept_without_a_flash),
    case!(the_system_decides_until_the_reader_does).with(Setup::DARK),
    case!(typeface_and_size_are_kept),
    case!(settings_work_by_keyboard),
    case!(further_settings_are_kept_and_follow_in_other_tabs),
    case!(the_mobile_version_can_be_left),
];

async fn choose(reader: &Reader, choice: &str) -> Result<()> {
    reader.role("button").named("Reading settings").click().await?;
    let dialog = reader.role("dialog").named("Reading settings").find().await?;
    let radio = reader.role("radio").named(choice).within(&dialog).find().await?;
    // Its label is what a finger meets; the circle itself may be drawn by style.
    reader.run("arguments[0].closest('label').click()", vec![serde_json::to_value(&radio)?]).await?;
    reader.role("button").named("Close").within(&dialog).click().await?;
    reader.role("dialog").is_gone().await
}

/// The brightness of the page's ground, from 0 (black) to 255.
async fn brightness(reader: &Reader) -> Result<f64> {
    let script = "
        const canvas = document.createElement('canvas').getContext('2d');
        const ground = [document.body, document.documentElement].map((it) => getComputedStyle(it).backgroundColor)
          .find((it) => it !== 'rgba(0, 0, 0, 0)');
        canvas.fillStyle = ground ?? 'Canvas';
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
        return (red + green + blue) / 3;";
    reader.run(script, vec![]).await?.as_f64().context("a number")
}

/// The colour that the page asks of the browser's own bar, whatever the system's theme.
const BAR: &str = "document.querySelector('head > meta[name=theme-color]:first-child')?.content ?? null";

async fn a_theme_is_kept_without_a_flash(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    let light = brightness(reader).await?;
    ensure!(light > 200.0, "the page is not light: {light}");
    for (choice, theme) in [("Dark", "dark"), ("Sepia", "sepia"), ("Light", "light")] {
        choose(reader, choice).await?;
        ensure!(reader.eval("document.documentElement.dataset.theme").await? == theme, "{choice} does not show");
        let (path, _) = reader.site.story(0)?;
        for place in ["/", path.as_str()] {
            reader.open(place).await?;
            ensure!(reader.eval("document.documentElement.dataset.theme").await? == theme, "{choice} was forgotten");
            let set = reader.eval("window.__probe.themes").await?;
            ensure!(set == json!([[theme, false]]), "{choice} was not there before the first paint: {set}");
        }
        let bright = brightness(reader).await?;
        ensure!((bright < 80.0) == (theme == "dark"), "the ground of {theme} has a brightness of {bright}");
        let bar = reader.eval(BAR).await?;
        ensure!(
            bar == reader.eval("getComputedStyle(document.body).backgroundColor").await?,
            "the bar of {theme} is {bar}"
        );
        reader.role("button").named("Reading settings").click().await?;
        let radio = reader.role("radio").named(choice).find().await?;
        ensure!(radio.is_selected().await?, "{choice} is not marked as chosen");
        reader.press(Key::Escape).await?;
    }
    choose(reader, "System").await?;
    ensure!(reader.eval(BAR).await? == Value::Null, "the bar keeps the colour of a theme that was left");
    ensure!(reader.eval("document.documentElement.dataset.theme ?? null").await? == Value::Null, "back to the system");
    Ok(())
}

async fn the_system_decides_until_the_reader_does(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    let system = brightness(reader).await?;
    ensure!(system < 80.0, "the system is dark, and the page has a brightness of {system}");
    choose(reader, "Light").await?;
    let chosen = brightness(reader).await?;
    ensure!(chosen > 200.0, "the reader chose light, and the page has a brightness of {chosen}");
    Ok(())
}

async fn typeface_and_size_are_kept(reader: &Reader) -> Result<()> {
    let (path, _) = reader.site.story(0)?;
    reader.open(&path).await?;
    let style = "(() => { const it = getComputedStyle(document.querySelector('.prose p')); return [it.fontFamily, parseFloat(it.fontSize)]; })()";
    let before = reader.eval(style).await?;
    choose(reader, "Sans serif").await?;
    choose(reader, "Larger").await?;
    let chosen = reader.eval(style).await?;
    ensure!(chosen[0] != before[0], "the typeface stays {}", before[0]);
    ensure!(chosen[1].as_f64() > before[1].as_f64(), "the size stays {}", before[1]);
    reader.open(&path).await?;
    ensure!(reader.eval(style).await? == chosen, "the choices were forgotten");
    choose(reader, "Small").await?;
    ensure!(reader.eval(style).await?[1].as_f64() < before[1].as_f64(), "small is not smaller");
    Ok(())
}

async fn settings_work_by_keyboard(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    let button = reader.role("button").named("Reading settings").find().await?;
    reader.run("arguments[0].focus()", vec![serde_json::to_value(&button)?]).await?;
    reader.press(Key::Enter).await?;
    let dialog = reader.role("dialog").named("Reading settings").find().await?;
    for group in ["Theme", "Typeface", "Text size"] {
        reader.role("group").named(group).within(&dialog).find().await?;
    }
    reader.press(Key::Tab).await?;
    reader.wait_for("the focus among the settings", "document.activeElement.closest('[popover]') !== null").await?;
    reader.press(Key::Down).await?;
    reader.wait_for("the first theme after the system's", "document.documentElement.dataset.theme === 'light'").await?;
    reader.press(Key::Escape).await?;
    reader.role("dialog").is_gone().await?;
    let focused = reader.eval("document.activeElement.getAttribute('aria-label')").await?;
    ensure!(focused == "Reading settings", "the focus went to {focused}");
    Ok(())
}

async fn the_mobile_version_can_be_left(reader: &Reader) -> Result<()> {
    let viewport = "document.querySelector('meta[name=viewport]').content";
    reader.open("/").await?;
    ensure!(
        reader.role("button").named("Exit mobile version").count().await? == 0,
        "a wide screen has no mobile version"
    );
    reader.resize(390, 844).await?;
    reader.role("button").named("Exit mobile version").click().await?;
    reader.role("button").named("Mobile version").find().await?;
    ensure!(reader.eval("document.documentElement.dataset.layout").await? == "full", "the layout is not full");
    ensure!(reader.eval(viewport).await? == "width=1100", "the viewport is not wide");

    let (path, _) = reader.site.story(0)?;
    reader.open(&path).await?;
    ensure!(reader.eval(viewport).await? == "width=1100", "the full layout was forgotten");
    // The thread comes to life on the way down, and a driver's click misses what moves.
    reader.run("document.querySelector('.layout-switch').scrollIntoView()", vec![]).await?;
    reader.wait_for("a live thread", "document.querySelector('#thread').classList.contains('is-live')").await?;
    reader.role("button").named("Mobile version").click().await?;
    reader.role("button").named("Exit mobile version").find().await?;
    ensure!(reader.eval(viewport).await? == "width=device-width,initial-scale=1", "the viewport stays wide");
    Ok(())
}

async fn further_settings_are_kept_and_follow_in_other_tabs(reader: &Reader) -> Result<()> {
    let (path, _) = reader.site.story(0)?;
    reader.open(&path).await?;
    reader.role("button").named("Reading settings").click().await?;
    reader.role("radio").named("Dark").find().await?;
    reader.run("document.querySelector('#preferences details').open = true", vec![]).await?;
    for (setting, value) in [
        ("justified", "on"),
        ("hyphens", "on"),
        ("measure", "narrow"),
        ("leading", "wide"),
        ("pictures", "off"),
        ("motion", "less"),
    ] {
        let choose = format!("document.querySelector('input[name={setting}][value={value}]').click()");
        reader.run(&choose, vec![]).await?;
        ensure!(reader.eval(&format!("document.documentElement.dataset.{setting}")).await? == value, "{setting}");
    }
    let style = "getComputedStyle(document.querySelector('.prose p')).textAlign";
    ensure!(reader.eval(style).await? == "justify", "the lines are not justified");
    reader.open(&path).await?;
    ensure!(reader.eval(style).await? == "justify", "it was forgotten");
    ensure!(
        reader.eval("document.querySelector('.lead-picture img')?.checkVisibility?.() ?? false").await? == false,
        "pictures"
    );
    reader.open("/specimen/").await?;
    let shown = "(it) => [...document.querySelectorAll(it)].filter((it) => it.checkVisibility()).length";
    let pictures = reader.eval(&format!("({shown})('.prose img')")).await?;
    let captions = reader.eval(&format!("({shown})('.prose figure:has(img) figcaption')")).await?;
    ensure!(pictures == 0 && captions != 0, "{pictures} pictures and {captions} captions are shown");
    let there = async || {
        reader.open(&path).await?;
        choose(reader, "Sepia").await
    };
    let instead = "localStorage.setItem('jumpline:preferences', 'theme=sepia')";
    reader.in_another_tab(there, instead).await?;
    reader.wait_for("the other tab's colours", "document.documentElement.dataset.theme === 'sepia'").await
}
