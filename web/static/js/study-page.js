// A study: how far it is, and the table of its results, which stays up to date.
import { getJson, post } from "./api.js";
import { badge, byId, el, placeholder, setBadge, setText, show } from "./dom.js";
import { follow, hasEnded, MOST_FOLLOWED, showStatus } from "./events.js";
import { count, duration, percent, sparsity, whole } from "./format.js";
import { kindName } from "./job-kind.js";
import { progressShare, progressText } from "./progress.js";
import { parameter, setParameter } from "./selection.js";
import { isShortcut } from "./shell.js";

const SOON_MS = 800;
const REFRESH_MS = 10000;
const MOST_COMPARED = 24;

const id = byId("study").dataset.study;
const address = `/api/studies/${encodeURIComponent(id)}`;
const number = (value) => value ?? null;

/** Title, what is sorted by, and what is shown of a result. */
const COLUMNS = [
  { name: "job", title: "Job", value: (row) => Number(row.job), cell: jobCell },
  { name: "state", title: "State", value: (row) => row.state, cell: stateCell },
  { name: "architecture", title: "Architecture", value: (row) => row.architecture, cell: (row) => row.architecture ?? "–" },
  { name: "augmentation", title: "Augmentation", value: (row) => row.augmentation, cell: (row) => row.augmentation ?? "–" },
  { name: "seed", title: "Seed", value: (row) => row.seed, cell: (row) => String(row.seed), right: true },
  { name: "sparsity", title: "Sparsity", value: (row) => number(row.sparsity), cell: sparsityCell, right: true },
  { name: "accuracy", title: "Accuracy", value: (row) => number(row.accuracy), cell: (row) => percent(row.accuracy), right: true },
  { name: "masked", title: "Through the mask", value: (row) => number(row.maskedAccuracy), cell: (row) => percent(row.maskedAccuracy), right: true },
  { name: "epochs", title: "Epochs", value: (row) => number(row.epochs), cell: (row) => whole(row.epochs), right: true },
  { name: "steps", title: "Steps", value: (row) => number(row.steps), cell: (row) => whole(row.steps), right: true },
  { name: "time", title: "Time", value: (row) => number(row.seconds), cell: (row) => duration(row.seconds), right: true },
];

let results = [];
let stream = null;
let followed = "";
let refreshSoon = null;

function jobCell(row) {
  const link = el("a", { href: `/jobs/${encodeURIComponent(row.job)}` }, `${kindName(row.kind)}, job ${row.job}`);
  return el("span", {}, link, row.reused ? el("span", { class: "note" }, "was there already") : null);
}

function sparsityCell(row) {
  if (row.masks.length === 0) return "–";
  const masks = row.masks.slice(0, MOST_COMPARED).map(encodeURIComponent).join(",");
  return el("a", { href: `/compare?columns=${masks}`, "aria-label": `Masks of job ${row.job}: sparsity ${sparsity(row.sparsity)}` }, sparsity(row.sparsity));
}

function stateCell(row) {
  return el("span", {}, badge(row.state), el("progress", { max: 1, hidden: true, "aria-label": `Progress of job ${row.job}` }), el("span", { class: "note" }));
}

function note(row) {
  if (hasEnded(row)) return row.error ?? "";
  return progressText(row);
}

/** Shows what changes while a job runs, without a new row. */
function showState(row) {
  const cell = byId(`state-${row.job}`);
  if (!cell) return;
  const [state, bar, words] = cell.firstChild.children;
  setBadge(state, row.state);
  if (show(bar, row.state === "RUNNING")) {
    const share = progressShare(row.progress);
    if (share === null) bar.removeAttribute("value");
    else bar.value = share;
  }
  setText(words, note(row));
}

function sorted() {
  const [name, direction] = (parameter("sort") ?? "").split(":");
  const column = COLUMNS.find((each) => each.name === name);
  if (!column) return results;
  const sign = direction === "down" ? -1 : 1;
  return [...results].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    if (x === y) return 0;
    if (x === null || x === undefined) return 1; // what is not known comes last, whatever the direction
    if (y === null || y === undefined) return -1;
    return x < y ? -sign : sign;
  });
}

