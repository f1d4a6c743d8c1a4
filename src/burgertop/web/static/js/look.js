// A form that is looked at while it is typed: <form data-look="id of the answer"> with a button data-look-button.
// The button works without this; nothing is stored by looking.
const PAUSE_MS = 600;

for (const form of document.querySelectorAll("form[data-look]")) {
  const answer = document.getElementById(form.dataset.look);
  const button = form.querySelector("[data-look-button]");
  if (!answer || !button) continue;
  let waiting = 0;
  let asked = 0;

  const look = async () => {
    asked += 1;
    const mine = asked;
    const typed = new FormData(form);
    typed.set(button.name, button.value);
    answer.setAttribute("aria-busy", "true");
    try {
      const found = await fetch(form.action || location.href, {
        method: "POST",
        body: typed,
        headers: { "HX-Request": "true" },
      });
      if (!found.ok) throw new Error(String(found.status));
      const words = await found.text();
      if (mine !== asked) return;
      const page = new DOMParser().parseFromString(words, "text/html");
      answer.replaceChildren(...page.body.childNodes);
    } catch {
      if (mine === asked) answer.replaceChildren();
    }
    answer.removeAttribute("aria-busy");
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE_MS);
  });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    look();
  });
}
