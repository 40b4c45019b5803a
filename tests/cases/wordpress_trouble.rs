//! Comments on a real WordPress that was asked before: answers that were lost, words that it has, and more than it gives at once.

use crate::fields::{self, TEXT};
use crate::outbox::{later, settled};
use crate::wordpress::{FERRY, send, shown, start, waits_for};
use jumpline_tests::comment_server::Fault;
use jumpline_tests::{Case, Context as _, Reader, Result, Sample, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(the_same_words_make_no_second_comment).at(Sample::Wordpressed),
    case!(a_lost_answer_makes_no_second_comment).at(Sample::Wordpressed),
    case!(what_may_be_held_is_never_sent_again_by_itself).at(Sample::Wordpressed),
    case!(a_reply_stands_below_what_it_answers).at(Sample::Wordpressed),
    case!(more_comments_come_than_wordpress_gives_at_once).at(Sample::Wordpressed),
];

/// Makes so many comments by Bea, one a minute; each says its number.
const SAID: &str = "$say = fn ($it) => wp_insert_comment(['comment_post_ID' => $post->ID, 'comment_author' => 'Bea',
    'comment_content' => \"Said as number $it.\", 'comment_date' => gmdate('Y-m-d H:i:s', 1760000000 + 60 * $it),
    'comment_date_gmt' => gmdate('Y-m-d H:i:s', 1760000000 + 60 * $it)]);";

async fn the_same_words_make_no_second_comment(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, "").await? else { return Ok(()) };
    // WordPress has it already.
    reader.tolerate("409");
    for _ in 0..2 {
        send(reader, "Said twice.").await?;
        waits_for(reader, &server, 1).await?;
        settled(reader).await?;
        reader.wait_for("the form empty again", &format!("{TEXT}.value === ''")).await?;
    }
    ensure!(server.count("POST") == 2, "{:?}", server.log());
    ensure!(shown(&server).await?.len() == 1, "{:?}", shown(&server).await?);
    reader.role("heading").level(2).named("1 comment").find().await.map(drop)
}

async fn a_lost_answer_makes_no_second_comment(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, "").await? else { return Ok(()) };
    reader.tolerate("127.0.0.1");
    for (count, fault) in
        [Fault::AnswerLost, Fault::FailedAfter, Fault::Truncated, Fault::Dropped, Fault::Failed].into_iter().enumerate()
    {
        server.next(fault);
        // WordPress changes each of these signs.
        let words = format!("Said \"once\" -- and `<b>` & [here](https://b.example): {fault:?}.");
        send(reader, &words).await?;
        fields::says(reader, "Whether it arrived is not known yet").await?;
        if matches!(fault, Fault::Dropped | Fault::Failed) {
            reader.until("the request", async || Ok(server.faults() == 0)).await?;
        } else {
            waits_for(reader, &server, count + 1).await?;
        }
        // The page is closed before anybody knows.
        fields::open(reader, FERRY).await?;
        // Each page's clock begins anew, and the one before was ahead already.
        later(reader, 60 * (u32::try_from(count)? + 1)).await?;
        let settled = settled(reader).await;
        settled.with_context(|| format!("{fault:?}, requests: {:?}", server.log()))?;
        let times = shown(&server).await?.iter().filter(|it| it.contains(&format!("{fault:?}."))).count();
        ensure!(times == 1, "{fault:?}: it stands there {times} times");
    }
    // A long list is drawn in pieces.
    reader.wait_for("five comments", "document.querySelectorAll('.comment').length === 5").await
}

async fn what_may_be_held_is_never_sent_again_by_itself(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, "update_option('comment_moderation', 1);").await? else { return Ok(()) };
    reader.tolerate("127.0.0.1");
    server.next(Fault::AnswerLost);
    send(reader, "Did it arrive?").await?;
    fields::says(reader, "Whether it arrived is not known yet").await?;
    reader.until("the request", async || Ok(server.count("POST") == 1)).await?;
    later(reader, 40).await?;
    fields::says(reader, "It may have arrived").await?;
    later(reader, 400).await?;
    ensure!(server.count("POST") == 1, "it was sent again");
    // WordPress knows what it holds, and takes it no second time.
    fields::press(reader, "Send again: Ada").await?;
    reader.until("the second request", async || Ok(server.count("POST") == 2)).await?;
    let held = server.service().run("echo get_comments(['count' => true, 'status' => 'hold']);")?;
    ensure!(held == "1", "{held} are held");
    Ok(())
}

async fn a_reply_stands_below_what_it_answers(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, &format!("{SAID} $say(1); $say(2);")).await? else { return Ok(()) };
    fields::says(reader, "Said as number 2.").await?;
    fields::answer(reader, "Bea").await?;
    send(reader, "An answer to the first.").await?;
    waits_for(reader, &server, 3).await?;
    settled(reader).await?;
    let comments = server.comments().await?;
    ensure!(comments[2]["parent"] == comments[0]["id"], "it answers {}", comments[2]["parent"]);
    fields::open(reader, FERRY).await?;
    reader.role("heading").level(2).named("3 comments").find().await?;
    let order = "[...document.querySelectorAll('.comment')].map((it) => it.dataset.depth).join() === '0,1,0'";
    reader.wait_for("the answer in its place", order).await
}

async fn more_comments_come_than_wordpress_gives_at_once(reader: &Reader) -> Result<()> {
    let more = format!("{SAID} foreach (range(1, 200) as $it) $say($it);");
    let Some(server) = start(reader, &more).await? else { return Ok(()) };
    reader.role("heading").level(2).named("200 comments").find().await?;
    fields::says(reader, "Said as number 1.").await?;
    let newest = "const it = document.querySelector('.comments-order select'); it.value = 'newest'; it.dispatchEvent(new Event('change', { bubbles: true }))";
    reader.run(newest, vec![]).await?;
    fields::says(reader, "Said as number 200.").await?;
    // The last page is full, so there is one more question, which WordPress answers with 400.
    reader.tolerate("400");
    let pages = |it: u32| server.log().iter().filter(|line| line.contains(&format!("&page={it}&"))).count();
    ensure!(pages(2) > 0 && pages(3) > 0 && pages(4) == 0, "{:?}", server.log());
    send(reader, "One more than two hundred.").await?;
    reader.role("heading").level(2).named("201 comments").find().await?;
    settled(reader).await
}
