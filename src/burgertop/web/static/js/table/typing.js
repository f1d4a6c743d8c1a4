// What is being typed, kept for each tab by itself. A tab that was closed leaves its words to the next one that opens.
const MILLISECONDS = 250;
const SAME = "burgertop-typing";

export class Typing {
  /** `read` tells what stands in the form now, or nothing; `fail` is called when it cannot be kept. */
  constructor(store, read, fail) {
    Object.assign(this, { store, read, fail });
  }

  lock(tab) {
    return `burgertop-typing ${this.store.table} ${tab}`;
  }

  /** Hold a lock for as long as this tab is open: by it the other tabs know whose words are in use. */
  async open() {
    if (!navigator.locks) return;
    this.store.tab = crypto.randomUUID();
    await new Promise((held) => {
      navigator.locks.request(this.lock(this.store.tab), () => {
        held();
        return new Promise(() => {});
      });
    });
  }

  /** What a tab that is open no longer had in its form, this one before it was loaded anew first of all: it is here from now on. */
  async takeOver() {
    const { typings = {} } = await this.store.kept(); // read before asking who is open
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    const open = held.map((one) => one.name);
    const left = Object.keys(typings).filter((tab) => !open.includes(this.lock(tab)));
    const before = sessionStorage.getItem(SAME);
    left.sort((one, other) => (other === before) - (one === before) || typings[other].at - typings[one].at);
    sessionStorage.setItem(SAME, this.store.tab);
    return this.store.takeTyping(left);
  }

  /** Something was typed: keep it when the hand rests. */
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.store.keepTyping(this.read()).catch(this.fail), MILLISECONDS);
  }
}
