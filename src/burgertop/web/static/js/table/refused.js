// What the server did not take: the reason, and the words, which stay on this device until somebody has read them.

/** One shape for each, in the list that the page has for them. */
export function showRefused(root, refused) {
  const list = root.querySelector("[data-refused-list]");
  const shape = root.querySelector('template[data-shape="refused"]').content.firstElementChild;
  list.replaceChildren(...refused.map((one) => filled(shape.cloneNode(true), one)));
  list.hidden = !refused.length;
}

function filled(row, one) {
  row.dataset.refused = one.once;
  row.querySelector("[data-refused-said]").textContent = one.said;
  const words = row.querySelector("[data-refused-text]");
  words.textContent = [one.text, one.reasons].filter(Boolean).join("\n");
  words.hidden = !words.textContent;
  return row;
}
