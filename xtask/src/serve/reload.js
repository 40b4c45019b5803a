// Added to every page by `cargo xtask serve`, and only by it. `build` is declared before this line.
(async () => {
  for (;;) {
    const answer = await fetch(`/__reload?${build}`).catch(() => null);
    if (answer?.status === 205) return location.reload();
    // The server is gone: it may come back.
    if (!answer) await new Promise((wake) => setTimeout(wake, 1000));
  }
})();
