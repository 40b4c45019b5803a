// What this publication keeps on a device, and when the network is asked first. `press` fills in the constants.
const BASE = "__base__";
const READER = "__reader__"; // the build of the reader that this edition belongs to
const EDITION = "__edition__"; // changes with anything that is kept at once
const SHELL = __shell__; // what is kept at once: reader, what pages have in common, icons, and the page for every address
const HOME = new URL(BASE, location).href; // as addresses have it
const LOST = "404.html";
const MINE = `jumpline:${BASE}:`;
const OWN = `${MINE}shell:${EDITION}`;
const READ = MINE + "read"; // pages and documents that were read
const AHEAD = MINE + "ahead"; // documents that came, and that nobody has opened yet
const PICTURES = MINE + "pictures";
const SAVED = MINE + "saved"; // what the reader saved; nothing in here is ever dropped
const PATIENCE = 3000; // milliseconds until what is kept is shown, when the network is silent
const OLD = 3600000; // milliseconds after which a picture that is kept is asked for again, for the next time
const LIMITS = { [AHEAD]: 100, [READ]: 500, [PICTURES]: 300 };
const EDITIONS = 9; // that stay while several pages are open, and who knows which of them each runs
const opened = new Set(); // documents that are read, though some of them come later

addEventListener("install", event => event.waitUntil(keepShell()));
addEventListener("activate", event => event.waitUntil(begin()));
addEventListener("fetch", event => {
  const policy = policyFor(event.request);
  if (policy) event.respondWith(policy(event));
});
addEventListener("message", event => {
  const { data, source } = event;
  if (data === "take over") skipWaiting();
  if (data === "who") source.postMessage({ reader: READER });
  if (data.startsWith?.(BASE)) event.waitUntil(countAsRead(data));
});

