//! The files of saved articles, in caches from where the service worker hands them out.

use super::offline;
use super::reading::Reading;
use super::store::Library;
use crate::browser::cache::{self, Files, NotKept};
use crate::site::Site;
use jumpline_article::Permalink;
use jumpline_article::offline::{Archive, Piece};

/// What was saved, and what the service worker keeps of what was only read.
const SAVED: &str = "saved";
const AHEAD: &str = "ahead";
const PICTURES: &str = "pictures";
const READ: &str = "read";

/// What was saved.
///
/// # Errors
/// When the browser keeps nothing.
pub(super) async fn saved_files(site: &Site) -> Result<Files, NotKept> {
    files(site, SAVED).await
}

async fn files(site: &Site, which: &str) -> Result<Files, NotKept> {
    Files::open(&cache_name(site, which)).await.map_err(|_| NotKept::Blocked)
}

/// Forgets all that was saved.
pub(super) async fn forget_saved(site: &Site) {
    cache::delete(&cache_name(site, SAVED)).await;
}

fn cache_name(site: &Site, which: &str) -> String {
    format!("jumpline:{}:{which}", site.publication().base.as_str())
}

/// Where a file of the list lies. The page itself stands below its path, without a file's name.
fn address(site: &Site, path: &str) -> String {
    let url = site.file(&format!("/{path}"));
    url.strip_suffix("index.html").unwrap_or(&url).to_owned()
}

/// Fetches files, and makes room for them where there is none.
///
/// # Errors
/// When one of them does not come, or there is no room.
pub(super) async fn fetch_all(site: &Site, files: &Files, paths: &[String]) -> Result<(), NotKept> {
    for path in paths {
        let url = address(site, path);
        // Where there is no room the oldest of what nobody saved makes it.
        while let Err(error) = files.keep(&url).await {
            if error != NotKept::Full || !make_room(site).await {
                return Err(error);
            }
        }
    }
    Ok(())
}

/// Saves several articles at once. `false` when none of them was.
pub(super) async fn fetch_together(site: &Site, files: &Files, pieces: &[Piece]) -> bool {
    let mut urls: Vec<String> = pieces.iter().flat_map(|it| &it.files).map(|it| address(site, it)).collect();
    // A picture of two articles is asked for once, or the browser refuses all of it.
    urls.sort_unstable();
    urls.dedup();
    files.keep_all(&urls).await
}

/// Forgets the older half of what was only read. `false` when nothing was left of that.
async fn make_room(site: &Site) -> bool {
    let mut gone = 0;
    for which in [AHEAD, PICTURES, READ] {
        if let Ok(files) = files(site, which).await {
            gone += files.forget_older_half().await;
        }
    }
    gone > 0
}

/// Forgets the files of one article that no other saved one shows.
pub(super) async fn forget_own(site: &Site, permalink: &Permalink, saved: &[Reading]) {
    let Ok(files) = saved_files(site).await else { return };
    let Archive { articles: listed, lists, .. } = offline::archive(site).await.unwrap_or_default();
    let own = listed.iter().find(|it| it.permalink == *permalink).map(|it| it.files.clone());
    // Where nobody knows what belongs to it, its documents do.
    let own = own.unwrap_or_else(|| {
        let folder = permalink.as_str().trim_start_matches('/');
        ["index.html", "article.json", "comments.json"].map(|it| format!("{folder}{it}")).to_vec()
    });
    let others = listed
        .iter()
        .filter(|it| it.permalink != *permalink && saved.iter().any(|saved| saved.permalink == it.permalink.as_str()));
    // Pages such as the imprint came along with the lists, and show pictures too.
    let shared: Vec<&String> = others.flat_map(|it| &it.files).chain(&lists.files).collect();
    for path in own.iter().filter(|it| !shared.contains(it)) {
        files.forget(&address(site, path)).await;
    }
}

/// Forgets what no article or list shows any more, such as a picture that an article had when it was saved first. Not while one that is saved
/// is another by now, or no longer there: nobody knows what that shows.
pub(super) async fn sweep(library: Library, site: &Site) {
    let Ok(Archive { articles, lists, .. }) = offline::archive(site).await else { return };
    let mut current: Vec<_> = articles.iter().map(|it| (it.permalink.as_str(), it.digest.as_str())).collect();
    current.sort_unstable();
    let is_current = |it: &Reading| current.binary_search(&(it.permalink.as_str(), it.digest.as_str())).is_ok();
    let Ok(files) = saved_files(site).await else { return };
    if library.readings_now().saved().iter().all(is_current) {
        let shown = articles.iter().flat_map(|it| it.files.clone()).chain(lists.groups().into_iter().flatten());
        files.forget_all_but(shown.map(|it| address(site, &it))).await;
    }
}
