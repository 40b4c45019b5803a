// Takes the place of a service worker that the publisher turned off, forgets what it kept, and goes. What a reader saved is the reader's.
const MINE = "jumpline:__base__:";
addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(retire()));

async function retire() {
  const mine = (await caches.keys()).filter(name => name.startsWith(MINE) && name !== MINE + "saved");
  await Promise.all(mine.map(name => caches.delete(name)));
  await registration.unregister();
}
