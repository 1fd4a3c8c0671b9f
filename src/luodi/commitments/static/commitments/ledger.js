// The paper beside its ledger: one line is "on" in both; keys and selections act on it.
// The server draws everything; this file moves, filters, and asks it to draw again after a change.
"use strict";

const root = document.getElementById("desk");
const inspector = document.getElementById("inspector");
const picked = document.getElementById("picked");
const mayEdit = root.dataset.mayEdit === "1";
const url = root.dataset.url;
let current = null; // the id of the line that is on
let selection = null; // {start, end} of the text picked in the paper, as code points of the document

const rows = () => [...root.querySelectorAll("tr[data-line]")];
const shownRows = () => rows().filter((row) => !row.hidden);
const rowOf = (line) => root.querySelector(`tr[data-line="${line}"]`);
const piecesOf = (line) => root.querySelectorAll(`#paper span[data-line="${line}"]`);

// ---- one line is on

function choose(line, { from = "" } = {}) {
  for (const each of root.querySelectorAll(".on")) each.classList.remove("on");
  current = line ? String(line) : null;
  const row = current && rowOf(current);
  if (!row) return;
  row.classList.add("on");
  for (const piece of piecesOf(current)) piece.classList.add("on");
  if (from !== "ledger") row.scrollIntoView({ block: "nearest" });
  if (from !== "paper") piecesOf(current)[0]?.scrollIntoView({ block: "center" });
  history.replaceState(null, "", `#line-${current}`);
  open();
}

let pending = 0;
function open() {
  clearTimeout(pending);
  pending = setTimeout(async () => {
    const wanted = current;
    const answer = await fetch(`/lines/${wanted}/`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || wanted !== current) return;
    // the answer to a deed under way has to find the button that it was asked with
    if (inspector.querySelector(".htmx-request")) return open();
    const restore = handOn(wanted);
    inspector.innerHTML = await answer.text();
    htmx.process(inspector);
    if (inspector.dataset.line !== wanted) inspector.scrollTop = 0;
    inspector.dataset.line = wanted;
    restore();
    if (document.documentElement.style.getPropertyValue("--below") !== "250px") {
      document.documentElement.style.setProperty("--below", "250px");
      rowOf(current)?.scrollIntoView({ block: "nearest" });
    }
  }, 90);
}

const fieldsOf = (name) => [...inspector.querySelectorAll(`[name="${name}"]`)];

/** What a person is typing survives that the same line is drawn again: the cursor, and words not yet sent. */
function handOn(line) {
  const field = document.activeElement;
  if (!inspector.contains(field) || !field.name || field.closest(".inside").dataset.line !== line) return () => {};
  const [at, value, caret] = [fieldsOf(field.name).indexOf(field), field.value, field.selectionStart];
  const unsent = field.type !== "hidden" && value !== field.defaultValue && !("sent" in (field.form?.dataset ?? {}));
  return () => {
    const again = fieldsOf(field.name)[at];
    if (!again) return;
    if (unsent && field.tagName !== "SELECT") again.value = value;
    again.focus({ preventScroll: true });
    if (caret !== null && caret !== undefined && again.type !== "date") again.setSelectionRange?.(caret, caret);
  };
}

function step(by, ok = () => true) {
  const list = shownRows();
  let at = list.findIndex((row) => row.dataset.line === current) + by;
  while (list[at] && !ok(list[at])) at += by;
  if (list[at]) choose(list[at].dataset.line);
}

// ---- filters

const matches = (row, filter) =>
  (!filter.part || row.dataset.part === filter.part) &&
  (!filter.kind || row.dataset.kind === filter.kind) &&
  (!filter.horizon || row.dataset.horizon === filter.horizon) &&
  (!filter.todo || row.dataset.todo.split(" ").includes(filter.todo)) &&
  (!filter.unit || [...row.querySelectorAll(".unit")].some((unit) => unit.firstChild.data.trim() === filter.unit)) &&
  (!filter.q || row.textContent.includes(filter.q));

let filter = {};
function sift() {
  let shown = 0;
  for (const row of rows()) {
    row.hidden = !matches(row, filter);
    shown += !row.hidden;
  }
  let head = null;
  let any = false;
  for (const row of root.querySelectorAll("#rows tbody tr")) {
    if (row.classList.contains("part")) {
      if (head) head.hidden = !any;
      [head, any] = [row, false];
    } else any ||= !row.hidden;
  }
  if (head) head.hidden = !any;
  root.querySelector("#shown").textContent = `${shown} / ${rows().length}`;
}

