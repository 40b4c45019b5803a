// Run in a page before the first look at it; `library` is @testing-library/dom.
window.__look = {
  // Elements with a role and, when given, an accessible name: all of it, or for `like` a part of it.
  byRole({ role, name, like, level, hidden }, within) {
    const named = like === undefined ? name : (found) => found.toLowerCase().includes(like.toLowerCase());
    return library.queryAllByRole(within ?? document.body, role, { name: named, level, hidden });
  },
  // What the page is, for a message about something that was not found.
  outline() {
    const roles = library.getRoles(document.body);
    return Object.entries(roles).map(([role, all]) =>
      `${role} × ${all.length}: ${all.slice(0, 6).map((it) => it.textContent.trim().slice(0, 40)).join(" | ")}`).join("\n");
  },
};
