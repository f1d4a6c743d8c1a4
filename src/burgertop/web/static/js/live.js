// Live pages. An element with data-live="/live/..." listens to a stream of events; when
// streams fail it asks every few seconds instead. On news each element with
// data-fragment="url" is fetched anew; data-on="round job" limits it to topics that begin so.
// The server says with each message over how long those who listen should spread their fetches: a few listen, and it is
// at once. data-spread="8" takes 8 seconds always; data-spread-return="8" when there is no message: after coming back.
//
//   <main data-live="/live/abc/" data-live-state="on">
//     <div data-fragment="/nl/.../_tables/" data-on="round"> ... </div>
//
// While the connection is lost the element has data-live-state="lost"; .live-lost shows then.
//
// When the server restarts, everybody comes back at another moment of a window that the server names
// by how many there are. A stream on which even the sign of life is missing is opened anew.
const POLL_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 60;
const SILENCE_SECONDS = 45;
const QUICK_TRIES = 6;

const seconds = (count) => new Promise((done) => setTimeout(done, count * 1000));
const jitter = (base) => base * (0.5 + Math.random());

const isTypedIn = (fragment) => fragment.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

/** By what a place of a fragment is found again when the fragment was written anew. */
function markOf(place) {
  if (place.id) return `#${CSS.escape(place.id)}`;
  if (place.matches("details[id] > summary")) return `${markOf(place.parentElement)} > summary`;
  if (place.matches("a[href]")) return `a[href="${CSS.escape(place.getAttribute("href"))}"]`;
  const action = place.form?.getAttribute("action");
  return action ? `form[action="${CSS.escape(action)}"] ${place.localName}` : "";
}

/** Put new content into a fragment: who stands on something in it stands there again, what is open stays so, and what is read does not jump. */
function replace(fragment, content) {
  const stood = fragment.contains(document.activeElement) ? markOf(document.activeElement) : "";
  const head = [...fragment.querySelectorAll("h2[id]")].findLast((one) => one.getBoundingClientRect().top < 0);
  const top = head?.getBoundingClientRect().top;
  const open = [...fragment.querySelectorAll("details[open][id]")].map((one) => one.id);
  fragment.replaceChildren(...content);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (stood) fragment.querySelector(stood)?.focus({ preventScroll: true });
  const again = head && document.getElementById(head.id);
  if (again) scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
}

