// The print button of a table of results.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
