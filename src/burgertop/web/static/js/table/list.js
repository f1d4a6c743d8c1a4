// The list of a table's cards, drawn from the shapes that the server put into the page; and the cards to be read aloud.
import { say } from "./words.js";

export class List {
  constructor(root) {
    this.root = root;
    this.picked = new Set();
    const language = document.documentElement.lang || "en";
    this.clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone: root.dataset.zone });
  }

  shape(name) {
    return this.root.querySelector(`template[data-shape="${name}"]`).content.firstElementChild.cloneNode(true);
  }

  /** Draw the cards anew; whoever stood on a button of a card stands there again. */
  show(cards, { mayWrite, maySend }) {
    const list = this.root.querySelector("[data-cards]");
    if (!list) return;
    const focused = document.activeElement?.closest("[data-card]");
    const button = focused && list.contains(focused) && document.activeElement.dataset.do;
    for (const id of this.picked) if (!cards.some((card) => card.id === id && card.state === "draft")) this.picked.delete(id);
    const rows = cards.map((card) => this.row(card, mayWrite, maySend));
    list.replaceChildren(...(rows.length ? rows : [this.nothing()]));
    if (button) list.querySelector(`[data-card="${CSS.escape(focused.dataset.card)}"] [data-do="${button}"]`)?.focus();
  }

  nothing() {
    const row = document.createElement("li");
    row.className = "soft";
    row.append(say(this.root, "no_card"));
    return row;
  }

  row(card, mayWrite, maySend) {
    const row = this.shape("card");
    row.dataset.card = card.id;
    row.dataset.state = card.state;
    row.toggleAttribute("data-is-waiting", card.isWaiting);
    this.head(row, card);
    this.words(row.querySelector("[data-text]"), card.text, card.language);
    this.words(row.querySelector("[data-reasons]"), card.reasons, card.language);
    row.querySelector("[data-reasons]").hidden = !card.reasons;
    for (const one of row.querySelectorAll("[data-when]")) {
      const when = one.dataset.when;
      one.hidden = when === "waiting" ? !card.isWaiting : when !== card.state || (card.isWaiting && one.matches(".sign") && when === "draft");
    }
    row.querySelector("[data-late]").hidden = !card.is_late;
    row.querySelector("[data-dissent]").hidden = !card.is_dissent;
    const support = row.querySelector("[data-support]");
    support.hidden = card.support === null || card.support === undefined;
    if (!support.hidden) support.replaceChildren(say(this.root, card.support ? "support" : "support_none", { count: card.support }));
    row.querySelector("[data-beside]").replaceChildren(...card.beside.map((other) => this.other(other)));
    this.acts(row, card, mayWrite, maySend);
    return row;
  }

  head(row, card) {
    row.querySelector("[data-name]").replaceChildren(say(this.root, card.number ? "card" : "new_card", { number: card.number }));
    row.querySelector("[data-tongue]").textContent = card.language;
    row.querySelector("[data-time]").textContent = this.clock.format(new Date(card.at));
  }

  words(place, text, language) {
    place.textContent = text ?? "";
    place.lang = language;
    place.dir = "auto";
  }

  other(other) {
    const row = this.shape("other");
    row.dataset.other = other.once;
    this.words(row.querySelector("[data-other-text]"), other.text, other.language);
    this.words(row.querySelector("[data-other-reasons]"), other.reasons, other.language);
    return row;
  }

  acts(row, card, mayWrite, maySend) {
    const acts = row.querySelector(":scope > .acts");
    if (!acts) return;
    acts.hidden = !mayWrite;
    const pick = row.querySelector("[data-pick]");
    pick.value = card.id;
    pick.disabled = card.state !== "draft";
    pick.checked = this.picked.has(card.id);
    pick.closest("[data-when]").hidden ||= !maySend;
    const back = row.querySelector("[data-do=call_back]").closest("[data-when]");
    back.hidden ||= !maySend;
  }

  /** The picked cards, large; which of them are picked when nobody reads. */
  aloud(cards) {
    const place = this.root.querySelector("[data-read-cards]");
    place.replaceChildren(
      ...cards.map((card) => {
        const row = this.shape("aloud");
        row.querySelector("[data-name]").replaceChildren(say(this.root, card.number ? "card" : "new_card", { number: card.number }));
        row.querySelector("[data-tongue]").textContent = card.language;
        this.words(row.querySelector("[data-text]"), card.text, card.language);
        this.words(row.querySelector("[data-reasons]"), card.reasons, card.language);
        row.querySelector("[data-reasons]").hidden = !card.reasons;
        return row;
      }),
    );
  }
}
