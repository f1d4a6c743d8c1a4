// What this browser wrote for a table while it had its pen, and could not bring while it had it: it is brought from here.
import { showRefused } from "./refused.js";
import { openStore } from "./store.js";
import { Sync } from "./sync.js";
import { put, say } from "./words.js";

const STOPPED = { closed: "over", ended: "ended" };

class Left {
  constructor(root) {
    this.root = root;
    this.isBrought = false; // something waited here, and nothing of it was refused
  }

  async start() {
    const { left: table, sync: syncUrl, token } = this.root.dataset;
    this.store = await openStore(table);
    await this.tell();
    if (!this.waiting) return;
    this.isBrought = true;
    this.sync = new Sync({ store: this.store, table, syncUrl, token, hear: () => {}, tell: () => this.tell() });
    this.sync.run();
  }

  async tell() {
    const [changes, refused] = await Promise.all([this.store.changes(), this.store.refused()]);
    this.waiting = new Set(changes.map((one) => one.card ?? one.once)).size;
    this.isBrought &&= !refused.length;
    const sentence = this.waiting ? (STOPPED[this.sync?.state] ?? "left_waiting") : this.isBrought ? "left_brought" : "";
    const said = this.root.querySelector("[data-left-said]");
    said.hidden = !sentence;
    put(said, say(this.root, sentence, { count: this.waiting }));
    showRefused(this.root, refused);
    this.root.hidden = !sentence && !refused.length;
  }

  async seen(once) {
    await this.store.seen(once);
    await this.tell();
  }
}

if ("indexedDB" in self) {
  for (const root of document.querySelectorAll("[data-left]")) {
    const left = new Left(root);
    root.addEventListener("click", ({ target }) => target.closest("[data-do=seen]") && left.seen(target.closest("[data-refused]").dataset.refused));
    left.start().catch(() => {}); // a browser that keeps nothing has nothing to bring
  }
}
