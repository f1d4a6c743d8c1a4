// What is published at a moment: an element with data-until="2026-11-26T17:30:00+01:00" and data-now (the server's
// clock when the page was written) is fetched anew at that moment, spread over a few seconds. The server decides.
import { refresh } from "./live.js";

const SPREAD_SECONDS = 5;
const LONGEST_WAIT = 2 ** 31 - 1; // what a timer can hold
const planned = new WeakSet();

function plan(element) {
  if (planned.has(element)) return;
  planned.add(element);
  const left = Date.parse(element.dataset.until) - Date.parse(element.dataset.now);
  if (!(left >= 0) || left > LONGEST_WAIT) return;
  setTimeout(() => arrive(element), left + 500 + Math.random() * SPREAD_SECONDS * 1000);
}

async function arrive(element) {
  if (!element.isConnected) return; // brought up to date meanwhile
  const fragment = element.closest("[data-fragment]");
  try {
    if (fragment) await refresh(fragment);
    else location.reload();
  } catch {
    setTimeout(() => arrive(element), SPREAD_SECONDS * 1000);
  }
}

const look = () => document.querySelectorAll("[data-until]").forEach(plan);
document.addEventListener("house:refreshed", look);
look();
