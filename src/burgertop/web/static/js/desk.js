// The theme desk: one key for each decision, or drag a card onto a cluster. Every act is a form that also works
// without this file; here it is sent in the background and the answer, the desk as it is now, takes its place.
const ALIVE_SECONDS = 30;
const IDLE_SECONDS = 180;
const DRAG_FROM_PIXELS = 8;

const desk = document.querySelector("[data-desk]");
const bench = desk?.querySelector("[data-fragment]");
const lost = document.querySelector("[data-desk-lost]");
const read = []; // the cards that were put back, for "previous"
const typed = { card: "", title: "", ticks: new Set() };
let isBusy = false;
let isByKeys = false;
let touchedAt = Date.now();
let focused = null;
let early = null; // a key for a card that came with the news before the answer did

const hand = () => bench.querySelector("[data-desk-card]");
const handForm = () => bench.querySelector("[data-desk-hand]");

/** Send a form in the background and show the desk as the server sees it then. */
async function send(form, submitter, more = {}) {
  if (isBusy) return;
  isBusy = true;
  if (form === handForm() && document.querySelector("[data-live-state=on]")) more = { ...more, brief: "1" };
  const body = new FormData(form);
  if (submitter?.name) body.set(submitter.name, submitter.value);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(`desk ${answer.status}`);
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (more.brief && !parsed.querySelector(".bench")) showNext(parsed, body.get("card"));
    else bench.replaceChildren(...parsed.body.childNodes);
    lost.hidden = true;
    isBusy = false;
    focused = null; // after an act of one's own the next card has the focus
    shown();
    const [key, card] = early ?? [];
    early = null;
    if (card && card === hand()?.dataset.deskCard) act(key);
  } catch {
    isBusy = false;
    early = null;
    lost.hidden = false;
  }
}

/** The answer is the next card alone: it takes the place of the one before; the rest follows with the news. */
function showNext(parsed, done) {
  for (const note of bench.querySelectorAll(":scope > [role=alert]")) note.remove();
  const [next, undo] = [parsed.querySelector("[data-desk-card]"), parsed.querySelector("[data-desk-undo]")];
  for (const gone of [done, next.dataset.deskCard]) bench.querySelector(`li[data-drag="${CSS.escape(gone)}"]`)?.remove();
  bench.querySelector("[data-desk-undo]")?.remove();
  if (undo) bench.querySelector(".acts").prepend(undo);
  hand().replaceWith(next);
  bench.prepend(...parsed.querySelectorAll("[role=alert]"));
}

/** After the desk was drawn anew: what was typed comes back, the card in hand has the focus, an empty hand is filled. */
function shown() {
  const card = hand()?.dataset.deskCard ?? "";
  if (card && card === typed.card) {
    const title = bench.querySelector("[data-desk-new]");
    if (title && typed.title) title.value = typed.title;
    for (const tick of bench.querySelectorAll("input[name=alike]")) tick.checked = typed.ticks.has(tick.value);
  } else {
    Object.assign(typed, { card, title: "", ticks: new Set() });
  }
  const field = lostField();
  if (field) {
    field.focus({ preventScroll: true });
    field.setSelectionRange?.(field.value.length, field.value.length);
  } else if (isByKeys && !desk.contains(document.activeElement)) (hand() ?? desk).focus({ preventScroll: true });
  const deal = bench.querySelector("[data-desk-deal]");
  if (deal && !hand() && !document.hidden) send(deal);
}

/** The field that took the place of the one somebody was typing in: letters must not become keys of the desk. */
function lostField() {
  const gone = focused;
  focused = document.activeElement;
  if (!gone || gone.isConnected || !gone.matches("input, select, textarea")) return null;
  return bench.querySelector(`#${CSS.escape(gone.id || "new-title")}`);
}

function remember() {
  typed.card = hand()?.dataset.deskCard ?? "";
  typed.title = bench.querySelector("[data-desk-new]")?.value ?? "";
  typed.ticks = new Set([...bench.querySelectorAll("input[name=alike]:checked")].map((tick) => tick.value));
}

function put(letter) {
  const select = handForm()?.querySelector("select[name=cluster]");
  const option = select && [...select.options].find((one) => one.dataset.letter === letter);
  if (!option) return false;
  select.value = option.value;
  send(handForm(), null, { do: option.value });
  return true;
}

function press(key) {
  const button = handForm()?.querySelector(`[data-key="${key}"]`);
  if (button) send(handForm(), button);
  return Boolean(button);
}

function next() {
  const form = bench.querySelector("[data-desk-next]");
  if (!form) return;
  read.push(form.elements.card.value);
  send(form, form.querySelector("button"));
}

function previous() {
  const form = bench.querySelector("[data-desk-next]") ?? bench.querySelector("[data-desk-deal]");
  const card = read.pop();
  if (form && card) send(form, null, { do: "take", card });
}

