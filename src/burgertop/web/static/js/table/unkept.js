// When a device cannot keep what is written on it, because its memory is full or its browser may keep nothing: it goes to the
// hall at once, and if the hall cannot be reached the words stay where they are, and that is said.
import { ask } from "../offline/beat.js";
import { put, say, warn } from "./words.js";

const place = (root) => root.querySelector("[data-card-form] [data-form-said]") ?? root.querySelector("[data-said]");

/** Whether there are words in the form that did not come with it. */
const hasWords = (form) => ["text", "reasons"].some((name) => (form?.elements[name]?.value ?? "").trim() !== (form?.elements[name]?.defaultValue ?? "").trim());

export class Unkept {
  constructor(root) {
    this.root = root;
    this.is = false;
    addEventListener("beforeunload", (event) => {
      if (this.is && !this.isGoing && hasWords(root.querySelector("form[data-card-form]"))) event.preventDefault();
    });
  }

  /** The device keeps nothing, and `why` is the sentence for it; or it keeps again. */
  says(why) {
    this.is = Boolean(why);
    warn(this.root.querySelector("[data-kept]"), why ? say(this.root, why) : new DocumentFragment());
  }

  /** What was just pressed is nowhere: only its words still stand in the form. */
  failed(where = place(this.root)) {
    if (where) where.hidden = false;
    put(where, say(this.root, "not_saved"));
  }

  /** Nothing can be kept at all, which `why` says. The forms go by the network, but only while there is one: a page of the browser in their place would take the words away. */
  guard(why = "") {
    this.is = true;
    if (why) this.says(why);
    this.root.addEventListener("submit", async (event) => {
      if (this.isGoing) return;
      event.preventDefault();
      const { target, submitter } = event;
      try {
        await ask(location.href, { method: "HEAD" });
        this.isGoing = true;
        target.requestSubmit(submitter);
      } catch {
        this.failed();
      } finally {
        this.isGoing = false;
      }
    });
  }
}
