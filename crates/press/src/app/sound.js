// Whether what came, or is kept, is what its name says, and has all that it needs: in `src/browser/cache.rs` as well, for what a reader saves.

// Whether an answer is what its name says. Some networks and hosts answer everything with a page or a word of theirs, and of an upload half
// may be there: the reader ends with what it exports.
async function isSound(name, answer) {
  if (answer.status !== 200 || answer.type !== "basic" || isHtml(answer)) return false;
  const copy = answer.clone();
  if (/\.json/.test(name)) return copy.json().then(() => true, () => false);
  if (/\.wasm$/.test(name)) return WebAssembly.validate(await copy.arrayBuffer());
  return !/\.js$/.test(name) || (await copy.text()).includes("as default");
}

function isHtml(answer) {
  return answer.headers.get("content-type")?.includes("html");
}

// Below which path the reader of a page lies, and its build.
function readerOf(html) {
  const [, base, build] = html.match(/data-wasm="([^"]*)reader-([0-9a-f]{16})_bg/) ?? [];
  return { base, build };
}

function isWhole(html) {
  return html.includes("</html>");
}

// What it has in common with all pages, and its late sheet.
function needsOf(html) {
  return html.match(/assets\/(common|late)-[0-9a-f]{12}\.\w+/g) ?? [];
}

// Whether all is there that a page needs that came, on the device or on the server: a reader with as many files as this one, and the rest.
async function isThere(html) {
  const { build } = readerOf(html);
  const reader = SHELL.filter(it => it.startsWith(`reader-${READER}`)).map(it => it.replace(READER, build));
  const look = path => fetch(BASE + path, { method: "HEAD" }).then(it => it.ok && !isHtml(it), () => false);
  const isOne = async path => (await isHere(path)) || look(path);
  return (await Promise.all([...reader, ...needsOf(html)].map(isOne))).every(it => it);
}

async function isHere(path) {
  return SHELL.includes(path) || !!(await find(BASE + path));
}

// What was kept, to be opened, when all that it needs is kept, too. Made anew: no browser opens an answer that was redirected, and of two
// clones it would be slow to show one.
async function runnable(kept) {
  if (!kept || !isHtml(kept)) return kept && new Response(kept.body, kept);
  const html = await kept.text();
  const { base, build } = readerOf(html);
  const runs = base === BASE && isWhole(html);
  const needs = [`reader-${build}_bg.wasm`, ...needsOf(html)];
  return runs && (await Promise.all(needs.map(isHere))).every(it => it) ? new Response(html, kept) : undefined;
}
