// Bringing scans to the server by itself: every scan stays here until the server says that it has it.
import { ask, Beat, failed } from "../offline/beat.js";

const SLICE = 50;
export class Sync extends Beat {
  /** `hear` gets each answer of the server, `tell` is called whenever the state has changed. */
  constructor({ store, scansUrl, listUrl, token, cursor, hear, tell }) {
    super(`burgertop-door ${store.door}`, () => this.bringScans(), tell);
    Object.assign(this, { store, scansUrl, listUrl, token, cursor, hear });
    this.state = "open";
  }

  async bringScans() {
    let waiting = await this.store.waiting();
    do {
      const slice = waiting.slice(0, SLICE);
      const told = await this.send(slice, waiting.length - slice.length);
      if (!told) return;
      const has = new Set([...told.taken.map((one) => one.id), ...told.unreadable]);
      const arrived = slice.filter((scan) => has.has(scan.id)).map((scan) => scan.id);
      await this.hear(told, slice);
      await this.store.arrived(arrived).catch(() => this.store.leave(arrived));
      this.cursor = told.cursor;
      waiting = await this.store.waiting();
      if (slice.length && !arrived.length) throw new Error("The server kept nothing.");
    } while (waiting.length);
  }

  /** Bring one scan that this device cannot keep, after what it keeps; whether the server has it. */
  async bringAtOnce(scan) {
    await this.bring();
    const told = await this.send([scan], 0);
    if (told?.state !== "open") return false;
    await this.hear(told, [scan]);
    this.cursor = told.cursor;
    return told.taken.some((one) => one.id === scan.id);
  }

  async send(scans, more, isSecond = false) {
    const brought = scans.map(({ id, person, code, kind, how, at }) => ({ id, person, code, kind, how, at }));
    const body = JSON.stringify({ now: Date.now(), holds: more, cursor: this.cursor, scans: brought });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const answer = await ask(this.scansUrl, { method: "POST", headers, body });
    if (answer.status === 403 && !isSecond) return (await this.renew()) ? this.send(scans, more, true) : null;
    if (!answer.ok) throw failed("scans", answer);
    const told = await answer.json();
    this.token = told.csrf;
    this.state = told.state;
    return told;
  }

  /** The token of the page was too old, or this is no device of the door any more. */
  async renew() {
    const answer = await ask(this.scansUrl);
    if (answer.status === 403 || answer.status === 404) {
      this.state = "unbound";
      return false;
    }
    if (!answer.ok) throw failed("asked", answer);
    ({ csrf: this.token, state: this.state } = await answer.json());
    return true;
  }

  async fetchList() {
    const answer = await ask(this.listUrl);
    if (!answer.ok) throw failed("list", answer);
    const list = await answer.json();
    this.token = list.csrf;
    return list;
  }
}
