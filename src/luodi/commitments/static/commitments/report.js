// The report form: keeps a draft as one types, and copies last period's words where asked.
"use strict";

const form = document.getElementById("report");
if (form) {
  const saved = document.getElementById("saved");
  let waiting = 0;

  const keep = async () => {
    const values = new FormData(form);
    values.delete("files");
    const answer = await fetch(form.dataset.save, { method: "POST", body: values, headers: { "HX-Request": "true" } });
    saved.innerHTML = answer.ok ? await answer.text() : "";
    if (answer.status === 422) saved.append(Object.assign(document.createElement("p"), { className: "late", textContent: await answer.text() }));
  };
  form.addEventListener("input", (event) => {
    if (event.target.name === "files" || event.target.name === "despite") return;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1200);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => {
      const field = form.elements[button.dataset.copy];
      field.value = document.querySelector(`[data-from="${button.dataset.copy}"]`).textContent;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
}