// Which policy holds for a request; without one the browser does as it always does.
function policyFor(request) {
  if (!request.url.startsWith(HOME) || request.method !== "GET") return;
  if (request.headers.has("jumpline-saving")) return; // the reader keeps it, among what is saved
  if (request.headers.has("range")) return part;
  const [path] = request.url.slice(HOME.length).split(/[?#]/);
  if (request.mode === "navigate") return page;
  if (path.startsWith("keyring/")) return; // who may read is asked anew
  if (/^(assets\/.*|reader-[^/]*|icon\.svg)$/.test(path)) return immutable;
  if (/(^|\/)listing\.json$/.test(path)) return list;
  if (/(^|\/)(article|comments|offline)\.json$/.test(path)) return text;
  if (/^(media\/|sealed\/|icon-[^/]*$)/.test(path) || /image|audio|video/.test(request.destination)) return picture;
}

// A page: the network first, then what was read, also as a document alone. Nobody gets a page that is cut short, or whose reader is not
// there. What is no page, or nobody's page of ours, passes as it comes, and nothing of it is kept: a film need not have come before it is
// shown, and who is asked to sign in to a network has to see that.
async function page(event) {
  const key = event.request.url.split(/[?#]/)[0];
  const kept = findPage(key);
  let whole = false;
  const answer = await ask(event, kept, async (event, answer) => {
    const html = answer.ok && isHtml(answer) ? await answer.clone().text() : "";
    const isMine = readerOf(html).base === BASE;
    whole = answer.ok && (!isMine || (isWhole(html) && (await isThere(html))));
    if (whole && isMine) event.waitUntil(put(READ, key, answer.clone()));
    return answer;
  });
  if (answer && whole) return answer;
  if (answer && !answer.ok && (answer.status < 500 || !(await kept))) return answer;
  return (await runnable(await kept)) ?? (await runnable(await find(BASE + LOST))) ?? answer ?? Response.error();
}

// The document of a page: the network first, then what was read, also where something else is sent in its place.
async function text(event) {
  const kept = find(event.request.url);
  const answer = await ask(event, kept, async (event, answer) => {
    const isSound = keepSound(event, answer);
    const isNothing = !answer.ok && answer.status < 500;
    return isNothing || !(await kept) || (await isSound) ? answer : undefined;
  });
  return answer ?? (await kept) ?? Response.error();
}

// A list: what is kept at once, and what is new for the next time, also that it was taken down. The page that asked hears of that.
async function list(event) {
  const kept = await find(event.request.url);
  if (!kept) return pass(event);
  event.waitUntil(renew(event, kept.clone()).catch(() => {}));
  return kept;
}

async function renew(event, kept) {
  const answer = await fetch(event.request);
  const isGone = [404, 410].includes(answer.status) && (await forget(event.request.url));
  const isNew = (await keepSound(event, answer)) && (await answer.text()) !== (await kept.text());
  if (!isGone && !isNew) return;
  const page = await clients.get(event.clientId);
  page?.postMessage({ renewed: decodeURI(new URL(event.request.url).pathname) });
}

// A picture: what is kept, else the network. Another one may stand under its name by now. For its narrower copies it will do, too.
async function picture(event) {
  const { url } = event.request;
  const kept = (await find(url)) ?? (await find(url.replace(/\.\d+w\./, ".")));
  if (!kept) return pass(event, PICTURES);
  if (Date.now() - Date.parse(kept.headers.get("date")) > OLD) event.waitUntil(pass(event, PICTURES).catch(() => {}));
  return kept;
}

// What changes its name with its content: as a picture, and never for nothing.
async function immutable(event) {
  return (await find(event.request.url)) ?? pass(event);
}

// What the network says, as it comes.
async function pass(event, name) {
  const answer = await fetch(event.request);
  keepSound(event, answer, name);
  return answer;
}

// A part of a file, as sound and film are asked for: of what is kept, else from the network.
async function part({ request }) {
  const kept = await find(request.url);
  if (!kept) return fetch(request);
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range")) ?? [];
  // What is no range, or more than one, is answered with all of it.
  if (!(from || to) || (from && to && +from > +to)) return kept;
  const whole = await kept.blob();
  const start = from ? +from : Math.max(whole.size - to, 0);
  const end = Math.min(from && to ? +to + 1 : whole.size, whole.size);
  if (start >= end) return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  const headers = new Headers(kept.headers);
  headers.delete("content-encoding"); // of all that came, which lies here unpacked
  headers.set("accept-ranges", "bytes");
  headers.set("content-length", end - start);
  headers.set("content-range", `bytes ${start}-${end - 1}/${whole.size}`);
  return new Response(whole.slice(start, end), { status: 206, headers });
}

// Everything of an edition or nothing: an upload that is not complete leaves the edition before it in charge.
async function keepShell() {
  const cache = await caches.open(OWN);
  const bring = async path => {
    const answer = await fetch(BASE + path, { cache: "no-cache" });
    if (path === LOST) return keepLost(cache, answer);
    if (!(await isSound(path, answer))) throw new TypeError(`${path}: ${answer.status}`);
    await cache.put(BASE + path, answer);
  };
  try {
    await Promise.all(SHELL.map(bring));
  } catch (error) {
    await caches.delete(OWN);
    throw error;
  }
  if (!registration.active) skipWaiting();
}

// The page for every address. Some hosts send it with the status that it has wherever it is sent.
async function keepLost(cache, answer) {
  const html = await answer.text();
  const { base, build } = readerOf(html);
  const isMine = (answer.ok || answer.status === 404) && base === BASE && build === READER;
  if (!isMine || !isWhole(html) || !needsOf(html).every(it => SHELL.includes(it))) throw new TypeError(`${LOST}: ${answer.status}`);
  await cache.put(BASE + LOST, new Response(html, { headers: answer.headers }));
}

// An edition takes over. The one before it stays for pages that are still open; older ones go, unless there may be pages of theirs, too.
async function begin() {
  const tabs = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const shells = (await caches.keys()).filter(name => name.startsWith(`${MINE}shell:`));
  const old = shells.filter(name => name !== OWN).slice(0, tabs.length > 1 ? -EDITIONS : -1);
  await Promise.all(old.map(name => caches.delete(name)));
  await clients.claim();
  // The pages that were opened before anybody was in charge were read, too. Home is where the installed site begins. Nobody waits for them:
  // until this is over no page opens.
  const open = (await clients.matchAll({ type: "window" })).map(it => it.url.split(/[?#]/)[0]);
  const pages = open.filter(it => it.startsWith(HOME) && it.endsWith("/"));
  for (const key of new Set([...pages, HOME, HOME + "listing.json"])) bring(key).catch(() => {});
}

// Keeps what is open already, unless it is another publication's.
async function bring(key) {
  if (await find(key)) return;
  const answer = await fetch(key);
  const html = answer.ok && isHtml(answer) ? await answer.clone().text() : "";
  const isMine = html ? readerOf(html).base === BASE && isWhole(html) : await isSound(key, answer);
  if (isMine) await put(READ, key, answer);
}

// What the network says, which is asked while what is kept is looked for; nothing when it is silent and something is kept.
// What comes later is kept for the next time.
async function ask(event, kept, keep) {
  const answer = fetch(event.request).then(it => keep(event, it));
  answer.catch(() => {});
  if (!(await kept)) return answer.catch(() => undefined);
  event.waitUntil(answer.catch(() => {}));
  const patience = new Promise(resolve => setTimeout(resolve, PATIENCE));
  return Promise.race([answer.catch(() => undefined), patience]);
}

// What is kept under an address, this edition's before all others, and what was saved before what was only read. Nothing of another
// publication: what it knows of this one is older.
async function find(url) {
  const mine = (await caches.keys()).filter(name => name.startsWith(MINE));
  for (const name of new Set([OWN, SAVED, ...mine])) {
    const kept = await inside(name, url);
    if (kept) return kept;
  }
}

// What is kept of a page: itself, or its document and the page for every address, in which the reader shows it.
async function findPage(key) {
  const documents = async () => (await find(key + "article.json")) ?? find(key + "listing.json");
  return (await find(key)) ?? ((await documents()) && find(BASE + LOST));
}

// Forgets what was read, and was taken down since. What was saved stays.
async function forget(url) {
  const gone = [READ, AHEAD].map(async name => (await caches.open(name)).delete(url));
  return (await Promise.all(gone)).includes(true);
}

function inside(cacheName, url) {
  return caches.match(url, { cacheName, ignoreVary: true });
}

// Keeps an answer where it is what its name says. Documents are kept apart until somebody opens them: many are fetched ahead.
async function keepSound(event, answer, name) {
  const { url } = event.request;
  const again = answer.clone();
  const done = isSound(url, answer).then(async isSound => {
    if (isSound) await put(name ?? (/(article|listing)\.json$/.test(url) ? AHEAD : READ), url, again).catch(() => {});
    return isSound;
  });
  event.waitUntil(done);
  return done;
}

// Somebody has opened a document that came, or is coming.
async function countAsRead(path) {
  const { href } = new URL(path, location);
  opened.add(href);
  const document = await inside(AHEAD, href);
  if (document) await put(READ, href, document);
}

// Keeps an answer. What was read or saved is renewed where it lies; where there is no room the oldest of what nobody saved makes it.
async function put(name, key, answer) {
  for (const place of [READ, SAVED]) if (await inside(place, key)) name = place;
  const cache = await caches.open(name);
  const again = answer.clone();
  try {
    await cache.put(key, answer);
  } catch {
    for (const full of [AHEAD, PICTURES, READ]) await drop(full, Math.ceil(LIMITS[full] / 4));
    await cache.put(key, again).catch(() => {});
  }
  if (name !== AHEAD) await (await caches.open(AHEAD)).delete(key);
  else if (opened.has(key)) await countAsRead(key);
  const count = (await cache.keys()).length;
  if (count > LIMITS[name]) await drop(name, count - LIMITS[name]);
}

async function drop(name, count) {
  const cache = await caches.open(name);
  for (const old of (await cache.keys()).slice(0, count)) await cache.delete(old);
}
