//! Files kept on this device (W3C, Service Workers, "Cache"), from where the service worker hands them out.

use super::storage::Blocked;
use super::{fetch, member, time, window};
use gloo_net::http::{Request, RequestBuilder};
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Cache, CacheStorage, RequestCache, Response, Url};

/// Header of a request whose answer is about to be saved: the service worker (`worker.js` of the press) keeps no second one.
const SAVING: &str = "jumpline-saving";

/// Milliseconds for many files together.
const LONGEST: u32 = 60_000;

/// How the address of a document ends.
const DOCUMENT: &str = ".json";
/// What every page of the press has.
const BOOT: &str = "id=\"jumpline-boot\"";

/// Some files that belong together.
#[derive(Clone, Debug)]
pub struct Files(Cache);

/// Why a file was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// It did not come.
    Missing,
    /// There is no room.
    Full,
    /// The browser keeps nothing.
    Blocked,
}

async fn done<T: JsCast>(promise: Promise) -> Result<T, JsValue> {
    JsFuture::from(promise).await?.dyn_into()
}

/// What each of them gives; nothing where one fails.
async fn all(promises: impl Iterator<Item = Promise>) -> Vec<JsValue> {
    let promises: js_sys::Array = promises.collect();
    let settled = JsFuture::from(Promise::all_settled(&promises)).await.unwrap_or_default();
    js_sys::Array::from(&settled).iter().map(|it| member(&it, "value")).collect()
}

fn storage() -> Option<CacheStorage> {
    let window = window()?;
    // Not there without HTTPS.
    member(&window, "caches").dyn_into().ok()
}

impl Files {
    /// Opens them by name.
    ///
    /// # Errors
    /// When the browser keeps nothing.
    pub async fn open(name: &str) -> Result<Self, Blocked> {
        let storage = storage().ok_or(Blocked)?;
        done(storage.open(name)).await.map(Self).map_err(|_| Blocked)
    }

    /// Fetches a file, past the service worker, and keeps it where it is what its name says.
    ///
    /// # Errors
    /// See [`NotKept`].
    pub async fn keep(&self, url: &str) -> Result<(), NotKept> {
        let (answer, controller) = fetch::begin(asked(url)).await.map_err(|_| NotKept::Missing)?;
        if answer.status() != 200 {
            return Err(NotKept::Missing);
        }
        let is_html = answer.headers().get("content-type").is_some_and(|it| it.contains("html"));
        let answer = Response::from(answer);
        // Where nothing comes any more the body breaks off, for whoever reads it.
        if let Some(watched) = answer.clone().ok().and_then(|it| it.body()) {
            spawn_local(async move { drop(fetch::follow(&watched, &controller, &mut drop).await) });
        }
        if !is_sound(url, is_html, &answer).await {
            return Err(NotKept::Missing);
        }
        // A body that breaks off fails here as well.
        JsFuture::from(self.0.put_with_str(url, &answer)).await.map(drop).map_err(|error| {
            if member(&error, "name").as_string().as_deref() == Some("QuotaExceededError") {
                NotKept::Full
            } else {
                NotKept::Missing
            }
        })
    }

    /// Fetches files, past the service worker, and keeps all of them: a browser writes them down together, and looks into none. `false` when
    /// something did not come, or is not what its name says.
    pub async fn keep_all(&self, urls: &[String]) -> bool {
        let is_document = |it: &&String| it.ends_with(DOCUMENT);
        // Where a network answers in the server's place this one tells, and nothing is written over.
        let first = urls.iter().find(is_document);
        if let Some(first) = first
            && self.keep(first).await.is_err()
        {
            return false;
        }
        let Ok(controller) = AbortController::new() else { return false };
        let signal = controller.signal();
        // Then they are asked for one by one, and each has its own time.
        time::after(LONGEST, move || controller.abort());
        let others = urls.iter().filter(|it| Some(*it) != first);
        let request = |it: &String| asked(it).abort_signal(Some(&signal)).build().map(web_sys::Request::from);
        let requests: Result<js_sys::Array, _> = others.map(request).collect();
        let Ok(requests) = requests else { return false };
        if JsFuture::from(self.0.add_all_with_request_sequence(&requests)).await.is_err() {
            return false;
        }
        // All at once: one after the other they take as long as to fetch them.
        let others: Vec<&String> = urls.iter().filter(is_document).skip(1).collect();
        let kept = all(others.iter().map(|it| self.0.match_with_str(it))).await;
        let text = |it: JsValue| it.dyn_into::<Response>().ok()?.text().ok();
        let texts =
            all(kept.into_iter().map(|it| text(it).unwrap_or_else(|| Promise::resolve(&JsValue::UNDEFINED)))).await;
        let mut is_whole = true;
        for (url, text) in others.into_iter().zip(&texts) {
            if !is_json(text) {
                self.forget(url).await;
                is_whole = false;
            }
        }
        is_whole
    }

