// Consultation: printing the received page, and keys at the theme desk. Every page works without it.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

function deskKeys(desk) {
  const ideas = [...desk.querySelectorAll("[data-idea]")];
  const hints = desk.querySelector("[data-keys]");
  if (hints) hints.hidden = false;
  let at = -1;

  const pick = (next) => {
    if (!ideas.length) return;
    ideas[at]?.classList.remove("slip--picked");
    at = Math.min(Math.max(next, 0), ideas.length - 1);
    ideas[at].classList.add("slip--picked");
    ideas[at].focus();
    ideas[at].scrollIntoView({ block: "nearest" });
  };

  const keys = {
    j: () => pick(at + 1),
    k: () => pick(at - 1),
    t: () => ideas[at]?.querySelector("[data-theme]")?.focus(),
    s: () => ideas[at]?.querySelector("[data-hint]")?.click(),
    z: () => desk.querySelector("[data-undo]")?.click(),
  };

  // Single keys act only while an idea of the pile has the focus, so that they never surprise anybody.
  desk.querySelector(".stream")?.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  if (new URLSearchParams(location.search).has("last")) pick(0);
}

const desk = document.querySelector("[data-theme-desk]");
if (desk) deskKeys(desk);
