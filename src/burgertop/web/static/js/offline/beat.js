// Trying until it works: at once when something is new, in a steady beat, and more slowly while the server cannot be reached.
const BEAT_SECONDS = 15;
const LONGEST_SECONDS = 30;
const PATIENCE_MILLISECONDS = 12_000;

const jitter = (seconds) => seconds * 1000 * (0.6 + 0.8 * Math.random());

/** Ask the server, but not for ever. */
export async function ask(address, options = {}, patience = PATIENCE_MILLISECONDS) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    return await fetch(address, { ...options, signal: stop.signal, cache: "no-store", redirect: "error" });
  } finally {
    clearTimeout(timer);
  }
}

/** What to throw when the server answered that it cannot: 503 says that it takes nothing for the moment. */
export const failed = (what, answer) => Object.assign(new Error(`${what} ${answer.status}`), { status: answer.status });

export class Beat {
  /**
   * `bring` does the work and fails when it cannot; `tell` is called whenever the state has changed. Of several tabs of
   * one device, which have the same `name`, one brings at a time.
   */
  constructor(name, bring, tell) {
    this.bring = () => (navigator.locks ? navigator.locks.request(name, bring) : bring());
    this.tell = tell;
    this.failures = 0;
    this.lostSince = null;
    this.isRefused = false;
    addEventListener("online", () => this.soon());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.soon());
  }

  get isLost() {
    return this.lostSince !== null;
  }

  /** Try now; while one attempt is under way another follows it, however it ends. */
  soon() {
    if (this.busy) this.again = true;
    else this.run();
  }

  async run() {
    clearTimeout(this.timer);
    this.busy = true;
    do {
      this.again = false;
      await this.attempt();
    } while (this.again);
    this.busy = false;
    await this.tell();
    const wait = this.failures ? Math.min(LONGEST_SECONDS, 2 ** Math.min(this.failures, 5)) : BEAT_SECONDS;
    this.timer = setTimeout(() => this.run(), jitter(wait));
  }

  async attempt() {
    try {
      await this.bring();
      this.failures = 0;
      this.lostSince = null;
      this.isRefused = false;
      document.querySelector("[data-frozen]")?.remove(); // the server writes again
    } catch (error) {
      this.isRefused = error.status === 503;
      this.failures += 1;
      this.lostSince ??= Date.now();
    }
  }
}
