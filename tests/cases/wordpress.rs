//! Comments on a real WordPress: what it takes, holds and refuses.

use crate::fields::{self, TEXT};
use crate::outbox::{PLACEHOLDER, settled};
use jumpline_tests::comment_server::CommentServer;
use jumpline_tests::provider::rewrite;
use jumpline_tests::{Case, Reader, Result, Sample, axe, case, ensure};
use xtask::wordpress::WordPress;

pub(crate) const CASES: &[Case] = &[
    case!(a_comment_is_published).at(Sample::Wordpressed),
    case!(a_site_with_pretty_addresses_is_asked_by_them).at(Sample::Wordpressed),
    case!(a_held_comment_says_so_until_it_is_approved).at(Sample::Wordpressed),
    case!(a_closed_post_takes_nothing_and_the_text_is_kept).at(Sample::Wordpressed),
    case!(who_has_to_sign_in_is_told_where).at(Sample::Wordpressed),
    case!(what_comes_too_soon_is_sent_again).at(Sample::Wordpressed),
];

pub(crate) const FERRY: &str = "/ferry/";
pub(crate) type Server = CommentServer<WordPress>;

/// Starts a server, writes its address into the page and opens it.
pub(crate) async fn start(reader: &Reader, more: &str) -> Result<Option<Server>> {
    start_at(reader, more, "").await
}

async fn start_at(reader: &Reader, more: &str, root: &str) -> Result<Option<Server>> {
    let Some(server) = Server::start("", more).await? else { return Ok(None) };
    // The policy names no path.
    let config = format!("\"url\":\"{}{root}\"", server.url());
    rewrite(reader, FERRY, &[(&format!("\"url\":\"{PLACEHOLDER}\""), &config), (PLACEHOLDER, &server.url())])?;
    // The server ends with the test, and the page may still be asking it.
    reader.tolerate("net::ERR_CONNECTION_REFUSED");
    reader.tolerate("net::ERR_EMPTY_RESPONSE");
    fields::open(reader, FERRY).await?;
    Ok(Some(server))
}

/// Writes as somebody whom WordPress lets write, and sends it.
pub(crate) async fn send(reader: &Reader, words: &str) -> Result<()> {
    fields::write(reader, words, "Ada").await?;
    fields::fill(reader, "reply-email", "ada@post.example").await?;
    fields::submit(reader, "Send").await
}

/// What the server shows: authors and texts.
pub(crate) async fn shown(server: &Server) -> Result<Vec<String>> {
    let one = |it: &serde_json::Value| {
        let text = it["content"]["rendered"].as_str().unwrap_or_default().trim();
        format!("{}: {text}", it["author_name"].as_str().unwrap_or_default())
    };
    Ok(server.comments().await?.iter().map(one).collect())
}

pub(crate) async fn waits_for(reader: &Reader, server: &Server, count: usize) -> Result<()> {
    reader.until("the comment on the server", async || Ok(shown(server).await?.len() == count)).await
}

async fn a_comment_is_published(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, "").await? else { return Ok(()) };
    fields::says(reader, "which publishes them").await?;
    fields::fill(reader, "reply-website", "https://ada.example").await?;
    send(reader, "On the *server*.").await?;
    waits_for(reader, &server, 1).await?;
    settled(reader).await?;
    ensure!(shown(&server).await? == ["Ada: <p>On the <em>server</em>.</p>"], "{:?}", shown(&server).await?);
    ensure!(!serde_json::json!(server.comments().await?).to_string().contains("ada@post.example"), "it is shown");
    reader.role("heading").level(2).named("1 comment").find().await?;
    let link = reader
        .eval("(() => { const it = document.querySelector('.comment-author a'); return it.href + ' ' + it.rel; })()")
        .await?;
    ensure!(link == "https://ada.example/ ugc nofollow noopener", "{link}");
    // A visitor can do no more there.
    for button in ["Edit: Ada", "Delete: Ada", "Like: Ada"] {
        reader.role("button").named(button).is_gone().await?;
    }
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    fields::open(reader, FERRY).await?;
    fields::says(reader, "On the server.").await?;
    ensure!(server.count("POST") == 1, "posted {} times", server.count("POST"));
    Ok(())
}

