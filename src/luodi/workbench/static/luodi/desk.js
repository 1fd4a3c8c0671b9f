// What every page does: notes that go away, refusals shown as sentences, menus that close.
"use strict";

const desk = {
  /** Show one sentence for a while. kind: "", "success" or "error". */
  note(text, kind = "") {
    const note = document.createElement("div");
    note.className = `note ${kind}`;
    note.textContent = text;
    document.getElementById("notes").append(note);
    setTimeout(() => note.remove(), kind === "error" ? 9000 : 4000);
  },
};

for (const note of document.querySelectorAll(".note:not(.error)")) setTimeout(() => note.remove(), 5000);

document.addEventListener("htmx:responseError", (event) => {
  const { status, responseText } = event.detail.xhr;
  desk.note(status === 422 ? responseText : `${status} ${event.detail.xhr.statusText}`, "error");
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
});
