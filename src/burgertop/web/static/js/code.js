// A code that came behind the # of a printed square goes into its field; the address bar loses it.

const field = document.querySelector("[data-code]");
const code = decodeURIComponent(window.location.hash.slice(1));

if (field && /^[0-9A-Za-z .-]{8,20}$/.test(code)) {
  field.value = code;
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
}
