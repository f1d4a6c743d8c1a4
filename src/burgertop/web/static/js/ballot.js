// A ballot paper: says how many circles are filled in. The paper works without it.
function watch(form) {
  const words = form.querySelector("[data-ballot-count]");
  const marks = form.querySelector("[data-ballot-marks]");
  if (!words) return;
  const most = Number(form.dataset.most);

  const count = () => {
    const chosen = form.querySelectorAll("input[name=choice]:checked").length;
    const pattern = chosen > most ? words.dataset.over : words.dataset.words;
    words.textContent = pattern.replace("{chosen}", chosen).replace("{most}", most);
    if (!marks || most > 12) return;
    marks.hidden = false;
    marks.replaceChildren(
      ...Array.from({ length: most }, (_, place) => {
        const mark = document.createElement("span");
        mark.className = place < chosen ? "mark mark--filled" : "mark";
        return mark;
      }),
    );
  };

  // Ticking "blank" empties the circles, and filling one in takes "blank" away.
  form.addEventListener("change", (event) => {
    const blank = form.querySelector("input[name=blank]");
    if (blank && event.target === blank && blank.checked) {
      for (const circle of form.querySelectorAll("input[name=choice]:checked")) circle.checked = false;
    } else if (blank && event.target.name === "choice" && event.target.checked) {
      blank.checked = false;
    }
    count();
  });
  count();
}

for (const form of document.querySelectorAll("form[data-ballot]")) watch(form);
