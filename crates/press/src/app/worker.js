// What this publication keeps on a device, and when the network is asked first. `press` fills in the constants.
const BASE = "__base__";
const READER = "__reader__"; // the build of the reader that this edition belongs to
const EDITION = "__edition__"; // changes with anything that is kept at once
const SHELL = __shell__; // what is kept at once: reader, messages, icons, and the page for every address
const LOST = "404.html";
const MINE = `jumpline:${BASE}:`;
const OWN = `${MINE}shell:${EDITION}`;
const READ = MINE + "read"; // pages and documents that were read
const PICTURES = MINE + "pictures";
const SAVED = MINE + "saved"; // what the reader saved; nothing in here is ever dropped
const PATIENCE = 3000; // milliseconds until what is kept is shown, when the network is silent
const OLD = 3600000; // milliseconds after which a picture that is kept is asked for again, for the next time
const LIMITS = { [READ]: 500, [PICTURES]: 300 };

self.addEventListener("install", event => event.waitUntil(keepShell()));
self.addEventListener("activate", event => event.waitUntil(begin()));
self.addEventListener("fetch", event => {
  const policy = policyFor(event.request);
  if (policy) event.respondWith(policy(event));
});
self.addEventListener("message", ({ data, source }) => {
  if (data === "take over") self.skipWaiting();
  if (data === "who") source.postMessage({ reader: READER });
});

