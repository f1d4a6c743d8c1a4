// The cards of a table as its device sees them: what the server told, and over it what waits here, in the order of writing.

const WORDS = ["text", "reasons", "language", "support", "is_dissent"];

const words = (from) => Object.fromEntries(WORDS.map((name) => [name, from[name]]));

const without = (card, settles) => card.beside.filter((one) => !settles?.includes(one.once));

const WAYS = {
  write: (card, change) => ({ ...card, ...words(change), head: change.once, state: card.state === "withdrawn" ? "draft" : card.state, beside: without(card, change.settles) }),
  withdraw: (card) => ({ ...card, state: "withdrawn" }),
  call_back: (card) => ({ ...card, state: "draft" }),
  settle: (card, change) => ({ ...card, beside: without(card, change.settles) }),
};

const fresh = (change) => ({ id: change.card, number: null, round: change.round, state: "draft", beside: [], at: change.at, is_late: false });

/** Cards with `isWaiting` where something of them is not at the server yet; newest first. */
export function cardsOf(told, changes) {
  const cards = new Map((told?.cards ?? []).map((card) => [card.id, { ...card, isWaiting: false }]));
  for (const change of changes) {
    if (change.kind === "send") {
      for (const { card } of change.picked) {
        const known = cards.get(card);
        if (known) cards.set(card, { ...known, state: "sent", isWaiting: true });
      }
      continue;
    }
    const known = cards.get(change.card) ?? (change.kind === "write" ? fresh(change) : null);
    if (known) cards.set(change.card, { ...WAYS[change.kind](known, change), isWaiting: true });
  }
  const shown = [...cards.values()].filter((card) => card.state !== "withdrawn" || card.beside.length);
  return shown.map((card, place) => ({ ...card, place })).sort((one, other) => (other.number ?? 1e6 + other.place) - (one.number ?? 1e6 + one.place));
}

/** Three numbers that are always true: cards of which something waits here, cards in the hall, cards that were sent. */
export function countsOf(told, changes) {
  const here = (told?.cards ?? []).filter((card) => card.round === told.round?.id && card.state !== "withdrawn");
  const waiting = new Set(changes.flatMap((change) => (change.kind === "send" ? change.picked.map((one) => one.card) : [change.card])));
  const sent = here.filter((card) => card.state === "sent").length;
  return { device: waiting.size, saved: here.length, sent, free: Math.max((told?.round?.limit ?? 0) - sent, 0) };
}
