// An online table: an answer goes without a new page, so that what somebody types meanwhile stays.
import { refresh } from "./live.js";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-quiet]");
  if (!form) return;
  event.preventDefault();
  const part = document.getElementById(form.dataset.quiet);
  const sent = new FormData(form, event.submitter);
  for (const button of form.elements) button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "HX-Request": "true" } });
    if (answer.status !== 204) throw new Error(String(answer.status));
    await refresh(part);
    part.querySelector("button")?.focus();
  } catch {
    location.reload();
  }
});