function wire() {
  const form = root.querySelector("#filters");
  for (const [name, value] of Object.entries(filter)) form.elements[name].value = value;
  form.addEventListener("input", () => {
    filter = Object.fromEntries(new FormData(form));
    sift();
  });
  sift();
}

// ---- drawing again, with the eye where it was

async function draw(line, note) {
  const [paper, list] = [root.querySelector("#paper").scrollTop, root.querySelector("#rows").scrollTop];
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  root.innerHTML = await answer.text();
  htmx.process(root);
  wire();
  root.querySelector("#paper").scrollTop = paper;
  root.querySelector("#rows").scrollTop = list;
  if (note) desk.note(note, "success");
  choose(line || current, { from: "ledger" });
  if (line && String(line) !== current) rowOf(line)?.scrollIntoView({ block: "nearest" });
}

document.body.addEventListener("desk-changed", (event) => {
  const form = event.target.closest?.("form");
  if (form) form.dataset.sent = "";
  draw(event.detail.line, event.detail.note);
});
const post = (address, values = {}) => htmx.ajax("POST", address, { values, swap: "none", source: root });

// ---- what a person picks in the paper

/** The offset of a place in the paper: pieces carry theirs in code points, the browser counts UTF-16 units. */
function offsetOf(node, within) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const piece = element?.closest?.("[data-o]");
  if (!piece || !root.querySelector("#paper").contains(piece)) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, within) : within ? piece.textContent : "";
  return Number(piece.dataset.o) + [...before].length;
}

document.addEventListener("selectionchange", () => {
  if (!picked) return;
  const range = document.getSelection()?.rangeCount ? document.getSelection().getRangeAt(0) : null;
  const start = range && offsetOf(range.startContainer, range.startOffset);
  const end = range && offsetOf(range.endContainer, range.endOffset);
  selection = start !== null && end !== null && end > start ? { start, end } : null;
  picked.hidden = !selection;
  if (selection) {
    const box = range.getBoundingClientRect();
    picked.style.left = `${Math.max(8, box.left)}px`;
    picked.style.top = `${Math.min(box.bottom + 6, innerHeight - 60) + scrollY}px`;
  }
});

const does = {
  add: () => selection && post(`${url}add`, selection),
  respan: () => selection && current && post(`/lines/${current}/respan`, selection),
  split: () => selection && current && post(`/lines/${current}/split`, { at: selection.start }),
  undo: () => post(`${url}undo`),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) return void does[button.dataset.do]();
  const todo = event.target.closest("button[data-todo]");
  if (todo) {
    filter = { ...filter, todo: filter.todo === todo.dataset.todo ? "" : todo.dataset.todo };
    root.querySelector("#filters").elements.todo.value = filter.todo;
    return void sift();
  }
  const line = event.target.closest("[data-line]");
  if (!line || !root.contains(line) || !document.getSelection().isCollapsed) return;
  choose(line.dataset.line, { from: line.closest("#paper") ? "paper" : "ledger" });
});

// ---- keys

const keys = {
  ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1),
  t: () => step(1, (row) => row.dataset.todo.replace("draft", "").trim()),
  Enter: () => inspector.querySelector("textarea")?.focus(),
  "/": () => root.querySelector("#filters [name=q]").focus(),
  "?": () => document.getElementById("keys").showModal(),
};
const edits = { n: does.add, r: does.respan, s: does.split, z: does.undo };

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && event.ctrlKey) event.target.form?.requestSubmit();
    return;
  }
  if (event.altKey || (event.metaKey && event.key !== "z") || (event.ctrlKey && event.key !== "z")) return;
  const button = mayEdit && inspector.querySelector(`[data-key="${event.key}"]`);
  const act = keys[event.key] || (mayEdit && edits[event.key]);
  if (event.key === "Enter" && event.target.closest("button, a, summary")) return;
  if (button) button.click();
  else if (act) act();
  else return;
  event.preventDefault();
});

wire();
choose(location.hash.match(/^#line-(\d+)$/)?.[1] || rows()[0]?.dataset.line);
