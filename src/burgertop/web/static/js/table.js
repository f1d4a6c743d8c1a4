// The page of a table: what is typed survives when the page is brought up to date.
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
});
forgetArrived();
bringBack();