    /// Forgets the older half of what is kept. Gives back how many files those were.
    pub async fn forget_older_half(&self) -> u32 {
        let keys = JsFuture::from(self.0.keys()).await.map(|it| js_sys::Array::from(&it)).unwrap_or_default();
        let half = keys.length().div_ceil(2);
        for key in keys.iter().take(half as usize) {
            let _ = JsFuture::from(self.0.delete_with_request(key.unchecked_ref())).await;
        }
        half
    }

    /// Forgets every file but these, which may be addresses without a host.
    pub async fn forget_all_but(&self, urls: impl Iterator<Item = String>) {
        let Some(home) = window().and_then(|it| it.location().origin().ok()) else { return };
        // As the keys have it: what is beyond ASCII is escaped.
        let wanted: Result<Vec<String>, JsValue> = urls.map(|it| Ok(Url::new_with_base(&it, &home)?.href())).collect();
        let Ok(mut wanted) = wanted else { return };
        wanted.sort_unstable();
        let keys = JsFuture::from(self.0.keys()).await.map(|it| js_sys::Array::from(&it)).unwrap_or_default();
        for key in keys.iter().filter_map(|it| it.dyn_into::<web_sys::Request>().ok()) {
            if wanted.binary_search(&key.url()).is_err() {
                let _ = JsFuture::from(self.0.delete_with_request(&key)).await;
            }
        }
    }

    /// Forgets a file.
    pub async fn forget(&self, url: &str) {
        let _ = JsFuture::from(self.0.delete_with_str(url)).await;
    }
}

/// Whether an answer is what its address says: some networks and hosts answer everything with a page of theirs, and of an upload half may
/// be there. As in `sound.js` of the press.
async fn is_sound(url: &str, is_html: bool, answer: &Response) -> bool {
    let (is_page, is_document) = (url.ends_with('/'), url.ends_with(DOCUMENT));
    if is_html != is_page || !(is_page || is_document) {
        return is_html == is_page;
    }
    let Ok(text) = answer.clone().and_then(|it| it.text()) else { return false };
    let text = JsFuture::from(text).await.unwrap_or_default();
    if !is_page {
        return is_json(&text);
    }
    text.as_string().is_some_and(|it| it.contains(BOOT) && it.contains("</html>"))
}

/// Whether a text is a document, and came to its end.
fn is_json(text: &JsValue) -> bool {
    text.as_string().is_some_and(|it| js_sys::JSON::parse(&it).is_ok())
}

/// What was saved before may have changed, whatever a cache thinks.
fn asked(url: &str) -> RequestBuilder {
    Request::get(url).cache(fetch::past_the_stalled(RequestCache::NoCache)).header(SAVING, "1")
}

/// Whether anything at all is kept under an address.
pub async fn has(url: &str) -> bool {
    let Some(storage) = storage() else { return false };
    JsFuture::from(storage.match_with_str(url)).await.is_ok_and(|it| !it.is_undefined())
}

/// Forgets all files of one name.
pub async fn delete(name: &str) {
    if let Some(storage) = storage() {
        let _ = JsFuture::from(storage.delete(name)).await;
    }
}

/// Forgets everything under names that begin so, unless they go on like this.
pub async fn forget_all(prefix: &str, but: &str) {
    let Some(storage) = storage() else { return };
    let names = JsFuture::from(storage.keys()).await.unwrap_or_default();
    for name in js_sys::Array::from(&names).iter().filter_map(|it| it.as_string()) {
        if name.strip_prefix(prefix).is_some_and(|it| !it.starts_with(but)) {
            let _ = JsFuture::from(storage.delete(&name)).await;
        }
    }
}

/// Asks the browser not to drop what is kept when room gets scarce.
pub async fn persist() {
    let Some(window) = window() else { return };
    if let Ok(asked) = window.navigator().storage().persist() {
        let _ = JsFuture::from(asked).await;
    }
}
