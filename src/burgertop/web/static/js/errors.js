// After a form was sent back the list of what is wrong gets the focus.
document.querySelector("[data-errors]")?.focus();