function tickAll() {
  const ticks = [...bench.querySelectorAll("input[name=alike]")];
  const isOn = ticks.every((tick) => tick.checked);
  for (const tick of ticks) tick.checked = !isOn;
  remember();
  return ticks.length > 0;
}

const KEYS = {
  J: () => (next(), true),
  K: () => (previous(), true),
  T: tickAll,
  N: () => (bench.querySelector("[data-desk-new]")?.focus(), true),
  Z: () => {
    const form = bench.querySelector("[data-desk-undo]");
    if (form) send(form);
    return true;
  },
};

/** Keys work only while the desk has the focus, and never inside a field. */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input:not([type=checkbox]), select, textarea")) {
    if (event.key === "Escape") (hand() ?? desk).focus();
    return;
  }
  const key = event.key.toUpperCase();
  if (isBusy) early = [key, hand()?.dataset.deskCard];
  if (isBusy || act(key)) event.preventDefault();
}

/** Do what a key stands for; says whether it stands for anything. */
function act(key) {
  return KEYS[key]?.() ?? (/^[0-9]$/.test(key) ? press(key) : /^[A-Z]$/.test(key) && put(key));
}

/** Drag a card onto a cluster, with any pointer; the keys, the list and the buttons do the same. */
class Drag {
  constructor(card, event) {
    Object.assign(this, { card, x: event.clientX, y: event.clientY, ghost: null, over: null });
  }

  move(event) {
    const far = Math.hypot(event.clientX - this.x, event.clientY - this.y);
    if (!this.ghost && far < DRAG_FROM_PIXELS) return;
    if (!this.ghost) {
      this.ghost = this.card.querySelector(".kept").cloneNode(true);
      this.ghost.className = "drag-ghost";
      document.body.append(this.ghost);
      document.body.classList.add("is-dragging");
    }
    this.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-cluster]") ?? null;
    if (found === this.over) return;
    this.over?.classList.remove("cluster--over");
    this.over = found;
    found?.classList.add("cluster--over");
  }

  end(isDropped) {
    const { card, over, ghost } = this;
    ghost?.remove();
    over?.classList.remove("cluster--over");
    document.body.classList.remove("is-dragging");
    if (!ghost || !isDropped || !over) return;
    const into = over.dataset.cluster;
    if (card === hand()) send(handForm(), null, { do: into });
    else send(bench.querySelector("[data-desk-drop]"), null, { card: card.dataset.drag, do: into });
  }
}

let drag = null;

function onPointerDown(event) {
  const card = event.target.closest("[data-drag]");
  const isControl = event.target.closest("button, a, input, select, label, textarea");
  if (!card || isControl || event.button !== 0 || event.pointerType === "touch") return;
  drag = new Drag(card, event);
}

/** The hold of the card in hand is renewed while somebody is there; who walks away lets go of it. */
function keepHand() {
  const card = hand()?.dataset.deskCard;
  if (!card || document.hidden || Date.now() - touchedAt > IDLE_SECONDS * 1000) return;
  const body = new FormData(bench.querySelector("[data-desk-next]"));
  body.set("do", "keep");
  fetch(desk.dataset.deskDealUrl, { method: "POST", body }).catch(() => {});
}

if (bench && document.querySelector("[data-desk-hints]")) {
  document.querySelector("[data-desk-hints]").hidden = false;
  desk.addEventListener("keydown", onKey);
  desk.addEventListener("focusin", (event) => {
    isByKeys = true;
    focused = event.target;
  });
  document.addEventListener("pointerdown", (event) => (isByKeys = desk.contains(event.target)));
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => (touchedAt = Date.now()));
  desk.addEventListener("input", remember);
  desk.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-desk-act]")) return;
    event.preventDefault();
    if (event.target.matches("[data-desk-next]")) next();
    else send(event.target, event.submitter);
  });
  desk.addEventListener("pointerdown", onPointerDown);
  document.addEventListener("pointermove", (event) => drag?.move(event));
  document.addEventListener("pointerup", () => {
    drag?.end(true);
    drag = null;
  });
  document.addEventListener("pointercancel", () => {
    drag?.end(false);
    drag = null;
  });
  document.addEventListener("house:refreshed", shown);
  setInterval(keepHand, ALIVE_SECONDS * 1000);
  isByKeys = true;
  shown();
}

/** Where cards are confirmed or coded one by one: one key each, while the page has no field in use. */
const keyed = document.querySelector("[data-keys]");
if (keyed) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (!keyed.contains(event.target) || event.target.matches("input:not([type=radio]), select, textarea")) return;
    const button = keyed.querySelector(`[data-key="${event.key.toUpperCase()}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  keyed.focus({ preventScroll: true });
}
