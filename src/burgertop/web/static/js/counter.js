// Characters: <span data-count-for="id" data-most="400" data-words="{count} of {most} characters">
/** Count as the server does: letters and signs, and a new line as two. */
const lengthOf = (text) => [...text.replaceAll("\n", "\r\n")].length;

for (const mark of document.querySelectorAll("[data-count-for]")) {
  const field = document.getElementById(mark.dataset.countFor);
  if (!field || !mark.dataset.words) continue;
  const most = Number(mark.dataset.most);
  const show = () => {
    const count = lengthOf(field.value);
    mark.textContent = mark.dataset.words.replace("{count}", count).replace("{most}", most);
    mark.classList.toggle("count--over", count > most);
  };
  field.addEventListener("input", show);
  show();
}
