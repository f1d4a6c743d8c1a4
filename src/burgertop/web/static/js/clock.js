// The one clock of the day, on every page. The server says when the current item ends and what time it was there when it
// said so; from then on the countdown runs here, with or without a network. What this device takes for the time does not
// matter: its clock may be a day off.
//
//   <div data-clock="end" data-clock-from="begin" data-clock-now="the server's now" data-clock-held="seconds, while paused"
//        data-clock-five="words" data-clock-one="words" data-clock-up="words" data-clock-over> ... <span data-clock-time>
const RADIUS = 26;
const MIDDLE = 30;
const KEPT = "house:clock";
const SLEPT_AT_MOST = 12 * 3600_000;
const FRESH = 10_000;
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");

// The server's time is performance.now() + off, known to within half of the round trip that told it.
let off;
let trip = Infinity;
let base = Date.now() - performance.now();
const shown = new Map(); // what a clock showed last: it never goes back
const told = new Set(); // which notes were said

const serverNow = () => performance.now() + off;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}

/** When the page or the fragment in which this clock came was asked for and answered, on this device's own watch. */
function journeyOf(clock) {
  const fragment = clock.closest("[data-fragment]");
  if (!fragment?.dataset.clockFetched) return performance.getEntriesByType("navigation")[0];
  const address = new URL(fragment.dataset.fragment, location.href).href;
  const journey = performance.getEntriesByName(address).at(-1);
  return journey && performance.now() - journey.responseStart < FRESH ? journey : undefined;
}

/** Learn the server's time from a clock that has just come. */
function learn(clock) {
  if (clock.dataset.clockRead) return;
  clock.dataset.clockRead = "yes";
  const said = Date.parse(clock.dataset.clockNow);
  if (Number.isNaN(said)) return;
  const before = kept();
  if (before && said <= before.said) {
    // an old page, out of a cache: what was learnt later holds
    if (off === undefined) off = Date.now() + before.off - performance.now();
    return;
  }
  const journey = journeyOf(clock);
  const isTimed = journey && journey.responseStart > 0;
  const middle = isTimed ? (journey.requestStart + journey.responseStart) / 2 : performance.now();
  const took = isTimed ? journey.responseStart - journey.requestStart : 1000;
  const found = said - middle;
  const hasMoved = off === undefined || Math.abs(found - off) > (took + Math.min(trip, 5000)) / 2 + 50;
  if (hasMoved || took < trip) {
    off = found;
    trip = took;
  }
  try {
    localStorage.setItem(KEPT, JSON.stringify({ said, off: said - (middle + Date.now() - performance.now()) }));
  } catch {
    // a closed or full store: without a network a page opened anew goes by its own clock
  }
}

/** A device that slept has a watch that stood still; one whose clock was set has not. */
function noticeSleep() {
  const here = Date.now() - performance.now();
  const jump = here - base;
  base = here;
  if (jump > 1500 && jump < SLEPT_AT_MOST && off !== undefined) off += jump;
}

/** Draw what is left as a slice of the clock's face. */
function slice(share) {
  if (share <= 0) return "";
  const part = Math.min(share, 0.9999);
  const angle = 2 * Math.PI * part;
  const x = MIDDLE + RADIUS * Math.sin(angle);
  const y = MIDDLE - RADIUS * Math.cos(angle);
  return `M${MIDDLE} ${MIDDLE}V${MIDDLE - RADIUS}A${RADIUS} ${RADIUS} 0 ${part > 0.5 ? 1 : 0} 1 ${x.toFixed(1)} ${y.toFixed(1)}z`;
}

function written(left) {
  const whole = Math.abs(left);
  const hours = Math.floor(whole / 3600);
  const two = (count) => String(count).padStart(2, "0");
  const rest = `${hours ? two(Math.floor((whole % 3600) / 60)) : Math.floor(whole / 60)}:${two(whole % 60)}`;
  return `${left < 0 ? "+" : ""}${hours ? `${hours}:` : ""}${rest}`;
}

/** Seconds left; a better measured time never makes a countdown go back. */
function leftOf(clock) {
  if (clock.dataset.clockHeld !== undefined) return Number(clock.dataset.clockHeld);
  const left = Math.ceil((Date.parse(clock.dataset.clock) - serverNow()) / 1000);
  const key = `${clock.dataset.clock} ${clock.dataset.clockFrom}`;
  const last = shown.get(key);
  const steady = last !== undefined && left > last && left - last <= 3 ? last : left;
  shown.set(key, steady);
  return "clockOver" in clock.dataset ? steady : Math.max(0, steady);
}

/** Say politely, once, that time is nearly up; the seconds themselves are never read out. */
function note(clock, left) {
  if (clock.dataset.clockHeld !== undefined) return;
  const at = left <= 0 ? "Up" : left <= 60 ? "One" : left <= 300 ? "Five" : "";
  const words = at && clock.dataset[`clock${at}`];
  const key = `${clock.dataset.clock} ${at}`;
  if (!words || told.has(key)) return;
  const isFirst = ![...told].some((one) => one.startsWith(clock.dataset.clock));
  told.add(key);
  if (isFirst && left < { Up: 0, One: 57, Five: 297 }[at]) return; // the page was opened later than that
  let region = document.getElementById("clock-note");
  if (!region) {
    region = document.createElement("p");
    region.id = "clock-note";
    region.className = "unseen";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = words;
}

export function tick() {
  noticeSleep();
  for (const clock of document.querySelectorAll("[data-clock]")) {
    learn(clock);
    if (off === undefined) off = Date.now() - performance.now();
    const left = leftOf(clock);
    const time = clock.querySelector("[data-clock-time]");
    const words = written(left);
    if (time && time.textContent !== words) time.textContent = words;
    clock.classList.toggle("clock--over", left < 0);
    const length = (Date.parse(clock.dataset.clock) - Date.parse(clock.dataset.clockFrom)) / 1000;
    const seen = isCalm.matches ? Math.ceil(left / 60) * 60 : left;
    clock.querySelector("[data-clock-left]")?.setAttribute("d", slice(length > 0 ? seen / length : 0));
    note(clock, left);
  }
}

function run() {
  tick();
  const rest = off === undefined ? 0 : ((serverNow() % 1000) + 1000) % 1000;
  setTimeout(run, 1010 - rest);
}

document.addEventListener("house:refreshed", (event) => {
  if (event.target.dataset?.fragment) event.target.dataset.clockFetched = "yes";
  tick();
});
performance.addEventListener("resourcetimingbufferfull", () => performance.clearResourceTimings());
document.addEventListener("visibilitychange", tick);
run();
