// The theme desk by keyboard, and the screen of the hall that asks by itself.
import { refresh } from "./live.js";

const PICKED = "slip--picked";
const list = () => [...document.querySelectorAll("[data-desk-card]")];
const picked = () => document.querySelector(`[data-desk-card].${PICKED}`);

function pick(card, isFocused = true) {
  picked()?.removeAttribute("aria-current");
  picked()?.classList.remove(PICKED);
  if (!card) return;
  card.classList.add(PICKED);
  card.setAttribute("aria-current", "true");
  if (isFocused) card.focus({ preventScroll: false });
}

function step(by) {
  const cards = list();
  if (!cards.length) return;
  const at = cards.indexOf(picked());
  pick(cards[Math.min(cards.length - 1, Math.max(0, at + by))]);
}

function put(letter) {
  const select = picked()?.querySelector("select[name=cluster]");
  const option = select && [...select.options].find((one) => one.dataset.letter === letter);
  if (!option) return false;
  select.value = option.value;
  sessionStorage.setItem("house:desk:keys", "yes");
  select.form.requestSubmit();
  return true;
}

/** Keys work only while the list of cards has the focus, and never inside a field. */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!event.target.closest?.("[data-desk]") || event.target.matches("input, select, textarea")) return;
  const key = event.key.toUpperCase();
  // J, K, N and Z are the desk's own keys: no cluster has these letters
  if (key === "J") step(1);
  else if (key === "K") step(-1);
  else if (key === "N") picked()?.querySelector("[data-desk-new]")?.click();
  else if (key === "Z") {
    sessionStorage.setItem("house:desk:keys", "yes");
    document.querySelector("[data-desk-undo]")?.requestSubmit();
  } else if (!/^[A-Z]$/.test(key) || !put(key)) return;
  event.preventDefault();
}

const hints = document.querySelector("[data-desk-hints]");
if (hints) {
  hints.hidden = false;
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest?.("[data-desk-card]");
    if (card && card !== picked()) pick(card, false);
  });
  document.addEventListener("house:refreshed", () => pick(list()[0], false));
  const goesOn = sessionStorage.getItem("house:desk:keys") === "yes";
  sessionStorage.removeItem("house:desk:keys");
  pick(list()[0], goesOn);
}

/** Papers are counted on the screen without a message for each one: the screen asks every few seconds. */
for (const screen of document.querySelectorAll("[data-screen]")) {
  const wait = Number(screen.dataset.every || 5) * 1000;
  setInterval(() => refresh(screen).catch(() => {}), wait);
}
