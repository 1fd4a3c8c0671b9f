// A desk in the hand: move by arrows, Enter to edit, paste from a spreadsheet, choose rows; filters that submit themselves.
// The server draws everything; this file asks it to draw again after a change.
"use strict";

const root = document.getElementById("desk") || document.getElementById("detail");
const base = root?.dataset.url || document.getElementById("lanes")?.dataset.url;
const csrf = JSON.parse(document.body.getAttribute("hx-headers") || "{}");

/** Send a form and pass on what the server says; false when it refused (the sentence is shown). */
async function send(address, fields) {
  const body = new URLSearchParams();
  for (const [name, value] of fields) body.append(name, value);
  const answer = await fetch(address, { method: "POST", headers: { ...csrf, "HX-Request": "true" }, body });
  if (answer.ok) {
    const said = answer.headers.get("HX-Trigger");
    if (said) await redraw(JSON.parse(said)["desk-changed"]);
    return answer;
  }
  desk.note(answer.status === 422 ? await answer.text() : `${answer.status} ${answer.statusText}`, "error");
  return false;
}

// ---- filters submit themselves, without their empty fields

const filters = document.getElementById("filters");
let typing = 0;
filters?.addEventListener("change", () => filters.requestSubmit());
filters?.addEventListener("input", (event) => {
  if (!event.target.matches("[type=search]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => filters.requestSubmit(), 350);
});
filters?.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
});
document.addEventListener("htmx:configRequest", (event) => {
  const form = event.detail.elt;
  if (form.matches?.("#bulk form")) {
    for (const pk of picked) event.detail.formData.append("pk", pk);
    if (allPicked) event.detail.formData.append("all", "1");
    event.detail.path += location.search;
  }
  if (form.matches?.("[data-query]")) event.detail.formData.set("query", query());
});
/** The address's filters and order, without page and view. */
function query() {
  const asked = new URLSearchParams(location.search);
  for (const name of ["page", "view", "month"]) asked.delete(name);
  return asked.toString();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-with-query]");
  if (!link) return;
  const wanted = new URL(link.href);
  const asked = new URLSearchParams(location.search);
  for (const name of ["format", "all"]) if (wanted.searchParams.has(name)) asked.set(name, wanted.searchParams.get(name));
  asked.delete("page");
  link.href = `${wanted.pathname}?${asked}`;
});

// ---- the sheet: one cell is "at"

let at = null; // {pk, name}: survives a redraw
let undo = []; // {pk, name, value}: what a cell was before
let picked = new Set();
let allPicked = false;
let lastPicked = null;

const sheet = () => document.getElementById("sheet");
const heads = () => [...sheet().querySelectorAll("thead th")];
const bodyRows = () => [...sheet().querySelectorAll("tbody tr")];
const headOf = (cell) => heads()[cell.cellIndex];
const cellAt = () => sheet()?.querySelector("td.at");
const typedOf = (cell) => cell.dataset.v ?? cell.textContent.trim();

function settle() {
  let left = 0;
  const frozen = heads().filter((head) => head.classList.contains("frozen"));
  frozen.forEach((head, index) => {
    for (const row of sheet().querySelectorAll("tr")) {
      const cell = row.cells[head.cellIndex];
      cell.style.setProperty("--left", `${left}px`);
      cell.classList.toggle("last", index === frozen.length - 1);
      cell.classList.toggle("first", index === 1);
    }
    left += head.offsetWidth;
  });
  sheet().style.scrollPaddingLeft = `${left}px`;
  sheet().style.scrollPaddingTop = "28px";
  showPicked();
}

