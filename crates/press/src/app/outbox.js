// What a reader wrote without a network goes out when there is one again, though no page is open; open pages do that themselves.
// What is to be asked stands in the outbox, ready made (`src/comments/outbox/plan.rs`); what the answer means the next page says.
const OUTBOX = `jumpline:comments:${BASE}`; // the database
const SENDING = `jumpline:sending:${BASE}`; // the lock of whoever sends
const SILENCE = 15000; // milliseconds until a server is given up

addEventListener("sync", event => {
  if (event.tag === "outbox") event.waitUntil(sendWhatWaits());
});

// What fails here the browser tries again after some minutes.
async function sendWhatWaits() {
  await navigator.locks.request(SENDING, async () => {
    const database = await openOutbox();
    try {
      while (database && (await sendNext(database)));
    } finally {
      database?.close();
    }
  });
}

// Sends one thing, if anything can be sent; noted as sent before it is, so that nobody sends it twice.
async function sendNext(database) {
  const next = await change(database, all => all.find(canBeSent));
  if (!next) return false;
  if ((await clients.matchAll({ type: "window" })).length) throw new Error("a page is open and sends it");
  const { list, method, url, body, cookies } = JSON.parse(next.plan);
  const before = await look(list);
  const mine = it => it.id === next.id && it.plan === next.plan;
  const taken = await change(database, all => {
    const entry = all.filter(canBeSent).find(mine);
    return entry && Object.assign(entry, { stage: "handed", before, tried: Date.now() });
  });
  if (!taken) return true;
  const headers = body ? { "content-type": "application/json" } : {};
  const request = { method, headers, credentials: cookies ? "include" : "same-origin" };
  const answer = await reach(url, body ? { ...request, body } : request);
  const message = await answer.text().catch(() => "");
  await change(database, all => {
    const entry = all.find(it => mine(it) && it.stage === "handed");
    return entry && Object.assign(entry, { answer: answer.status, message });
  });
  return true;
}

// Not what changes a comment that an earlier change may not have reached yet.
function canBeSent(entry, at, all) {
  const isBefore = it => it.stage && it.kind !== "post" && it.comment === entry.comment;
  return entry.plan && !entry.stage && (entry.kind === "post" || !all.slice(0, at).some(isBefore));
}

// What the server shows before. Whatever else answers is not the server.
async function look(list) {
  const answer = await reach(list);
  const isServer = answer.headers.get("content-type")?.includes("json") && (answer.ok || answer.status === 404);
  if (!isServer) throw new Error(`${list} answers ${answer.status}`);
  return answer.text();
}

function reach(url, request) {
  return fetch(url, { ...request, signal: AbortSignal.timeout(SILENCE) });
}

// The outbox, where there is one already.
function openOutbox() {
  return new Promise(resolve => {
    const asked = indexedDB.open(OUTBOX);
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => resolve();
  });
}

// Keeps what `pick` finds among all that waits, oldest first, as it left it.
function change(database, pick) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("outbox", "readwrite");
    const store = transaction.objectStore("outbox");
    const [names, texts] = [store.getAllKeys(), store.getAll()];
    let found;
    texts.onsuccess = () => {
      const all = texts.result.flatMap((text, at) => parsed(text, names.result[at]));
      const picked = pick(all.map(it => it.entry).sort((one, other) => one.at - other.at));
      found = all.find(it => picked && it.entry === picked);
      if (found) store.put(JSON.stringify(found.entry), found.name);
    };
    transaction.oncomplete = () => resolve(found?.entry);
    transaction.onabort = reject;
  });
}

function parsed(text, name) {
  try {
    return [{ name, entry: JSON.parse(text) }];
  } catch {
    return [];
  }
}
