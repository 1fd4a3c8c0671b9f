// Drop a file anywhere on the card; show how much of it has been sent.
"use strict";

const form = document.getElementById("drop");
if (form) {
  const input = form.querySelector("input[type=file]");
  const bar = form.querySelector(".sending");
  const card = document.getElementById("deliver");
  const send = () => input.files.length && htmx.trigger(form, "submit");

  input.addEventListener("change", send);
  form.querySelector("label.btn").addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") input.click();
  });
  for (const type of ["dragover", "dragleave", "drop"]) {
    card.addEventListener(type, (event) => {
      event.preventDefault();
      card.classList.toggle("over", type === "dragover");
    });
  }
  card.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      send();
    }
  });
  form.addEventListener("htmx:xhr:progress", ({ detail }) => {
    bar.hidden = false;
    if (detail.lengthComputable) bar.value = (100 * detail.loaded) / detail.total;
  });
  form.addEventListener("htmx:afterRequest", () => {
    bar.hidden = true;
    input.value = "";
  });
}
