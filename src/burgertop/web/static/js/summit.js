// The screen of the hall and the doors: they ask by themselves.
import { refresh } from "./live.js";

/** Papers are counted on the screen without a message for each one: the screen asks every few seconds. */
for (const screen of document.querySelectorAll("[data-screen]")) {
  const wait = Number(screen.dataset.every || 5) * 1000;
  setInterval(() => refresh(screen).catch(() => {}), wait);
}
