// Put first into every page by the test server. It tells the server what went wrong, and remembers what was prerendered.
(() => {
  // The invitation to subscribe would cover what other cases look at.
  if (!document.currentScript.src.endsWith("?invited")) {
    try {
      localStorage.setItem("jumpline:modal", Date.now());
    } catch { /* a case that blocks storage */ }
  }

  const pending = [];
  const tell = (kind, text) => {
    const body = JSON.stringify({ kind, text: String(text).slice(0, 2000), page: location.pathname });
    // `keepalive` lets the report outlive the page.
    pending.push(fetch("/__probe", { method: "POST", body, keepalive: true }).catch(() => {}));
  };

  for (const level of ["error", "warn"]) {
    const original = console[level];
    console[level] = (...parts) => {
      tell(`console.${level}`, parts.map((part) => part?.stack ?? part).join(" "));
      original.apply(console, parts);
    };
  }
  // In the capture phase, where failing resources are heard too.
  addEventListener("error", (event) => {
    // Made by a test.
    if (!event.isTrusted) return;
    const source = event.target?.src ?? event.target?.href;
    if (source) tell("resource", source);
    // A player's source that waits for its address says so by an event of its own.
    else if (event instanceof ErrorEvent) tell("error", event.error?.stack ?? event.message);
  }, true);
  addEventListener("unhandledrejection", (event) => tell("rejection", event.reason?.stack ?? event.reason));
  document.addEventListener("securitypolicyviolation", (event) =>
    tell("csp", `${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample}`));

  const probe = { settled: () => Promise.all(pending), prerendered: [], removed: [], themes: [] };
  window.__probe = probe;

  // When each theme was set, and whether there was anything on the page by then.
  const root = document.documentElement;
  const noteTheme = () => probe.themes.push([root.dataset.theme ?? null, document.body !== null]);
  new MutationObserver(noteTheme).observe(root, { attributeFilter: ["data-theme"] });

  addEventListener("DOMContentLoaded", () => {
    const app = document.getElementById("app");
    if (!app) return;
    probe.prerendered = [...app.querySelectorAll("*")];
    let hydrated = false;
    const observer = new MutationObserver((records) => {
      for (const record of records) {
        // Records come in the order of what happened, and the reader says when it is done.
        if (record.type === "attributes") hydrated = true;
        else if (!hydrated) probe.removed.push(...[...record.removedNodes].map((node) => node.nodeName));
      }
    });
    observer.observe(app, { childList: true, subtree: true });
    observer.observe(root, { attributeFilter: ["data-hydrated"] });
  });
})();
