// What a door keeps on its device (IndexedDB): the list of who is expected, and every scan until the server has it.
import { answer, finished, openBase } from "../offline/base.js";

const NAME = "burgertop-doors";

/** Open the store of one door; a scan is on the disk before `add` returns. */
export async function openStore(door) {
  const base = await openBase(NAME, 1, (made) => {
    made.createObjectStore("lists", { keyPath: "door" });
    made.createObjectStore("facts", { keyPath: "door" });
    made.createObjectStore("queue", { keyPath: "id" }).createIndex("door", "door");
  });
  return new Store(base, door);
}

class Store {
  constructor(base, door) {
    this.base = base;
    this.door = door;
  }

  write(...names) {
    return this.base.transaction(names, "readwrite", { durability: "strict" });
  }

  list() {
    return answer(this.base.transaction("lists").objectStore("lists").get(this.door));
  }

  async keepList(list) {
    const work = this.write("lists");
    work.objectStore("lists").put({ ...list, door: this.door });
    await finished(work);
  }

  async forgetList() {
    const work = this.write("lists");
    work.objectStore("lists").delete(this.door);
    await finished(work);
  }

  async add(scan) {
    const work = this.write("queue");
    work.objectStore("queue").add({ ...scan, door: this.door });
    await finished(work);
  }

  /** Every scan that the server does not have yet, in the order in which they were made. */
  async waiting() {
    const index = this.base.transaction("queue").objectStore("queue").index("door");
    const scans = await answer(index.getAll(this.door));
    return scans.sort((one, other) => one.order - other.order);
  }

  /** The server has these: count them and let them go, in one step. */
  async arrived(ids) {
    const work = this.write("queue", "facts");
    const facts = work.objectStore("facts");
    const queue = work.objectStore("queue");
    const known = (await answer(facts.get(this.door))) ?? { door: this.door, saved: 0 };
    facts.put({ ...known, saved: known.saved + ids.length });
    for (const id of ids) queue.delete(id);
    await finished(work);
  }

  /** The same on a device that is full: what the server has goes, and is not counted. */
  async leave(ids) {
    const work = this.write("queue");
    for (const id of ids) work.objectStore("queue").delete(id);
    await finished(work);
  }

  async saved() {
    const known = await answer(this.base.transaction("facts").objectStore("facts").get(this.door));
    return known?.saved ?? 0;
  }
}