/** Replace the content of one fragment, unless somebody types in it. */
export async function refresh(fragment) {
  if (isTypedIn(fragment)) {
    fragment.dataset.late = "yes";
    return;
  }
  const answer = await fetch(fragment.dataset.fragment, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error(`fragment ${answer.status}`);
  const html = await answer.text();
  if (html === fragment.dataset.seen) return;
  if (isTypedIn(fragment)) {
    fragment.dataset.late = "yes"; // somebody began to type while the page was on its way
    return;
  }
  const parsed = new DOMParser().parseFromString(html, "text/html");
  replace(fragment, parsed.body.childNodes);
  fragment.dataset.seen = html;
  fragment.dispatchEvent(new CustomEvent("house:refreshed", { bubbles: true }));
}

/** Whether a message is about one of these words: its topic, the beginning of it, or the kind in its body. */
function concerns({ topic = "", body = {} }, words) {
  if (!words) return true;
  return words.split(" ").some((word) => topic === word || topic.startsWith(`${word}.`) || body.kind === word);
}

class Listener {
  constructor(root) {
    this.root = root;
    this.url = root.dataset.live;
    this.last = root.dataset.liveAfter ?? "";
    this.failures = 0;
    this.window = [200, 1500];
    this.heard = Date.now();
    this.busy = new Map();
    this.listen();
    root.addEventListener("focusout", () => setTimeout(() => this.catchUp(), 0));
    addEventListener("online", () => this.retry());
    document.addEventListener("visibilitychange", () => this.watch());
    setInterval(() => this.watch(), 5000);
  }

  fragments() {
    const inside = [...this.root.querySelectorAll("[data-fragment]")];
    return this.root.matches("[data-fragment]") ? [this.root, ...inside] : inside;
  }

  listen() {
    if (!("EventSource" in window)) {
      this.ask();
      this.poll();
      return;
    }
    const address = new URL(this.url, location.href);
    if (this.last) address.searchParams.set("after", this.last);
    this.heard = Date.now();
    this.source = new EventSource(address);
    this.source.addEventListener("open", () => {
      this.failures = 0;
      this.heard = Date.now();
      this.state("on");
    });
    this.source.addEventListener("beat", () => {
      this.heard = Date.now();
    });
    this.source.addEventListener("changed", (event) => this.hear(event));
    this.source.addEventListener("ready", (event) => {
      if (!this.last) this.news(null); // something may have come between the page and the stream
      this.remember(event);
    });
    this.source.addEventListener("resync", (event) => {
      this.remember(event);
      this.news(null);
    });
    this.source.addEventListener("error", () => this.fail());
  }

  remember(event) {
    this.heard = Date.now();
    if (event.lastEventId) this.last = event.lastEventId;
    const { return: named } = JSON.parse(event.data);
    if (Array.isArray(named)) this.window = named;
  }

  /** Open a stream anew that is silent for too long: a network can vanish without a word. */
  watch() {
    if (this.source && Date.now() - this.heard > SILENCE_SECONDS * 1000) this.fail();
  }

  hear(event) {
    this.remember(event);
    this.news(JSON.parse(event.data));
  }

  /** Fetch what a message is about (all, when there is none); several in a moment are fetched once. */
  news(message) {
    this.root.dispatchEvent(new CustomEvent("house:news", { bubbles: true, detail: message }));
    for (const fragment of this.fragments()) {
      if (message && !concerns(message, fragment.dataset.on)) continue;
      const { spread, spreadReturn = 0.4 } = fragment.dataset;
      this.plan(fragment, Number(spread ?? (message?.spread ? message.spread / 1000 : spreadReturn)));
    }
  }

  /** Fetch a fragment in a moment, if that is sooner than planned; when it fails, again and again, more slowly. */
  plan(fragment, wait) {
    const due = Date.now() + jitter(wait) * 1000;
    const planned = this.busy.get(fragment);
    if (planned && planned.due <= due) return;
    clearTimeout(planned?.timer);
    const timer = setTimeout(async () => {
      this.busy.delete(fragment);
      try {
        await refresh(fragment);
      } catch {
        if (fragment.isConnected) this.plan(fragment, Math.min(LONGEST_WAIT_SECONDS, 2 * wait + POLL_SECONDS));
      }
    }, due - Date.now());
    this.busy.set(fragment, { timer, due });
  }

  catchUp() {
    for (const fragment of this.fragments()) {
      if (fragment.dataset.late) {
        delete fragment.dataset.late;
        this.plan(fragment, 0.1);
      }
    }
  }

  async fail() {
    this.source?.close();
    this.source = undefined;
    this.failures += 1;
    this.state("lost");
    const mine = this.failures;
    const slower = 1.5 ** Math.max(0, mine - QUICK_TRIES);
    const [least, most] = this.window;
    await seconds(Math.min(LONGEST_WAIT_SECONDS, ((least + Math.random() * (most - least)) / 1000) * slower));
    if (this.failures !== mine || this.source || this.polling) return;
    if (mine >= QUICK_TRIES && (await this.ask())) this.poll(); // the server answers, and streams do not come through
    else this.listen();
  }

  retry() {
    if (this.source || this.polling) return;
    this.failures = 0;
    this.listen();
  }

  /** Ask once what is new; says whether an answer came. */
  async ask() {
    try {
      const address = new URL(this.url, location.href);
      address.searchParams.set("poll", "1");
      if (this.last) address.searchParams.set("after", this.last);
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      this.state("on");
      if (found.is_resync || !this.last) this.news(null);
      else for (const message of found.messages) this.news(message);
      this.last = found.last;
      return true;
    } catch {
      this.state("lost");
      return false;
    }
  }

  async poll() {
    if (this.polling) return;
    this.polling = true;
    for (let round = 0; round < 24 || !("EventSource" in window); round += 1) {
      await seconds(jitter(POLL_SECONDS));
      await this.ask();
    }
    this.polling = false;
    this.failures = QUICK_TRIES - 1; // try the stream again now and then
    this.listen();
  }

  state(name) {
    this.root.dataset.liveState = name;
  }
}

for (const root of document.querySelectorAll("[data-live]")) new Listener(root);
