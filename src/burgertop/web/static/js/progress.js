// Long work: asks data-progress (JSON: share, text, is_over) and goes on to data-next when it is over.
const PAUSE_MS = 1500;
const LONGEST_PAUSE_MS = 15000;

async function follow(box) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-progress-text]");
  let pause = PAUSE_MS;
  for (;;) {
    await new Promise((done) => setTimeout(done, pause * (0.75 + Math.random() / 2)));
    try {
      const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (typeof found.share === "number") bar.value = found.share;
      else bar.removeAttribute("value");
      if (found.text && words.textContent !== found.text) words.textContent = found.text;
      pause = PAUSE_MS;
      if (found.is_over) {
        if (box.dataset.next) location.assign(box.dataset.next);
        else location.reload();
        return;
      }
    } catch {
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}

for (const box of document.querySelectorAll("[data-progress]")) follow(box);
