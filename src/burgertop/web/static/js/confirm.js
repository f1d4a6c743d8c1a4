// Unsent text: <form data-keep="idea"> keeps what is typed in this tab (sessionStorage) and
// warns before leaving. A page that shows data-sent="idea" forgets it.
const prefix = "house:unsent:";

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && field.matches("textarea, input[type=text], input:not([type])"));

function remember(form) {
  const typed = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  try {
    sessionStorage.setItem(prefix + form.dataset.keep, JSON.stringify(typed));
  } catch {
    // storage is closed or full: the warning still holds
  }
}

function recall(form) {
  let typed = {};
  try {
    typed = JSON.parse(sessionStorage.getItem(prefix + form.dataset.keep) ?? "{}");
  } catch {
    return;
  }
  for (const field of fieldsOf(form)) {
    if (!field.value && typed[field.name]) {
      field.value = typed[field.name];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

for (const mark of document.querySelectorAll("[data-sent]")) {
  try {
    sessionStorage.removeItem(prefix + mark.dataset.sent);
  } catch {
    // nothing was kept
  }
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  let isUnsent = false;
  recall(form);
  form.addEventListener("input", () => {
    isUnsent = fieldsOf(form).some((field) => field.value !== field.defaultValue);
    remember(form);
  });
  form.addEventListener("submit", () => {
    isUnsent = false;
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsent) event.preventDefault();
  });
}
