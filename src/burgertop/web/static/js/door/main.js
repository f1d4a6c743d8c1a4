// The page of a door: who comes is checked in on this device at once, and brought to the server when there is a network.
import { watch } from "./camera.js";
import { canonical, DoorList, isCode } from "./list.js";
import { ready, sound } from "./sound.js";
import { forgetPage, keepPage } from "../offline/keep.js";
import { openStore } from "./store.js";
import { Sync } from "./sync.js";

const MINUTE = 60_000;
const MOST_LATE = 6;
const language = document.documentElement.lang || "en";
const root = document.querySelector("[data-door]");
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: root?.dataset.zone });
const time = (moment) => clock.format(new Date(moment));

class Page {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("[data-find]");
    this.field = this.form?.elements.typed;
    this.result = root.querySelector("[data-result]");
    this.found = root.querySelector("[data-found]");
    this.order = Date.now();
  }

  /** A sentence of the page with its values; `name.none`, `name.one` and `name.other` are chosen by `count` in every language. */
  say(name, values = {}) {
    const many = values.count === undefined ? name : `${name}.${["none", "one"][values.count] ?? "other"}`;
    const words = this.root.querySelector(`[data-word="${many}"]`)?.textContent ?? "";
    return words.replace(/\{(\w+)\}/g, (_all, key) => String(values[key] ?? ""));
  }

  async start() {
    this.store = await openStore(this.root.dataset.door);
    const { scans, list, token } = this.root.dataset;
    this.sync = new Sync({ store: this.store, scansUrl: scans, listUrl: list, token, cursor: 0, hear: (told, sent) => this.hear(told, sent), tell: () => this.tell() });
    this.sync.state = this.root.dataset.state;
    if (!this.form) return this.bringRest();
    const kept = await this.store.list();
    if (kept && kept.until > Date.now()) await this.take(kept);
    else await this.getList();
    this.form.addEventListener("submit", (event) => this.typed(event));
    this.found.addEventListener("click", (event) => this.chosen(event));
    this.result.addEventListener("click", (event) => event.target.closest("[data-undo]") && this.undo());
    for (const one of this.root.querySelectorAll("[data-with-script]")) one.hidden = false;
    document.addEventListener("pointerdown", ready, { once: true });
    document.addEventListener("keydown", ready, { once: true });
    this.root.querySelector("[data-camera-start]").addEventListener("click", () => this.camera());
    setInterval(() => this.look(), MINUTE / 2);
    navigator.storage?.persist?.();
    this.root.dataset.ready = "list";
    this.sync.run();
    await this.keepPage();
  }

  /** A device of the door no longer: it forgets the list and brings what it still holds. */
  async bringRest() {
    await this.forget();
    this.root.querySelector("[data-line]").hidden = false;
    this.root.querySelector("[data-ready-line]").hidden = true;
    this.sync.run();
  }

  async getList() {
    const fresh = await this.sync.fetchList();
    await this.take({ ...fresh, at: Date.now() });
    await this.keepList();
  }

  /** A device that is full goes on with the list it has in mind. */
  keepList() {
    return this.store.keepList(this.list.kept).catch(() => null);
  }

  /** Work with a list from now on; what waits here was checked in as well. */
  async take(kept) {
    this.list = new DoorList(kept);
    this.sync.cursor = kept.cursor;
    for (const scan of await this.store.waiting()) this.mark(this.list.person(scan.person), scan);
  }

  mark(person, { kind, at }) {
    if (!person) return;
    if (kind === "in") person.since ??= at;
    else person.since = null;
    person.door = this.root.dataset.name;
  }

  async keepPage() {
    const line = this.root.querySelector("[data-ready-line]");
    const { isReady, isKept } = await keepPage(this.root.dataset.worker, this.root.dataset.page, this.root.dataset.keep.trim().split(" "));
    if (isReady) this.root.dataset.ready = "page";
    const name = isKept ? "ready" : "not_ready";
    line.textContent = this.say(name, { count: this.list.people.length, time: time(this.list.kept.at) });
  }

  // What comes in --------------------------------------------------------------------

  async typed(event) {
    event.preventDefault();
    const typed = this.field.value;
    this.field.value = "";
    this.field.focus();
    const code = canonical(typed);
    if (isCode(code)) await this.code(code, "code");
    else this.show(this.list.named(typed), typed.trim());
  }

  async code(text, how) {
    const code = canonical(text);
    this.found.replaceChildren();
    if (!isCode(code)) return this.answer("stop", "no_badge");
    const wearer = await this.list.wearer(code);
    if (wearer?.isGood) return this.check(wearer.person, how, code);
    const scan = await this.add({ person: "", code, kind: this.kind(), how });
    if (!scan) return this.answer("stop", "not_kept");
    return this.answer("stop", wearer ? "replaced" : "unknown");
  }

  kind() {
    return this.form.elements.kind?.value === "out" ? "out" : "in";
  }

  show(people, typed) {
    const shape = this.root.querySelector("template[data-guest]");
    const rows = people.map((person) => {
      const row = shape.content.cloneNode(true);
      const button = row.querySelector("button");
      button.dataset.person = person.id;
      row.querySelector("[data-name]").textContent = `${person.given} ${person.family}`.trim();
      const table = this.table(person);
      const since = person.since ? this.say("since", { time: time(person.since), door: person.door }) : "";
      row.querySelector("[data-more]").textContent = [table, since].filter(Boolean).join(" · ");
      return row;
    });
    this.result.replaceChildren();
    this.found.replaceChildren(...rows);
    if (!people.length && typed) this.answer("stop", "not_listed");
    else if (people.length) this.result.textContent = this.say("found", { count: people.length });
  }

  async chosen(event) {
    const button = event.target.closest("button[data-person]");
    if (!button) return;
    await this.check(this.list.person(button.dataset.person), "name", "");
    this.found.replaceChildren();
    this.field.focus();
  }

  /** The scan is on this device's disk before anybody is welcomed. */
  async check(person, how, code) {
    const kind = this.kind();
    const { since, door } = person;
    const values = { name: `${person.given} ${person.family}`.trim(), time: since ? time(since) : "", door, photos: person.photos };
    const scan = await this.add({ person: person.id, code, kind, how });
    if (!scan) return this.answer("stop", kind === "in" ? "not_in" : "not_out", values);
    this.mark(person, scan);
    this.last = kind === "in" && !since ? person : null;
    if (kind === "out") this.answer("ok", "goodbye", values);
    else if (!since) this.welcome(person, values);
    else this.answer("wait", door === this.root.dataset.name ? "again" : "clash", values);
  }

  welcome(person, values) {
    const table = this.table(person);
    this.answer(table ? "ok" : "wait", table ? "welcome" : "no_table", { ...values, table });
  }

  table(person) {
    const rounds = Object.keys(person.tables).sort((one, other) => one - other);
    return rounds.map((round) => this.say("table", { table: person.tables[round], round })).join(" · ");
  }

  async undo() {
    const person = this.last;
    if (!person) return;
    const scan = await this.add({ person: person.id, code: "", kind: "undo", how: "name" });
    if (!scan) return this.answer("stop", "not_kept");
    this.last = null;
    this.mark(person, scan);
    this.answer("wait", "undone", { name: `${person.given} ${person.family}`.trim() });
    this.field.focus();
  }

  /** Keep a scan on this device; when that is full, at the server; nothing when it is nowhere. */
  async add(scan) {
    this.order = Math.max(this.order + 1, Date.now());
    const whole = { ...scan, id: crypto.randomUUID(), at: Date.now(), order: this.order };
    try {
      await this.store.add(whole);
    } catch {
      const isTaken = await this.sync.bringAtOnce(whole).catch(() => false);
      return isTaken ? whole : null;
    }
    await this.tell();
    this.sync.soon();
    return whole;
  }

  /** Sign, words and sound: no one of them alone. */
  answer(sign, word, values = {}) {
    const shape = this.root.querySelector(`template[data-shape="${sign}"]`);
    const notice = shape.content.cloneNode(true);
    notice.querySelector("[data-said]").textContent = this.say(word, values);
    const more = notice.querySelector("[data-said-more]");
    if (more) more.textContent = word === "welcome" ? values.table : "";
    notice.querySelector("[data-no-photos]")?.toggleAttribute("hidden", !["welcome", "no_table"].includes(word) || values.photos !== false);
    notice.querySelector("[data-undo]")?.toggleAttribute("hidden", !this.last);
    this.result.replaceChildren(notice);
    sound(sign);
  }

  async camera() {
    const video = this.root.querySelector("[data-camera]");
    const button = this.root.querySelector("[data-camera-start]");
    if (this.stopCamera) {
      this.stopCamera();
      this.stopCamera = null;
      video.hidden = true;
      button.setAttribute("aria-pressed", "false");
      return;
    }
    try {
      video.hidden = false;
      this.stopCamera = await watch(video, this.root.dataset.decoder, (text) => this.code(text, "square"));
      button.setAttribute("aria-pressed", "true");
    } catch {
      video.hidden = true;
      this.answer("wait", "no_camera");
    }
  }

  // What goes out and what comes back ---------------------------------------------------

  async hear(told, sent) {
    for (const one of told.taken) {
      const scan = sent.find((each) => each.id === one.id);
      if (["clash", "replaced", "unknown", "shut_out"].includes(one.outcome)) this.late(one, scan);
    }
    if (told.state !== "open") return this.forget();
    for (const moved of told.moved) {
      const person = this.list?.person(moved.id);
      if (person) [person.since, person.door] = [moved.since, moved.door];
    }
    for (const scan of await this.store.waiting()) {
      if (!sent.some((one) => one.id === scan.id)) this.mark(this.list?.person(scan.person), scan);
    }
    if (!this.list) return;
    Object.assign(this.list.kept, { cursor: told.cursor, until: told.until });
    if (told.version !== this.list.kept.version) await this.getList();
    else if (told.moved.length) await this.keepList();
  }

  late({ outcome, person }, scan) {
    const row = document.createElement("li");
    const known = this.list?.person(person);
    const name = known ? `${known.given} ${known.family}`.trim() : scan.code;
    row.textContent = this.say(`late_${outcome}`, { name, time: time(scan.at) });
    const list = this.root.querySelector("[data-late]");
    list.prepend(row);
    list.hidden = false;
    while (list.children.length > MOST_LATE) list.lastChild.remove();
  }

  async forget() {
    await this.store.forgetList();
    this.list = new DoorList({ people: [], salt: "", version: "", cursor: 0, at: Date.now() });
    if (this.form) this.form.hidden = true;
    this.found.replaceChildren();
    forgetPage();
  }

  async look() {
    if (this.list?.kept.until && this.list.kept.until < Date.now()) await this.forget();
    await this.tell();
  }

  /** The line that is always there: is there a network, and what waits on this device. */
  async tell() {
    const line = this.root.querySelector("[data-line]");
    const count = (await this.store.waiting()).length;
    const { state, isLost, isRefused, lostSince } = this.sync;
    let [sign, words] = ["ok", this.say("saved", { count: await this.store.saved() })];
    if (state !== "open") [sign, words] = ["stop", `${this.say(`state_${state}`)} ${this.say("kept", { count })}`];
    else if (isLost) [sign, words] = ["wait", `${this.say(isRefused ? "still" : "lost", { time: time(lostSince) })} ${this.say("kept", { count })}`];
    else if (count) [sign, words] = ["wait", this.say("on_the_way", { count })];
    line.dataset.sign = sign;
    line.dataset.waiting = String(count);
    for (const icon of line.querySelectorAll("[data-sign]")) icon.hidden = icon.dataset.sign !== sign;
    const said = line.querySelector("[data-line-text]");
    if (said.textContent !== words) said.textContent = words;
  }
}

const canKeep = self.isSecureContext && "indexedDB" in self && "serviceWorker" in navigator && "crypto" in self;
if (root && canKeep) {
  new Page(root).start().catch(() => {
    root.dataset.ready = "no"; // the form works by the network alone
  });
}