function wanted(row) {
  const words = (parameter("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const text = [row.job, kindName(row.kind), row.kind, row.state, row.architecture, row.augmentation, row.seed, row.model].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

function showTable() {
  const [name, direction] = (parameter("sort") ?? "").split(":");
  for (const header of byId("results-head").children) {
    if (header.dataset.column === name) header.setAttribute("aria-sort", direction === "down" ? "descending" : "ascending");
    else header.removeAttribute("aria-sort");
  }
  const rows = sorted().filter(wanted);
  const active = document.activeElement?.getAttribute("href");
  const box = byId("results");
  box.replaceChildren(
    ...rows.map((row) =>
      el("tr", { data: { job: row.job } }, ...COLUMNS.map(({ name: column, cell, right }) => el(column === "job" ? "th" : "td", { scope: column === "job" ? "row" : null, id: column === "state" ? `state-${row.job}` : null, class: right ? "number" : null }, cell(row)))),
    ),
  );
  rows.forEach(showState);
  if (active) box.querySelector(`a[href="${CSS.escape(active)}"]`)?.focus();
  show(byId("results-box"), rows.length > 0);
  if (rows.length > 0) placeholder(byId("results-state"), null);
  else placeholder(byId("results-state"), "empty", "No result is like that.");
}

function showStudy(study) {
  document.title = `${study.name} · Fourier masks`;
  setText(byId("study-title"), study.name);
  const there = study.reused.length > 0 ? `, ${study.reused.length} of them there already` : "";
  setText(byId("study-lead"), `Study ${study.id}: ${count(study.total, "job")}${there}`);
  byId("study-bar").value = study.progress;
  const isOver = study.done === study.total;
  const states = Object.entries(study.states).map(([state, jobs]) => `${jobs} ${state.toLowerCase()}`).join(", ");
  const left = study.secondsLeft === null ? "time left not known yet" : `about ${duration(study.secondsLeft)} left`;
  setText(byId("study-note"), isOver ? states : `${states}; ${left}`);
  show(byId("study-cancel"), !isOver);
  const masks = results.flatMap((row) => row.masks);
  const compare = byId("study-compare");
  if (show(compare, masks.length > 0)) {
    compare.href = `/compare?columns=${masks.slice(0, MOST_COMPARED).map(encodeURIComponent).join(",")}`;
    setText(compare, masks.length > MOST_COMPARED ? `Compare the first ${MOST_COMPARED} of ${masks.length} masks` : `Compare ${count(masks.length, "mask")}`);
  }
}

async function load() {
  try {
    const [study, { items }] = await Promise.all([getJson(address), getJson(`${address}/results`)]);
    results = items;
    showStudy(study);
    showTable();
    followJobs();
  } catch (error) {
    if (results.length > 0) return; // what is shown stays; the stream says that the connection is gone
    show(byId("results-box"), false);
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", load);
    placeholder(byId("results-state"), "failed", error.message, el("p", {}, again));
  }
}

function loadSoon() {
  clearTimeout(refreshSoon);
  refreshSoon = setTimeout(load, SOON_MS);
}

/** Follows what may still change, those first that are worked on. */
function followJobs() {
  const open = results.filter((row) => !hasEnded(row));
  const first = [...open.filter((row) => row.state === "RUNNING"), ...open.filter((row) => row.state !== "RUNNING")];
  const ids = first.map((row) => row.job).slice(0, MOST_FOLLOWED).sort();
  if (ids.join() === followed) return;
  followed = ids.join();
  stream?.close();
  stream = null;
  if (ids.length === 0) return;
  stream = follow(
    ids,
    {
      status: (status) => showStatus(byId("study-live"), status),
      progress: ({ job, progress }) => {
        const row = results.find((each) => each.job === job);
        if (!row || row.state !== "RUNNING") return;
        row.progress = progress;
        showState(row);
      },
      state: loadSoon,
      artefact: loadSoon,
    },
    { curves: false },
  );
}

function head() {
  byId("results-head").replaceChildren(
    ...COLUMNS.map(({ name, title, right }) => {
      const button = el("button", { type: "button", title: `Sort by ${title.toLowerCase()}` }, title);
      button.addEventListener("click", () => {
        setParameter("sort", parameter("sort") === `${name}:up` ? `${name}:down` : `${name}:up`);
        showTable();
      });
      return el("th", { scope: "col", class: right ? "number" : null, data: { column: name } }, button);
    }),
  );
}

byId("q").value = parameter("q") ?? "";
byId("q").addEventListener("input", () => {
  setParameter("q", byId("q").value.trim() || null);
  showTable();
});
byId("study-cancel").addEventListener("click", () => {
  byId("cancel-dialog").returnValue = "";
  byId("cancel-dialog").showModal();
});
byId("cancel-dialog").addEventListener("close", () => {
  if (byId("cancel-dialog").returnValue === "cancel") cancel();
});

async function cancel() {
  const button = byId("study-cancel");
  button.disabled = true;
  show(byId("study-problem"), false);
  try {
    await post(`${address}/cancel`);
    await load();
  } catch (error) {
    setText(byId("study-problem"), error.message);
    show(byId("study-problem"), true);
  }
  button.disabled = false;
}

document.addEventListener("keydown", (event) => {
  if (!isShortcut(event) || event.key !== "/") return;
  event.preventDefault();
  byId("q").focus();
});
setInterval(() => {
  if (!document.hidden && results.some((row) => !hasEnded(row))) load();
}, REFRESH_MS);

head();
placeholder(byId("results-state"), "loading", "Loading the results");
load();
