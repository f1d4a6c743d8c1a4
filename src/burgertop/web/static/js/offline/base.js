// The browser's own database (IndexedDB), asked in words that can be waited for.
export const answer = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

export const finished = (work) =>
  new Promise((done, fail) => {
    work.oncomplete = () => done();
    work.onabort = () => fail(work.error);
    work.onerror = () => fail(work.error);
  });

/** Open a database; `make` gets it when it is new, or older than `version`. It is closed when a newer page wants to make it anew. */
export async function openBase(name, version, make) {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => make(request.result);
  const base = await answer(request);
  base.onversionchange = () => base.close();
  return base;
}
