// The page of a table: the clock runs, and what is typed survives when the page is brought up to date.
const RADIUS = 26;
const MIDDLE = 30;

/** Draw what is left of the round as a slice of the clock's face. */
function slice(share) {
  if (share <= 0) return "";
  const part = Math.min(share, 0.9999);
  const angle = 2 * Math.PI * part;
  const x = MIDDLE + RADIUS * Math.sin(angle);
  const y = MIDDLE - RADIUS * Math.cos(angle);
  return `M${MIDDLE} ${MIDDLE}V${MIDDLE - RADIUS}A${RADIUS} ${RADIUS} 0 ${part > 0.5 ? 1 : 0} 1 ${x.toFixed(1)} ${y.toFixed(1)}z`;
}

/** The server's clock decides: the page remembers how far this device's own clock is off. */
function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    if (clock.dataset.clockOff === undefined) clock.dataset.clockOff = String(Date.parse(clock.dataset.clockNow) - Date.now());
    const now = Date.now() + Number(clock.dataset.clockOff);
    const end = Date.parse(clock.dataset.clock);
    const left = Math.max(0, Math.round((end - now) / 1000));
    const length = (end - Date.parse(clock.dataset.clockFrom)) / 1000;
    const time = clock.querySelector("[data-clock-time]");
    time.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.querySelector("[data-clock-left]").setAttribute("d", slice(length > 0 ? left / length : 0));
  }
}

/** Unsent words stay in this tab until the server has taken them. */
const formOf = () => document.querySelector("form[data-card-form]");
const keyOf = (form) => `house:table:${form.dataset.cardForm}:${form.elements.card.value}`;

function remember(event) {
  const form = event.target.closest?.("form[data-card-form]");
  if (!form) return;
  const typed = { text: form.elements.text.value, reasons: form.elements.reasons.value, id: form.elements.card.value, once: form.elements.once.value };
  try {
    const isNew = form.elements.revision.value === "0";
    if (isNew) sessionStorage.setItem(`house:table:${form.dataset.cardForm}`, JSON.stringify(typed));
    else sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
  } catch {
    // a full or forbidden store: the words are still in the form
  }
}

function bringBack() {
  const form = formOf();
  if (!form || form.elements.revision.value !== "0" || form.elements.text.value) return;
  try {
    const typed = JSON.parse(sessionStorage.getItem(`house:table:${form.dataset.cardForm}`) ?? "null");
    if (!typed?.text) return;
    form.elements.text.value = typed.text;
    form.elements.reasons.value = typed.reasons;
    form.elements.card.value = typed.id; // the same card: sent twice it counts once
    form.elements.once.value = typed.once;
  } catch {
    // nothing usable was kept
  }
}

/** A card that stands in the list has arrived: forget its words. */
function forgetArrived() {
  const form = formOf();
  if (!form) return;
  try {
    const typed = JSON.parse(sessionStorage.getItem(`house:table:${form.dataset.cardForm}`) ?? "null");
    if (typed && document.querySelector(`[data-card="${CSS.escape(typed.id)}"]`)) {
      sessionStorage.removeItem(`house:table:${form.dataset.cardForm}`);
    }
  } catch {
    // nothing was kept
  }
}

document.addEventListener("input", remember);
document.addEventListener("house:refreshed", () => {
  forgetArrived();
  bringBack();
  tick();
});
forgetArrived();
bringBack();
tick();
setInterval(tick, 1000);