function go(cell, { scroll = true } = {}) {
  const before = cellAt();
  before?.classList.remove("at");
  before?.removeAttribute("tabindex");
  if (!cell || cell.classList.contains("pick")) return;
  cell.classList.add("at");
  cell.tabIndex = 0; // the cell itself has the focus, so that a screen reader says it with its heading
  if (document.activeElement === document.body || sheet().contains(document.activeElement)) focusAt();
  at = { pk: cell.parentElement.dataset.pk, name: headOf(cell).dataset.c };
  if (scroll) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const focusAt = () => (cellAt() || sheet()).focus({ preventScroll: true });

function move(rows, columns) {
  const cell = cellAt();
  if (!cell) return go(sheet().querySelector("tbody td:not(.pick)"));
  const row = bodyRows()[bodyRows().indexOf(cell.parentElement) + rows];
  const index = Math.max(1, Math.min(cell.parentElement.cells.length - 1, cell.cellIndex + columns));
  if (row) go(row.cells[index]);
}

async function redraw({ row, note } = {}) {
  if (note) desk.note(note, "success");
  if (!sheet()) return void location.reload();
  const [top, left] = [sheet().scrollTop, sheet().scrollLeft];
  const answer = await fetch(location.href, { headers: { "HX-Request": "true" } });
  document.getElementById("table").outerHTML = await answer.text();
  htmx.process(document.getElementById("table"));
  if (!sheet()) return;
  wireSheet();
  sheet().scrollTop = top;
  sheet().scrollLeft = left;
  focusAt();
}
document.body.addEventListener("desk-changed", (event) => {
  if (event.target.closest?.("#bulk")) unpick();
  redraw(event.detail);
});

function wireSheet() {
  settle();
  if (!at) return;
  const row = sheet().querySelector(`tr[data-pk="${at.pk}"]`);
  const index = heads().findIndex((head) => head.dataset.c === at.name);
  if (row && index > 0) go(row.cells[index], { scroll: false });
}

// ---- editing one cell

function edit(cell, first) {
  const head = headOf(cell);
  const was = typedOf(cell);
  const control = head.dataset.control;
  const field = document.createElement(control === "select" ? "select" : "input");
  field.className = "in-cell";
  field.setAttribute("aria-label", head.textContent.trim());
  if (control === "select") {
    field.append(new Option("", ""), ...JSON.parse(head.dataset.options).map(([value, title]) => new Option(title, value)));
  } else if (control === "date") field.type = "date";
  else if (control === "number") field.inputMode = "decimal";
  else if (control === "list") offer(field, head.dataset.c);
  const before = cell.classList.contains("todo") && cell.dataset.v === undefined ? "" : was;
  field.value = before;
  cell.append(field);
  field.focus();
  if (first !== undefined && control !== "select" && control !== "date") field.value = first;
  else field.select?.();
  let done = false;
  const leave = async (save, thenMove) => {
    if (done) return;
    done = true;
    const value = field.value.trim();
    field.remove();
    focusAt();
    if (save && value !== before && (await write(cell, value, before))) undo.push({ pk: at.pk, name: at.name, value: before });
    if (thenMove) move(...thenMove);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    const after = { Enter: [1, 0], Tab: [0, event.shiftKey ? -1 : 1] }[event.key];
    if (after) {
      event.preventDefault();
      leave(true, after);
    } else if (event.key === "Escape") leave(false);
  });
  field.addEventListener("blur", () => leave(true));
}

const write = (cell, value, was) =>
  send(`${base}${cell.parentElement.dataset.pk}/cell`, [["name", headOf(cell).dataset.c], ["value", value], ["was", was]]);

/** Offer a register's names while a person types; loaded once. */
async function offer(field, name) {
  const list = document.getElementById(`list-${name}`);
  if (!list) return;
  field.setAttribute("list", list.id);
  if (list.dataset.loaded) return;
  list.dataset.loaded = "1";
  const answer = await fetch(list.dataset.url, { headers: { "HX-Request": "true" } });
  if (answer.ok) list.innerHTML = await answer.text();
}
document.addEventListener("focusin", (event) => {
  const name = event.target.getAttribute?.("list")?.replace("list-", "");
  if (name) offer(event.target, name);
});

async function takeBack() {
  const last = undo.pop();
  if (!last) return desk.note("没有可以撤销的修改");
  if (await send(`${base}${last.pk}/cell`, [["name", last.name], ["value", last.value]])) desk.note("已撤销", "success");
}

// ---- choosing rows

