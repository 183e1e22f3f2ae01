// The pages where attendance is told open without coverage as they were when they last opened with it.
// What the server no longer shows (a link taken back, somebody logged out) is not kept.
const CACHE = "attendance-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const page = event.request.mode === "navigate";
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (page || url.pathname.startsWith("/static/")) event.respondWith(answer(event.request, url, page));
});

async function answer(request, url, page) {
  const cache = await caches.open(CACHE);
  const where = url.origin + url.pathname; // the code in the address is another each time
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(where, fresh.clone());
    else if (page) await cache.delete(where);
    return fresh;
  } catch (error) {
    const kept = await cache.match(where, { ignoreVary: true }); // the page varies by cookie, which a cache has not
    if (kept) return kept;
    throw error;
  }
}
