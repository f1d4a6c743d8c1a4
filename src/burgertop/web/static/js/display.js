// The reader's switches: act at once, and keep the choice without leaving the page.
const classes = { large: "bt-large", contrast: "bt-contrast" };

for (const form of document.querySelectorAll("form[data-display]")) {
  form.classList.add("is-live");
  form.addEventListener("change", async (event) => {
    const name = classes[event.target.name];
    if (!name) return;
    document.documentElement.classList.toggle(name, event.target.checked);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (!answer.ok && answer.type !== "opaqueredirect") form.classList.remove("is-live");
    } catch {
      form.classList.remove("is-live"); // no network: the button comes back
    }
  });
}
