// What a table keeps on its device (IndexedDB): what was told last, every change and photo until the server has it, and
// what is being typed. A change is on the disk before `add` returns.
import { answer, finished, openBase } from "../offline/base.js";

const NAME = "burgertop-tables";

export async function openStore(table) {
  const base = await openBase(NAME, 1, (made) => {
    made.createObjectStore("tables", { keyPath: "table" });
    for (const name of ["changes", "photos"]) {
      made.createObjectStore(name, { keyPath: "order", autoIncrement: true }).createIndex("table", "table");
    }
    made.createObjectStore("refused", { keyPath: "once" }).createIndex("table", "table");
  });
  return new Store(base, table);
}

class Store {
  constructor(base, table) {
    this.base = base;
    this.table = table;
    this.tab = ""; // whose typing this is: typing.js gives each tab its own key
  }

  write(...names) {
    return this.base.transaction(names, "readwrite", { durability: "strict" });
  }

  all(name) {
    return answer(this.base.transaction(name).objectStore(name).index("table").getAll(this.table));
  }

  async kept() {
    return (await answer(this.base.transaction("tables").objectStore("tables").get(this.table))) ?? { table: this.table };
  }

  /** Change what is kept of the table; `change` makes the new from what was kept before. */
  async keep(change, work = this.write("tables")) {
    const tables = work.objectStore("tables");
    const before = (await answer(tables.get(this.table))) ?? { table: this.table };
    tables.put(change(before));
    await finished(work);
  }

  /** Keep what this tab has in its form; none: nothing. */
  keepTyping(typing, work) {
    const mine = typing && { [this.tab]: { ...typing, at: Date.now() } };
    return this.keep(({ typings, ...before }) => {
      const { [this.tab]: _last, ...others } = typings ?? {};
      return { ...before, typings: { ...others, ...mine } };
    }, work);
  }

  /** Take over what the first of these tabs that has something had in its form. */
  async takeTyping(tabs) {
    let taken = null;
    await this.keep(({ typings = {}, ...before }) => {
      const from = tabs.find((tab) => typings[tab]);
      if (!from) return { ...before, typings };
      const { [from]: typing, ...others } = typings;
      taken = typing;
      return { ...before, typings: { ...others, [this.tab]: typing } };
    });
    return taken;
  }

  /** Add a change; with it what was typed is forgotten, unless it is typed on. */
  async add(change, { isTypedOn = false } = {}) {
    const work = this.write("changes", "tables");
    work.objectStore("changes").add({ ...change, table: this.table });
    if (isTypedOn) await finished(work);
    else await this.keepTyping(null, work);
  }

  changes() {
    return this.all("changes");
  }

  /** The server has answered these: they go, those that it refused are shown, and what it told, if anything, is kept, in one step. */
  async arrived(orders, refused, told) {
    const work = this.write("changes", "refused", "tables");
    for (const order of orders) work.objectStore("changes").delete(order);
    for (const one of refused) work.objectStore("refused").put({ ...one, table: this.table });
    await this.keep((before) => ({ ...before, told: told ?? before.told }), work);
  }

  /** The same on a device that is full: nothing is put, what was taken goes. */
  async leave(orders) {
    const work = this.write("changes");
    for (const order of orders) work.objectStore("changes").delete(order);
    await finished(work);
  }

  /** Forget what was told last and what is being typed: a device that is full may still be asked to forget. */
  async forget() {
    const work = this.write("tables");
    work.objectStore("tables").delete(this.table);
    await finished(work);
  }

  refused() {
    return this.all("refused");
  }

  async seen(once) {
    const work = this.write("refused");
    work.objectStore("refused").delete(once);
    await finished(work);
  }

  async addPhoto(photo) {
    const work = this.write("photos");
    work.objectStore("photos").add({ ...photo, table: this.table });
    await finished(work);
  }

  photos() {
    return this.all("photos");
  }

  async photoArrived(order, said) {
    const work = this.write("photos", "refused");
    work.objectStore("photos").delete(order);
    if (said) work.objectStore("refused").put({ once: crypto.randomUUID(), said, kind: "photo", table: this.table });
    await finished(work);
  }
}
