// Keeps one page and what it is made of, so that it opens without a network. Names and notes are not kept here.
const CACHE = `burgertop-page ${self.registration.scope}`;
const PATIENCE_MILLISECONDS = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const before = caches.delete(`burgertop-door ${self.registration.scope}`);
  event.waitUntil(Promise.all([before, self.clients.claim()]));
});

const isPage = (request) => request.url.split(/[?#]/)[0] === self.registration.scope;

/** The network first; what was kept when it does not answer in time, or answers that it is broken. */
async function answerTo(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok) await cache.put(request, answer.clone());
    return answer.status >= 500 && kept ? kept : answer;
  });
  if (!kept) return fresh;
  const late = new Promise((done) => setTimeout(() => done(kept), PATIENCE_MILLISECONDS));
  return Promise.race([fresh, late]).catch(() => kept);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  const isKept = isPage(request) || /^\/(static|brand)\//.test(address.pathname);
  if (isKept) event.respondWith(answerTo(request));
});

self.addEventListener("message", (event) => {
  const { keep, forget } = event.data ?? {};
  const [port] = event.ports;
  const work = async () => {
    if (forget) await caches.delete(CACHE);
    if (!keep) return true;
    const cache = await caches.open(CACHE);
    await Promise.all(keep.map((address) => cache.add(new Request(address, { credentials: "same-origin" }))));
    return true;
  };
  event.waitUntil(
    work()
      .then((isDone) => port?.postMessage(isDone))
      .catch(() => port?.postMessage(false)),
  );
});
