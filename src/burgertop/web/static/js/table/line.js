// The line that is always there: what is kept on this device, what is saved in the hall, what is sent.
import { put, say } from "./words.js";

function whyOf({ state, isLost, isRefused }) {
  if (state !== "open") return state === "closed" ? "over" : state;
  return isRefused ? "still" : isLost ? "lost" : "";
}

/** Say how things stand: `sync` knows of the network, `told` is what the server said last, `here` is what waits on this device. */
export function showLine(root, sync, told, counts, here) {
  const pictures = { device: here.photos, saved: told?.photos?.length ?? 0 };
  put(root.querySelector("[data-photo-count]"), say(root, pictures.device + pictures.saved ? "photos" : "photos_none", pictures));
  const line = root.querySelector("[data-line]");
  if (!line) return;
  const isOpen = sync.state === "open";
  const isWaiting = sync.isLost || here.changes > 0;
  const sign = isOpen ? (isWaiting ? "wait" : "ok") : "stop";
  put(root.querySelector("[data-lost]"), say(root, whyOf(sync)));
  line.querySelector(".sign").className = `sign sign--${sign}`;
  Object.assign(line.dataset, { sign, waiting: String(here.changes), photos: String(here.photos), saved: String(counts.saved), sent: String(counts.sent) });
  for (const icon of line.querySelectorAll("[data-sign-of]")) icon.hidden = icon.dataset.signOf !== sign;
  if (!told) return;
  const saved = counts.saved ? "saved" : "saved_none";
  put(line.querySelector("[data-line-text]"), say(root, isWaiting || !isOpen ? "waiting" : saved, counts));
  put(line.querySelector("[data-line-free]"), say(root, "free", counts));
}
