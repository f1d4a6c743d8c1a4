// The page of a table: what is written is on this device at once, and brought to the hall when there is a network.
// Without this module the page works by its forms.
import { keepAgain, keepPage } from "../offline/keep.js";
import { cardsOf, countsOf } from "./cards.js";
import { showLine } from "./line.js";
import { List } from "./list.js";
import { keepPhotos } from "./photo.js";
import { showRefused } from "./refused.js";
import { openStore } from "./store.js";
import { Sync } from "./sync.js";
import { Typing } from "./typing.js";
import { Unkept } from "./unkept.js";
import { put, say, warn } from "./words.js";

const NEWS = ["card", "round", "device", "photo"];
const root = document.querySelector("[data-table]");

/** From now on this module writes here, and not what live.js fetches; what it has under way goes nowhere. */
function takeOver(place) {
  const own = place.cloneNode(false);
  own.removeAttribute("data-fragment");
  own.append(...place.childNodes);
  place.replaceWith(own);
}

class Page {
  constructor(root) {
    this.root = root;
    this.unkept = new Unkept(root);
    this.list = new List(root);
    this.editing = null;
  }

  get form() {
    return this.root.querySelector("form[data-card-form]");
  }

  async start() {
    const { table, sync, photoUrl, token } = this.root.dataset;
    this.store = await openStore(table);
    this.sync = new Sync({ store: this.store, table, syncUrl: sync, photoUrl, token, hear: (told) => this.heard(told), tell: () => this.tell() });
    this.typing = new Typing(this.store, () => this.typed(), () => this.unkept.says("full"));
    await this.typing.open();
    this.told = (await this.store.kept()).told;
    for (const place of this.root.querySelectorAll("[data-form-place], [data-cards-place]")) takeOver(place);
    this.listen();
    await this.bringBackTyping();
    this.root.dataset.ready = "store";
    await this.tell();
    this.sync.run();
    navigator.storage?.persist?.();
    await this.keep();
  }

  listen() {
    this.root.addEventListener("submit", (event) => this.submitted(event));
    this.root.addEventListener("click", (event) => this.pressed(event));
    this.root.addEventListener("change", (event) => this.changed(event));
    this.root.addEventListener("input", () => {
      if (!this.form) return;
      this.begin();
      this.typing.soon();
    });
    document.addEventListener("house:news", ({ detail }) => {
      if (!detail || (NEWS.includes(detail.body?.kind) && !this.isOurs(detail.body))) this.sync.soon();
    });
    document.addEventListener("house:refreshed", () => this.tell());
    if ("BroadcastChannel" in self) {
      this.channel = new BroadcastChannel(`burgertop-table ${this.root.dataset.table}`);
      this.channel.addEventListener("message", ({ data }) => {
        this.again();
        if (data === "brought" && this.sync.isLost) this.sync.soon(); // another tab has reached the server
      });
    }
  }

  /** Whether this device did it, and has its answer or asks again by the key. */
  isOurs({ device }) {
    return device !== undefined && device === this.told?.device?.number;
  }

  async keep() {
    try {
      const { isReady, isKept } = await keepPage(this.root.dataset.worker, this.root.dataset.page);
      if (isReady) this.root.dataset.ready = "page";
      if (!isKept) throw new Error("not kept");
    } catch {
      if (!this.unkept.is) warn(this.root.querySelector("[data-kept]"), say(this.root, "not_kept"));
    }
  }

  // What is written ---------------------------------------------------------------------

  submitted(event) {
    if (event.target.matches("form[data-card-form]")) {
      event.preventDefault();
      this.write();
    } else if (event.target.matches("[data-pick-form]")) {
      event.preventDefault();
      this.read();
    } else if (event.target.closest("[data-cards], [data-read-back]")) event.preventDefault();
  }

  words() {
    const { text, reasons, support, is_dissent: isDissent, language } = this.form.elements;
    const count = support.value.trim();
    const people = /^\d{1,2}$/.test(count) ? Number(count) : null;
    return { text: text.value.trim(), reasons: reasons.value.trim(), language: language.value, support: people, is_dissent: isDissent.checked };
  }

  /** Keep what stands in the form; it is on the disk before the form is emptied. */
  async write() {
    const words = this.words();
    const { text, reasons } = this.form.elements;
    if (!words.text || text.value.length > text.maxLength || reasons.value.length > reasons.maxLength) {
      put(this.said(), say(this.root, words.text ? "too_long" : "empty"));
      text.focus();
      return false;
    }
    const { id = this.form.elements.card.value, head = null, round = this.form.elements.round.value } = this.editing ?? {};
    const isKept = await this.add({ kind: "write", card: id, base: head, round, ...words });
    if (!isKept) return false;
    this.empty();
    this.form.elements.text.focus();
    return true;
  }

