// Keys for what the page's buttons do, drafts that survive a reload, and the text one selects.
// Pages work without this script.
"use strict";

const inField = (target) => target.closest("input, textarea, select") !== null;

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target.matches("summary")) {
    const box = target.parentElement;
    box.open = !box.open;
    const first = box.querySelector("form textarea, form input:not([type=hidden]), form select");
    if (box.open && first) {
      first.focus();
      if (first.matches("textarea")) first.setSelectionRange(first.value.length, first.value.length);
    } else {
      target.focus();
    }
  } else {
    target.click();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const box = event.target.closest("details[open]") || document.querySelector(".up[open]");
    if (box) {
      box.open = false;
      box.querySelector("summary").focus();
      event.preventDefault();
    }
    return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.target.form.requestSubmit();
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
  if (press(event.key)) event.preventDefault();
});

// What is typed is kept in this tab until it is saved.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const field = form.querySelector("[name=value]");
  const name = `draft:${form.dataset.draft}`;
  const shown = field.value;
  const draft = sessionStorage.getItem(name);
  if (draft !== null && draft !== shown) {
    field.value = draft;
    form.closest("details").open = true;
  }
  field.addEventListener("input", () => sessionStorage.setItem(name, field.value));
  form.addEventListener("submit", () => sessionStorage.removeItem(name));
}

// A text that is selected in the comment is offered for a theme.
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const text = selection.toString().trim();
  if (!text) return;
  for (const field of document.querySelectorAll("[data-selection]")) {
    const source = document.getElementById(field.dataset.selection);
    if (source && source.contains(selection.anchorNode)) field.value = text;
  }
});

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