async fn a_site_with_pretty_addresses_is_asked_by_them(reader: &Reader) -> Result<()> {
    let Some(server) = start_at(reader, "", "/wp-json").await? else { return Ok(()) };
    send(reader, "By a pretty address.").await?;
    waits_for(reader, &server, 1).await?;
    settled(reader).await?;
    let log = server.log();
    ensure!(log.iter().all(|it| it.contains(" /wp-json/wp/v2/")), "{log:?}");
    Ok(())
}

async fn a_held_comment_says_so_until_it_is_approved(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, "update_option('comment_moderation', 1);").await? else { return Ok(()) };
    send(reader, "Please let me in.").await?;
    fields::says(reader, "Held for moderation").await?;
    ensure!(shown(&server).await?.is_empty(), "a held comment is shown");
    fields::open(reader, FERRY).await?;
    fields::says(reader, "Held for moderation").await?;
    fields::says(reader, "Please let me in.").await?;
    server.service().run("wp_set_comment_status(get_comments(['status' => 'hold'])[0], 'approve');")?;
    fields::open(reader, FERRY).await?;
    settled(reader).await?;
    reader.role("heading").level(2).named("1 comment").find().await.map(drop)
}

async fn a_closed_post_takes_nothing_and_the_text_is_kept(reader: &Reader) -> Result<()> {
    let more = "wp_update_post(['ID' => $post->ID, 'comment_status' => 'closed']);";
    let Some(server) = start(reader, more).await? else { return Ok(()) };
    reader.tolerate("403");
    send(reader, "One word more.").await?;
    fields::says(reader, "Comments on this article are closed, so this was not taken.").await?;
    fields::open(reader, FERRY).await?;
    fields::says(reader, "One word more.").await?;
    ensure!(shown(&server).await?.is_empty(), "it was taken");
    fields::press(reader, "Take back: Ada").await?;
    reader.role("heading").level(2).named("No comments").find().await.map(drop)
}

async fn who_has_to_sign_in_is_told_where(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, "update_option('comment_registration', 1);").await? else { return Ok(()) };
    reader.tolerate("401");
    send(reader, "A stranger's words.").await?;
    fields::says(reader, "takes comments only from those who sign in there").await?;
    fields::says(reader, "A stranger's words.").await?;
    // To the very article: its number is WordPress' own.
    let link = reader.role("link").like(&format!("{}/?p=", server.url())).find().await?;
    let address = link.attr("href").await?.unwrap_or_default();
    let number = address.rsplit('=').next().unwrap_or_default();
    ensure!(number.parse::<u32>().is_ok(), "it leads to {address}");
    ensure!(shown(&server).await?.is_empty(), "it was taken");
    Ok(())
}

async fn what_comes_too_soon_is_sent_again(reader: &Reader) -> Result<()> {
    let more = "update_option('has_flood_guard', 1); $say = wp_new_comment(['comment_post_ID' => $post->ID, 'comment_author' => 'Ada',
        'comment_author_email' => 'ada@post.example', 'comment_content' => 'The first.', 'comment_author_IP' => '127.0.0.1']);";
    let Some(server) = start(reader, more).await? else { return Ok(()) };
    reader.tolerate("400");
    reader.tolerate("429");
    waits_for(reader, &server, 1).await?;
    send(reader, "The second, too soon.").await?;
    fields::says(reader, "Too many comments in a short time").await?;
    server.service().run("update_option('has_flood_guard', 0);")?;
    fields::press(reader, "Edit and try again: Ada").await?;
    reader.wait_for("the text in the form", &format!("{TEXT}.value === 'The second, too soon.'")).await?;
    fields::submit(reader, "Send").await?;
    waits_for(reader, &server, 2).await?;
    settled(reader).await
}