  /** One change more, on the disk of this device; when that cannot take it, at the hall. */
  async add(change, options = {}) {
    const whole = { once: crypto.randomUUID(), at: Date.now(), ...change };
    try {
      await this.store.add(whole, options);
      if (this.unkept.is) this.unkept.says("");
    } catch {
      this.unkept.says("full");
      return this.bringAtOnce(whole, options);
    }
    await this.again();
    this.channel?.postMessage("changed");
    this.sync.soon();
    return true;
  }

  async bringAtOnce(change, { isTypedOn = false }) {
    try {
      const { outcome, said } = await this.sync.bringAtOnce(change);
      if (outcome === "refused") put(this.said(), document.createTextNode(said));
      else if (!isTypedOn) await this.store.forget(); // what was being typed is kept no more
      return outcome !== "refused";
    } catch {
      this.unkept.failed(isTypedOn ? this.root.querySelector("[data-said]") : this.said());
      this.sync.soon(); // the line says whether the hall can be reached
      return false;
    } finally {
      await this.tell();
    }
  }

  empty() {
    const { elements } = this.form;
    this.editing = null;
    for (const name of ["text", "reasons", "support"]) elements[name].value = "";
    elements.is_dissent.checked = false;
    this.freshKeys();
    this.form.querySelector("[data-do=leave]").hidden = true;
    this.said().hidden = true;
    elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    if (this.isStale) this.renew();
  }

  said() {
    const place = this.form?.querySelector("[data-form-said]") ?? this.root.querySelector("[data-said]");
    if (place) place.hidden = false;
    return place;
  }

  /** What is being typed, so that a page that was closed comes back with it. */
  typed() {
    const words = this.form && this.words();
    if (!words || (!words.text && !words.reasons)) return null;
    const { card, round } = this.form.elements;
    return { ...words, card: card.value, round: round.value, editing: this.editing };
  }

  async bringBackTyping() {
    this.freshKeys();
    const typing = this.form && (await this.typing.takeOver().catch(() => this.unkept.says("full")));
    if (!typing) return;
    this.isBegun = true;
    this.fill(typing);
    this.editing = typing.editing;
    this.form.elements.card.value = typing.card;
    this.form.elements.round.value = typing.round;
    this.form.querySelector("[data-do=leave]").hidden = !typing.editing;
  }

  /** A form may come from what this device keeps, more than once: each time it is of another card. */
  freshKeys() {
    if (!this.form) return;
    this.form.elements.card.value = crypto.randomUUID();
    this.form.elements.once.value = crypto.randomUUID();
  }

