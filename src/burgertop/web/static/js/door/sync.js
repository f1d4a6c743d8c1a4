// Bringing scans to the server by itself: every scan stays here until the server says that it has it.
const SLICE = 50;
const BEAT_SECONDS = 15;
const LONGEST_SECONDS = 30;
const PATIENCE_MILLISECONDS = 12_000;

const jitter = (seconds) => seconds * 1000 * (0.6 + 0.8 * Math.random());

async function ask(address, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MILLISECONDS);
  try {
    return await fetch(address, { ...options, signal: stop.signal, cache: "no-store", redirect: "error" });
  } finally {
    clearTimeout(timer);
  }
}

export class Sync {
  /** `hear` gets each answer of the server, `tell` is called whenever the state has changed. */
  constructor({ store, scansUrl, listUrl, token, cursor, hear, tell }) {
    Object.assign(this, { store, scansUrl, listUrl, token, cursor, hear, tell });
    this.failures = 0;
    this.lostSince = null;
    this.state = "open";
    addEventListener("online", () => this.soon());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.soon());
  }

  get isLost() {
    return this.lostSince !== null;
  }

  /** Try now; while one attempt is under way another follows it. */
  soon() {
    if (this.busy) this.again = true;
    else this.run();
  }

  async run() {
    clearTimeout(this.timer);
    this.busy = true;
    try {
      do {
        this.again = false;
        await this.bring();
      } while (this.again);
      this.failures = 0;
      this.lostSince = null;
    } catch {
      this.failures += 1;
      this.lostSince ??= Date.now();
    }
    this.busy = false;
    await this.tell();
    const wait = this.failures ? Math.min(LONGEST_SECONDS, 2 ** Math.min(this.failures, 5)) : BEAT_SECONDS;
    this.timer = setTimeout(() => this.run(), jitter(wait));
  }

  async bring() {
    let waiting = await this.store.waiting();
    do {
      const slice = waiting.slice(0, SLICE);
      const told = await this.send(slice, waiting.length - slice.length);
      if (!told) return;
      const has = new Set([...told.taken.map((one) => one.id), ...told.unreadable]);
      const arrived = slice.filter((scan) => has.has(scan.id)).map((scan) => scan.id);
      await this.hear(told, slice);
      await this.store.arrived(arrived);
      this.cursor = told.cursor;
      waiting = await this.store.waiting();
      if (slice.length && !arrived.length) throw new Error("The server kept nothing.");
    } while (waiting.length);
  }

  async send(scans, more, isSecond = false) {
    const brought = scans.map(({ id, person, code, kind, how, at }) => ({ id, person, code, kind, how, at }));
    const body = JSON.stringify({ now: Date.now(), holds: more, cursor: this.cursor, scans: brought });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const answer = await ask(this.scansUrl, { method: "POST", headers, body });
    if (answer.status === 403 && !isSecond) return (await this.renew()) ? this.send(scans, more, true) : null;
    if (!answer.ok) throw new Error(`scans ${answer.status}`);
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
    if (!answer.ok) throw new Error(`asked ${answer.status}`);
    ({ csrf: this.token, state: this.state } = await answer.json());
    return true;
  }

  async fetchList() {
    const answer = await ask(this.listUrl);
    if (!answer.ok) throw new Error(`list ${answer.status}`);
    const list = await answer.json();
    this.token = list.csrf;
    return list;
  }
}
