// A form with data-draft="key" keeps what is typed on this device, however the page is left, until the server has
// taken it: the form's "once" is the id of the piece, and a piece that stands on the page has arrived.
const PREFIX = "house:draft:";
const FIELDS = ["body", "about", "table", "language", "once"];

function stored(form) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + form.dataset.draft) ?? "null");
  } catch {
    return null; // no store, or nothing usable in it
  }
}

function remember(form) {
  const typed = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name]?.value ?? ""]));
  try {
    if (typed.body) localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(typed));
    else localStorage.removeItem(PREFIX + form.dataset.draft);
  } catch {
    // a full or forbidden store: the words are still in the form
  }
}

function begin(form) {
  const typed = stored(form);
  if (typed && document.querySelector(`[data-note="${CSS.escape(typed.once)}"]`)) localStorage.removeItem(PREFIX + form.dataset.draft);
  else if (typed && !form.elements.body.value) for (const name of FIELDS) if (form.elements[name]) form.elements[name].value = typed[name];
  form.addEventListener("input", () => remember(form));
}

document.querySelectorAll("form[data-draft]").forEach(begin);
