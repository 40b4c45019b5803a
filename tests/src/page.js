// Run in a page before the first look at it; `library` is @testing-library/dom.
window.__look = {
  // Elements with a role and, when given, an accessible name: all of it, or for `like` a part of it.
  byRole({ role, name, like, level, hidden }, within) {
    const named = like === undefined ? name : (found) => found.toLowerCase().includes(like.toLowerCase());
    const found = library.queryAllByRole(within ?? document.body, role, { name: named, level, hidden });
    // The library takes every <header> and <footer> for a landmark; by HTML-AAM those inside a part of the page are none.
    const isPart = role === "banner" || role === "contentinfo";
    return isPart ? found.filter((it) => !it.closest("article, aside, main, nav, section")) : found;
  },
  // What the page is, for a message about something that was not found.
  outline() {
    const roles = library.getRoles(document.body);
    return Object.entries(roles).map(([role, all]) =>
      `${role} × ${all.length}: ${all.slice(0, 6).map((it) => it.textContent.trim().slice(0, 40)).join(" | ")}`).join("\n");
  },
};
