// The sentences of a table's page stand in it, in all its languages: <template data-word="saved">, with {name} for a value.

/** A sentence with its values, ready to be put into the page. */
export function say(root, name, values = {}) {
  const said = root.querySelector(`template[data-word="${name}"]`)?.content.cloneNode(true) ?? new DocumentFragment();
  const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    node.data = node.data.replace(/\{(\w+)\}/g, (_all, key) => String(values[key] ?? ""));
  }
  return said;
}

/** Put a sentence in its place, unless it stands there already: a screen reader says each thing once. */
export function put(place, said) {
  if (!place) return;
  const holder = document.createElement("div");
  holder.append(said);
  if (place.innerHTML.trim() !== holder.innerHTML.trim()) place.replaceChildren(...holder.childNodes);
}

/** Put a warning in its place, or take it away: an empty box is no warning. */
export function warn(place, said) {
  put(place, said);
  for (const name of ["notice", "notice--wait"]) place?.classList.toggle(name, Boolean(place.textContent.trim()));
}