function showPicked() {
  const bar = document.getElementById("bulk");
  if (!bar) return;
  const frame = document.getElementById("table");
  const total = Number(frame.dataset.count);
  for (const row of bodyRows()) {
    const on = allPicked || picked.has(row.dataset.pk);
    row.classList.toggle("on", on);
    row.querySelector(".pick input").checked = on;
  }
  const count = allPicked ? total : picked.size;
  bar.hidden = !count;
  document.getElementById("picked-count").textContent = `已选 ${count} 行`;
  const all = document.getElementById("pick-all");
  all.hidden = allPicked || total <= picked.size || total > Number(frame.dataset.most);
  all.textContent = frame.dataset.narrowed ? `选中筛选出的全部 ${total} 行` : `选中全部 ${total} 行`;
  document.getElementById("pick-page").checked = bodyRows().every((row) => row.classList.contains("on"));
}
function pick(row, on, upTo) {
  allPicked = false;
  const rows = bodyRows();
  const [from, to] = [rows.indexOf(upTo && lastPicked ? lastPicked : row), rows.indexOf(row)].sort((a, b) => a - b);
  for (const each of rows.slice(Math.max(0, from), to + 1)) picked[on ? "add" : "delete"](each.dataset.pk);
  lastPicked = row;
  showPicked();
}
function unpick() {
  picked = new Set();
  allPicked = false;
  if (sheet()) showPicked();
}
document.getElementById("unpick")?.addEventListener("click", unpick);
document.getElementById("pick-all")?.addEventListener("click", () => {
  allPicked = true;
  showPicked();
});

// ---- what the mouse does in the sheet

document.addEventListener("click", (event) => {
  if (!event.target.closest("#sheet")) return;
  if (event.target.id === "pick-page") {
    for (const row of bodyRows()) picked[event.target.checked ? "add" : "delete"](row.dataset.pk);
    allPicked = false;
    return showPicked();
  }
  const cell = event.target.closest("tbody td");
  if (!cell || event.target.closest("a, .in-cell")) return;
  if (cell.classList.contains("pick")) return pick(cell.parentElement, event.target.checked ?? !cell.firstChild.checked, event.shiftKey);
  if (!cell.classList.contains("at")) go(cell, { scroll: false });
  else if (cell.classList.contains("edit")) edit(cell);
});
document.addEventListener("dblclick", (event) => {
  const cell = event.target.closest("#sheet tbody td.edit");
  if (cell && !cell.querySelector(".in-cell")) edit(cell);
});

// ---- keys

const turn = (rel) => document.querySelector(`.foot a[rel=${rel}]`)?.click();
const keys = {
  ArrowUp: () => move(-1, 0), ArrowDown: () => move(1, 0), ArrowLeft: () => move(0, -1), ArrowRight: () => move(0, 1),
  Home: () => move(0, -99), End: () => move(0, 99), PageUp: () => turn("prev"), PageDown: () => turn("next"),
  Enter: () => (cellAt()?.classList.contains("edit") ? edit(cellAt()) : keys.o()),
  F2: () => cellAt()?.classList.contains("edit") && edit(cellAt()),
  o: () => cellAt()?.parentElement.querySelector("a")?.click(),
  z: () => takeBack(),
  " ": () => cellAt() && pick(cellAt().parentElement, !cellAt().parentElement.classList.contains("on")),
  Escape: () => unpick(),
};
/** Keys act on the sheet while nothing else has the focus: links, buttons and menus keep theirs. */
const isOnSheet = ({ target }) =>
  Boolean(sheet()) && (target === document.body || Boolean(target.closest("#sheet") && !target.closest("a, thead, input")));
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog") || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && filters?.elements.q) {
    event.preventDefault();
    return filters.elements.q.focus();
  }
  if (event.key === "?") return document.getElementById("keys")?.showModal();
  if (!isOnSheet(event)) return;
  if (keys[event.key]) {
    event.preventDefault();
    return keys[event.key]();
  }
  // a figure typed on a cell begins to replace it, as in a spreadsheet
  if (/^[\d０-９.-]$/.test(event.key) && cellAt()?.classList.contains("edit")) {
    event.preventDefault();
    edit(cellAt(), event.key);
  }
});

// ---- the clipboard

