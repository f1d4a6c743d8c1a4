// Bringing the changes of a table to the server by itself: each stays here until the server has answered it by its key.
// Photos go after the cards, never before.
import { ask, Beat, failed } from "../offline/beat.js";

const SLICE = 200;
const PHOTO_PATIENCE = 60_000;

export class Sync extends Beat {
  constructor({ store, table, syncUrl, photoUrl, token, hear, tell }) {
    super(`burgertop-table ${table}`, () => this.bringAll(), tell);
    Object.assign(this, { store, syncUrl, photoUrl, token, hear });
    this.state = "open";
  }

  async bringAll() {
    let waiting = await this.store.changes();
    do {
      const slice = waiting.slice(0, SLICE);
      const told = await this.bringSlice(slice, waiting.length - slice.length);
      if (!told) return;
      waiting = await this.store.changes();
    } while (waiting.length);
    if (this.state === "open") await this.bringPhotos();
  }

  async bringSlice(slice, more) {
    const told = await this.send(slice, more);
    if (!told) return null;
    const { answers = [], unreadable = [], ...state } = told;
    const answered = new Map(answers.map((one) => [one.once, one]));
    for (const once of unreadable) answered.set(once, { once, outcome: "refused", code: "unreadable", said: "" });
    const arrived = slice.filter((change) => answered.has(change.once));
    const refused = arrived
      .filter((change) => answered.get(change.once).outcome === "refused")
      .map((change) => ({ ...change, ...answered.get(change.once) }));
    if (slice.length && !arrived.length) throw new Error("The server took nothing.");
    const orders = arrived.map((change) => change.order);
    const isTold = Boolean(state.cards); // others write for the table: this device hears of it no more
    await this.store.arrived(orders, refused, isTold ? state : null).catch((error) => {
      if (refused.length) throw error; // their words are kept where they are
      return this.store.leave(orders);
    });
    if (isTold) await this.hear(state);
    return state;
  }

  async send(changes, more, isSecond = false) {
    const brought = changes.map(({ order, table, ...change }) => change);
    const body = JSON.stringify({ now: Date.now(), waiting: more, changes: brought });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    const answer = await ask(this.syncUrl, { method: "POST", headers, body });
    if (answer.status === 403 && !isSecond) return (await this.renew()) ? this.send(changes, more, true) : null;
    if (!answer.ok) throw failed("sync", answer);
    const told = await answer.json();
    this.state = told.state;
    if (told.csrf) this.token = told.csrf;
    return told.cards || told.answers ? told : null;
  }

  /** The token of the page was too old, or this is no device of the table any more. */
  async renew() {
    const answer = await ask(this.syncUrl);
    if (answer.status === 403 || answer.status === 404) {
      this.state = "ended";
      return false;
    }
    if (!answer.ok) throw failed("asked", answer);
    const told = await answer.json();
    this.state = told.state;
    this.token = told.csrf ?? this.token;
    return Boolean(told.cards) || told.state === "handed_on";
  }

  /** Bring one change that this device cannot keep, after what it keeps; the server's answer to it. */
  async bringAtOnce(change) {
    await this.bring();
    const { answers = [], unreadable = [], ...state } = (await this.send([change], 0)) ?? {};
    if (unreadable.length || !answers.length) throw new Error("The server took nothing.");
    if (state.cards) await this.hear(state);
    return answers[0];
  }

  async bringPhotos() {
    for (const photo of await this.store.photos()) {
      const said = await this.bringPhoto(photo);
      await this.store.photoArrived(photo.order, said);
      this.again ||= !said; // what the server has of photos is told with the next answer
      await this.tell();
    }
  }

  /** Bring a photo; returns the sentence with which it was refused. */
  async bringPhoto(photo) {
    const form = new FormData();
    form.append("id", photo.id);
    form.append("round", photo.round);
    form.append("photo", photo.blob, "photo");
    const headers = { "X-CSRFToken": this.token, Accept: "application/json" };
    const answer = await ask(this.photoUrl, { method: "POST", headers, body: form }, PHOTO_PATIENCE);
    if (answer.status >= 500 || answer.status === 403) throw failed("photo", answer);
    const told = await answer.json().catch(() => ({ said: `${answer.status}` }));
    return answer.ok ? "" : told.said;
  }
}
