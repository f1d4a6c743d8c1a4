// Keeping a page on the device: the worker of the page gets it and all it is made of.
const isKept = (address) => /^\/(static|brand)\//.test(new URL(address).pathname);

/** What a page is made of, as far as it is known now, and `also` what it will ask for later. */
function partsOf(page, also) {
  const linked = [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src);
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const later = also.map((one) => new URL(one, location.href).href);
  return [...new Set([page, ...[...linked, ...loaded, ...later].filter(isKept)])];
}

function told(worker, message) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => done(event.data);
    worker.postMessage(message, [port2]);
  });
}

/** Keep a page; whether it opens without a network from now on, or did before. */
export async function keepPage(workerUrl, pageUrl, also = []) {
  const registration = await navigator.serviceWorker.register(workerUrl, { scope: pageUrl });
  await navigator.serviceWorker.ready;
  const page = new URL(pageUrl, location.href).href;
  const isReady = await told(registration.active, { keep: partsOf(page, also) });
  return { isReady, isKept: isReady || Boolean(navigator.serviceWorker.controller) };
}

/** Fetch the page anew into what is kept: something in it has changed. */
export async function keepAgain(pageUrl) {
  const worker = navigator.serviceWorker.controller;
  return worker ? told(worker, { keep: [new URL(pageUrl, location.href).href] }) : false;
}

export function forgetPage() {
  navigator.serviceWorker.controller?.postMessage({ forget: true });
}