document.addEventListener("copy", (event) => {
  if (!cellAt() || String(getSelection()) || !isOnSheet(event)) return;
  event.clipboardData.setData("text/plain", typedOf(cellAt()));
  event.preventDefault();
});
document.addEventListener("paste", async (event) => {
  const cell = cellAt();
  if (!cell || !isOnSheet(event)) return;
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain");
  const rows = bodyRows().slice(bodyRows().indexOf(cell.parentElement));
  const fields = [
    ...rows.map((row) => ["pk", row.dataset.pk]),
    ...heads().slice(cell.cellIndex).map((head) => ["column", head.dataset.c]),
    ["text", text],
  ];
  const answer = await send(`${base}paste`, fields);
  if (!answer) return;
  const dialog = document.getElementById("paste");
  dialog.innerHTML = await answer.text();
  dialog.showModal();
  dialog.querySelector("#paste-close").onclick = () => dialog.close();
  dialog.querySelector("#paste-apply")?.addEventListener("click", async () => {
    if (await send(`${base}paste`, [...fields, ["apply", "1"]])) dialog.close();
  });
  dialog.querySelector(".btn").focus();
});

if (sheet()) {
  wireSheet();
  if (!at) go(sheet().querySelector("tbody td:not(.pick)"), { scroll: false });
  focusAt();
}
document.addEventListener("htmx:afterSwap", () => {
  if (!sheet()) return;
  wireSheet();
  for (const select of filters.querySelectorAll("select")) select.classList.toggle("set", Boolean(select.value));
  document.getElementById("clear").hidden = !document.getElementById("table").dataset.narrowed;
  filters.elements.sort.value = new URLSearchParams(location.search).get("sort") || "";
});
document.fonts?.ready.then(() => sheet() && settle());
document.getElementById("print-now")?.addEventListener("click", () => print());

// ---- the board: a card is dragged, or moved by ← and →

const lanes = document.getElementById("lanes");
async function shift(card, lane) {
  if (!lane || lane.contains(card)) return;
  await send(`${base}${card.dataset.pk}/cell`, [["name", lanes.dataset.name], ["value", lane.dataset.value]]);
}
let dragged = null;
lanes?.addEventListener("dragstart", (event) => (dragged = event.target.closest(".card-row")));
lanes?.addEventListener("dragover", (event) => {
  const lane = event.target.closest(".lane");
  if (!dragged || !lane) return;
  event.preventDefault();
  for (const each of lanes.children) each.classList.toggle("over", each === lane);
});
lanes?.addEventListener("drop", (event) => {
  event.preventDefault();
  shift(dragged, event.target.closest(".lane"));
});
lanes?.addEventListener("dragend", () => {
  for (const each of lanes.children) each.classList.remove("over");
});
lanes?.addEventListener("keydown", (event) => {
  const card = event.target.closest(".card-row[draggable]");
  const way = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[event.key];
  if (card && way) shift(card, card.closest(".lane")[way]);
});

// ---- the map: wheel to zoom, drag to move

const map = document.getElementById("map");
if (map) {
  let [x, y, width, height] = map.getAttribute("viewBox").split(" ").map(Number);
  const whole = width;
  const draw = () => {
    map.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    for (const point of map.querySelectorAll("circle")) point.setAttribute("r", (5 * width) / whole);
    for (const text of map.querySelectorAll("text")) text.style.fontSize = `${(11 * width) / whole}px`;
  };
  const scale = () => 1 / map.getScreenCTM().a;
  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    const by = event.deltaY > 0 ? 1.2 : 1 / 1.2;
    if (width * by > whole * 2 || width * by < whole / 200) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    [x, y] = [point.x - (point.x - x) * by, point.y - (point.y - y) * by];
    [width, height] = [width * by, height * by];
    draw();
  }, { passive: false });
  let held = null;
  map.addEventListener("pointerdown", (event) => (held = [event.clientX, event.clientY]));
  map.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons) return;
    x -= (event.clientX - held[0]) * scale();
    y -= (event.clientY - held[1]) * scale();
    held = [event.clientX, event.clientY];
    draw();
  });
}