  fill(card) {
    const { elements } = this.form;
    elements.text.value = card.text;
    elements.reasons.value = card.reasons;
    elements.support.value = card.support ?? "";
    elements.is_dissent.checked = card.is_dissent;
    for (const one of this.form.querySelectorAll("[name=language]")) one.checked = one.value === card.language;
    const details = this.form.querySelector("details");
    details.open ||= Boolean(card.reasons || card.is_dissent || card.support !== null);
    elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What is pressed ---------------------------------------------------------------------

  pressed(event) {
    const button = event.target.closest("[data-do]");
    const act = button && this[`on_${button.dataset.do}`];
    if (!act) return;
    const slip = button.closest("[data-card]");
    const card = slip && this.cards.find((one) => one.id === slip.dataset.card);
    if (slip && !card) return; // not told of it yet: the form of the card does it
    event.preventDefault();
    const other = card?.beside.find((one) => one.once === button.closest("[data-other]")?.dataset.other);
    act.call(this, card, other, button);
  }

  async on_edit(card) {
    if (!this.form) return;
    if (this.words().text && !this.editing && !(await this.write())) return; // what was begun is kept first
    this.editing = { id: card.id, head: card.head, round: card.round };
    this.fill(card);
    this.form.querySelector("[data-do=leave]").hidden = false;
    this.form.elements.text.focus();
  }

  async on_leave() {
    this.empty();
    await this.store.keepTyping(null).catch(() => this.unkept.says("full"));
  }

  on_withdraw(card) {
    this.add({ kind: "withdraw", card: card.id, base: card.head }, { isTypedOn: true });
  }

  on_call_back(card) {
    this.add({ kind: "call_back", card: card.id }, { isTypedOn: true });
  }

  on_settle(card, other) {
    this.add({ kind: "settle", card: card.id, settles: [other.once] }, { isTypedOn: true });
  }

  on_choose(card, other) {
    const { once, ...words } = other;
    this.add({ kind: "write", card: card.id, base: card.head, round: card.round, settles: [once], ...words }, { isTypedOn: true });
  }

  on_read() {
    this.read();
  }

  on_seen(_card, _other, button) {
    this.store.seen(button.closest("[data-refused]").dataset.refused).then(() => this.again());
  }

  /** The cards that were picked, large, to be read aloud; nothing is sent yet. */
  read() {
    const picked = this.cards.filter((card) => this.list.picked.has(card.id)).reverse();
    const { free } = countsOf(this.told, this.changes);
    const place = this.root.querySelector("[data-said]");
    if (!picked.length) return put(place, say(this.root, "nothing_picked"));
    if (picked.length > free) return put(place, say(this.root, "too_many", { free }));
    put(place, new DocumentFragment());
    this.reading = picked.map((card) => ({ card: card.id, base: card.head }));
    this.list.aloud(picked);
    this.isReading(true);
  }

  isReading(isSo) {
    this.root.querySelector("[data-read-back]").hidden = !isSo;
    for (const one of this.root.querySelectorAll(":scope > [data-column]")) one.hidden = isSo;
    if (isSo) this.root.querySelector("[data-read-head]").focus();
  }

  async on_send() {
    const picked = this.reading;
    this.isReading(false);
    if (await this.add({ kind: "send", picked }, { isTypedOn: true })) this.list.picked.clear();
    this.root.querySelector("[data-line]")?.scrollIntoView({ block: "nearest" });
    await this.again();
  }

  on_back() {
    this.isReading(false);
  }

  async changed({ target }) {
    if (target.matches("[data-pick]")) {
      if (target.checked) this.list.picked.add(target.value);
      else this.list.picked.delete(target.value);
    } else if (target.matches("[data-photo-file]")) await this.photos(target);
  }

  async photos(field) {
    const round = this.told?.round?.id ?? this.root.dataset.round;
    const { word, said = "" } = await keepPhotos(field.files, round, this.store, this.sync);
    put(this.root.querySelector("[data-photo-said]"), word ? say(this.root, word) : document.createTextNode(said));
    if (word || said) return;
    field.value = "";
    await this.again();
    this.sync.soon();
  }

  // What is shown -----------------------------------------------------------------------

  async heard(told) {
    this.told = told;
    this.channel?.postMessage("brought");
    const { round, device, devices } = this.told;
    const known = JSON.stringify([round?.id ?? "", Boolean(round?.is_open), device.sends, devices.map((one) => [one.number, one.sends])]);
    const isFirst = this.known === undefined && this.root.dataset.round === (round?.id ?? "") && Boolean(this.root.dataset.open) === Boolean(round?.is_open);
    if (this.known !== known && !isFirst) await this.renew();
    this.known = known;
  }

  /** The round or the devices are others now: the server writes the form and the list anew; words in the form stay. */
  async renew() {
    for (const part of ["cards", "form"]) {
      const answer = await fetch(`${this.root.dataset.page}?part=${part}`, { headers: { "HX-Request": "true" } });
      if (!answer.ok) return;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (part === "form") this.isStale = this.hasWords(); // looked at last: somebody may have typed meanwhile
      if (part === "form" && this.isStale) continue;
      this.root.querySelector(`[data-${part}-place]`).replaceChildren(...parsed.body.childNodes);
      if (part === "form") this.freshKeys();
    }
    if (this.isStale && !this.told?.round?.is_open) put(this.said(), say(this.root, "closed_while"));
    if (!this.isStale) this.editing = null;
    keepAgain(this.root.dataset.page);
  }

  hasWords() {
    const words = this.form && this.words();
    return Boolean(words?.text || words?.reasons);
  }

  /** A card belongs to the round whose question stood on the page when it was begun, however old the form is. */
  begin() {
    if (!this.hasWords()) this.isBegun = false;
    else if (!this.isBegun) {
      this.isBegun = true;
      const shown = document.querySelector("[data-round-shown]")?.dataset.roundShown;
      if (shown && !this.editing) this.form.elements.round.value = shown;
    }
  }

  async again() {
    const { told } = await this.store.kept();
    if ((told?.now ?? 0) >= (this.told?.now ?? 0)) this.told = told; // a device that is full keeps what it was told earlier
    await this.tell();
  }

  async tell() {
    for (const one of document.querySelectorAll("[data-without-script]")) one.hidden = true;
    const [changes, photos, refused] = await Promise.all([this.store.changes(), this.store.photos(), this.store.refused()]);
    this.changes = changes;
    this.cards = cardsOf(this.told, changes);
    const isOpen = Boolean(this.told?.round?.is_open) && this.sync.state === "open";
    // until the server has told, what it wrote into the page stands
    if (this.told) this.list.show(this.cards, { mayWrite: isOpen, maySend: Boolean(this.told.device?.sends) });
    showLine(this.root, this.sync, this.told, countsOf(this.told, changes), { changes: changes.length, photos: photos.length });
    showRefused(this.root, refused);
    const isDone = this.sync.state === "handed_on" && !changes.length && !refused.length && !this.hasWords();
    if (isDone) location.reload(); // from now on this page only shows the table
  }
}

const canKeep = self.isSecureContext && "indexedDB" in self && "serviceWorker" in navigator && "crypto" in self;
if (root) {
  const page = new Page(root);
  const failed = () => {
    root.dataset.ready = "no"; // the forms work by the network alone
    page.unkept.guard("no_store");
  };
  if (canKeep) page.start().catch(failed);
  else failed();
}