// Which policy holds for a request; without one the browser does as it always does.
function policyFor(request) {
  const { origin, pathname } = new URL(request.url);
  const mine = origin === location.origin && pathname.startsWith(BASE);
  if (!mine || request.method !== "GET") return;
  if (request.headers.has("jumpline-saving")) return; // the reader keeps it, among what is saved
  if (request.headers.has("range")) return part;
  const path = pathname.slice(BASE.length);
  if (request.mode === "navigate") return page;
  if (path.startsWith("keyring/")) return; // who may read is asked anew
  if (/^(assets\/.*|(reader-|icon)[^/]*)$/.test(path)) return immutable;
  if (/(^|\/)listing\.json$/.test(path)) return list;
  if (/(^|\/)(article|comments|offline)\.json$/.test(path)) return text;
  if (/^(media|sealed)\//.test(path) || /image|audio|video/.test(request.destination)) return picture;
}

// A page: the network first, then what was read, also as a document alone. Nobody gets a page whose reader is not there. What is no
// page, or one of another publication below this one, passes as it comes, and nothing of it is kept: a film need not have come before
// it is shown.
async function page(event) {
  const key = event.request.url.split(/[?#]/)[0];
  const kept = findPage(key);
  let whole = false;
  const answer = await ask(event, kept, async (event, answer) => {
    const html = answer.ok && isHtml(answer) ? await answer.clone().text() : "";
    const isMine = html && readerOf(html).base === BASE;
    whole = answer.ok && (!isMine || (await isThere(readerOf(html).build)));
    if (whole && isMine) keepRead(event, answer, key);
    return answer;
  });
  if (answer && whole) return answer;
  if (answer && !answer.ok && (answer.status < 500 || !(await kept))) return answer;
  return (await runnable(await kept)) ?? (await runnable(await find(BASE + LOST))) ?? answer ?? Response.error();
}

// The document of a page: the network first, then what was read.
async function text(event) {
  const kept = find(event.request.url);
  const answer = await ask(event, kept, keepRead);
  return answer && (answer.status < 500 || !(await kept)) ? answer : ((await kept) ?? Response.error());
}

// A list: what is kept at once, and what is new for the next time. The page that asked hears of that.
async function list(event) {
  const kept = await find(event.request.url);
  if (!kept) return keepRead(event, await fetch(event.request));
  event.waitUntil(renew(event, kept.clone()).catch(() => {}));
  return kept;
}

async function renew(event, kept) {
  const answer = await fetch(event.request);
  if (!isWhole(answer)) return;
  await put(READ, event.request.url, answer.clone());
  if ((await answer.text()) === (await kept.text())) return;
  const page = await self.clients.get(event.clientId);
  page?.postMessage({ renewed: decodeURI(new URL(event.request.url).pathname) });
}

// A picture: what is kept, else the network. Another one may stand under its name by now.
async function picture(event) {
  const kept = await find(event.request.url);
  const fresh = () => fetch(event.request).then(answer => keep(PICTURES, event, answer));
  if (!kept) return fresh();
  if (Date.now() - Date.parse(kept.headers.get("date")) > OLD) event.waitUntil(fresh().catch(() => {}));
  return kept;
}

// What changes its name with its content: as a picture, and never for nothing.
async function immutable(event) {
  return (await find(event.request.url)) ?? keepRead(event, await fetch(event.request));
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
  try {
    const fresh = path => new Request(BASE + path, { cache: "no-cache" });
    await cache.addAll(SHELL.filter(path => path !== LOST).map(fresh));
    await keepLost(cache, await fetch(fresh(LOST)));
  } catch (error) {
    await caches.delete(OWN);
    throw error;
  }
  if (!self.registration.active) self.skipWaiting();
}

// The page for every address. Some hosts send it with the status that it has wherever it is sent.
async function keepLost(cache, answer) {
  const html = await answer.text();
  const isMine = answer.ok || (answer.status === 404 && html.includes(`reader-${READER}_bg`));
  if (!isMine) throw new TypeError(`${LOST}: ${answer.status}`);
  await cache.put(BASE + LOST, new Response(html, { headers: answer.headers }));
}

// An edition takes over. The one before it stays for pages that are still open; older ones go.
async function begin() {
  const shells = (await caches.keys()).filter(name => name.startsWith(`${MINE}shell:`));
  const old = shells.filter(name => name !== OWN).slice(0, -1);
  await Promise.all(old.map(name => caches.delete(name)));
  await self.clients.claim();
  // The pages that were opened before anybody was in charge were read, too. Home is where the installed site begins.
  const open = (await self.clients.matchAll({ type: "window" })).map(it => it.url.split(/[?#]/)[0]);
  const home = location.origin + BASE;
  for (const key of new Set([...open, home, home + "listing.json"])) {
    if (key.startsWith(home) && !(await find(key))) await bring(key).catch(() => {});
  }
}

// Keeps what is open already, unless it is another publication's.
async function bring(key) {
  const answer = await fetch(key);
  const isList = key === `${location.origin}${BASE}listing.json`;
  const isMine = answer.ok && (isList || (isHtml(answer) && readerOf(await answer.clone().text()).base === BASE));
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

function inside(cacheName, url) {
  return caches.match(url, { cacheName, ignoreVary: true });
}

function keepRead(event, answer, key) {
  return keep(READ, event, answer, key);
}

function keep(cache, event, answer, key = event.request.url) {
  if (isWhole(answer)) event.waitUntil(put(cache, key, answer.clone()));
  return answer;
}

function isWhole(answer) {
  return answer.status === 200 && answer.type === "basic";
}

// Keeps an answer. What was saved is renewed where it lies; where there is no room the oldest of what nobody saved makes it.
async function put(name, key, answer) {
  if (await inside(SAVED, key)) name = SAVED;
  const cache = await caches.open(name);
  const again = answer.clone();
  try {
    await cache.put(key, answer);
  } catch {
    for (const full of [PICTURES, READ]) await drop(full, Math.ceil(LIMITS[full] / 4));
    await cache.put(key, again).catch(() => {});
  }
  const count = (await cache.keys()).length;
  if (count > LIMITS[name]) await drop(name, count - LIMITS[name]);
}

async function drop(name, count) {
  const cache = await caches.open(name);
  for (const old of (await cache.keys()).slice(0, count)) await cache.delete(old);
}

function isHtml(answer) {
  return answer.headers.get("content-type")?.includes("html");
}

// Below which path the reader of a page lies, and its build. What has none runs by this one.
function readerOf(html) {
  const [, base = BASE, build = READER] = html.match(/data-wasm="([^"]*)reader-([0-9a-f]{16})_bg/) ?? [];
  return { base, build };
}

// Whether a reader is there for a page that came: this edition's, or one that is on the server, with as many files as this one.
async function isThere(build) {
  if (build === READER) return true;
  const look = path => fetch(BASE + path.replace(READER, build), { method: "HEAD" }).then(it => it.ok, () => false);
  return (await Promise.all(SHELL.filter(it => it.startsWith(`reader-${READER}`)).map(look))).every(it => it);
}

// What was kept, to be opened, when its reader is kept, too. Made anew: no browser opens an answer that was redirected, and of two
// clones it would be slow to show one.
async function runnable(kept) {
  if (!kept || !isHtml(kept)) return kept && new Response(kept.body, kept);
  const html = await kept.text();
  const { base, build } = readerOf(html);
  const runs = base === BASE && (build === READER || (await find(`${BASE}reader-${build}_bg.wasm`)));
  return html && runs ? new Response(html, kept) : undefined;
}
