// The table of jobs: everything that is chosen is in the address, everything shown stays up to date.
import { getAll, getJson } from "./api.js";
import { byId, el, placeholder, setBadge, setText, show } from "./dom.js";
import { follow, hasEnded, MOST_FOLLOWED, showStatus } from "./events.js";
import { count, whole } from "./format.js";
import { showDifferences } from "./job-diff.js";
import { jobRow, select, showRow, showState } from "./job-row.js";
import { parameter, setParameter } from "./selection.js";
import { isShortcut } from "./shell.js";

const PAGE = 50;
const MOST_REFRESHED = 500;
const REFRESH_MS = 15000;
const SOON_MS = 800;
const TYPING_MS = 250;
const FILTERS = ["q", "state", "kind", "model", "study"];

const form = byId("filters");
const rows = new Map();
const selected = new Set();
let next = null;
let asked = 0;
let stream = null;
let followed = "";
let refreshSoon = null;

/** What the address chooses, as the API takes it. */
function query(extra = {}) {
  const search = new URLSearchParams();
  for (const name of FILTERS) if (parameter(name)) search.set(name, parameter(name));
  const [sort, metric] = (parameter("sort") ?? "").split(":");
  if (sort) search.set("sort", sort);
  if (metric) search.set("metric", metric);
  for (const [name, value] of Object.entries(extra)) search.set(name, value);
  return search.toString();
}

const metric = () => (parameter("sort") ?? "").split(":")[1] ?? null;

async function load() {
  const ask = ++asked;
  byId("jobs").setAttribute("aria-busy", "true");
  if (rows.size === 0) placeholder(byId("jobs-state"), "loading", "Loading the jobs");
  loadGroups(ask);
  try {
    const page = await getJson(`/api/jobs/table?${query({ limit: PAGE })}`);
    if (ask !== asked) return;
    rows.clear();
    byId("jobs").replaceChildren();
    showPage(page);
  } catch (error) {
    if (ask !== asked) return;
    rows.clear();
    byId("jobs").replaceChildren();
    show(byId("jobs-box"), false);
    show(byId("jobs-more"), false);
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", load);
    placeholder(byId("jobs-state"), "failed", error.message, el("p", {}, again));
  }
  byId("jobs").setAttribute("aria-busy", "false");
}

function showPage({ items, next: cursor, total }) {
  next = cursor;
  for (const job of items) {
    const row = jobRow(job, choose);
    rows.set(job.id, row);
    showRow(row, job, metric());
    select(row, selected.has(job.id));
    byId("jobs").append(row.element);
    visible.observe(row.element);
  }
  setText(byId("jobs-count"), count(total, "job"));
  setText(byId("sort-note"), parameter("sort") && rows.size < total && !next ? "those without that value are left out" : "");
  show(byId("jobs-box"), rows.size > 0);
  show(byId("jobs-more"), next !== null);
  if (rows.size > 0) placeholder(byId("jobs-state"), null);
  else if (total > 0) placeholder(byId("jobs-state"), "empty", "None of these jobs has the value that you sort by.");
  else if (FILTERS.some(parameter)) placeholder(byId("jobs-state"), "empty", "No job is like that.", resetButton());
  else placeholder(byId("jobs-state"), "empty", "No job yet. Upload a photograph, choose a model, and start one.", el("p", {}, el("a", { class: "button", href: "/images" }, "Go to the images")));
}

async function more() {
  const button = byId("jobs-more");
  const ask = asked;
  button.disabled = true;
  try {
    const page = await getJson(`/api/jobs/table?${query({ limit: PAGE, cursor: next })}`);
    if (ask === asked) showPage(page);
  } catch (error) {
    placeholder(byId("jobs-state"), "failed", error.message);
  }
  button.disabled = false;
}

/** Asks again for what is shown; rows keep their place on the screen. */
async function refresh() {
  if (document.hidden) return;
  const ask = asked;
  const shown = Math.max(rows.size, PAGE);
  if (shown > MOST_REFRESHED) return;
  try {
    const page = await getJson(`/api/jobs/table?${query({ limit: shown })}`);
    if (ask !== asked) return;
    const known = new Map(rows);
    const active = document.activeElement;
    rows.clear();
    const elements = page.items.map((job) => {
      const row = known.get(job.id) ?? jobRow(job, choose);
      rows.set(job.id, row);
      showRow(row, job, metric());
      select(row, selected.has(job.id));
      visible.observe(row.element);
      return row.element;
    });
    const order = [...byId("jobs").children];
    if (elements.length !== order.length || elements.some((element, i) => element !== order[i])) {
      byId("jobs").replaceChildren(...elements);
      if (active?.isConnected) active.focus();
    }
    showPage({ items: [], next: page.next, total: page.total });
    loadGroups(ask);
  } catch {
    // what is shown stays; the stream says that the connection is gone
  }
}

async function loadGroups(ask) {
  const by = parameter("by");
  const box = byId("groups");
  if (!show(box, by === "model" || by === "study")) return;
  if (box.childElementCount === 0) placeholder(box, "loading", "Loading the groups");
  try {
    const { items } = await getJson(`/api/jobs/table/groups?${query({ by })}`);
    if (ask !== asked) return;
    if (items.length === 0) box.replaceChildren();
    else box.replaceChildren(groupTable(by, items));
  } catch (error) {
    placeholder(box, "failed", error.message);
  }
}

function groupTable(by, groups) {
  const word = by === "model" ? "Model" : "Study";
  return el(
    "div",
    { class: "groups-table scroll", tabindex: 0, role: "region", "aria-label": `Jobs by ${by}` },
    el(
      "table",
      {},
      el("caption", { class: "hidden" }, `Jobs by ${by}`),
      el("thead", {}, el("tr", {}, ...[word, "Progress", "States"].map((text) => el("th", { scope: "col" }, text)), el("th", { scope: "col", class: "number" }, "Jobs"))),
      el("tbody", {}, ...groups.map((group) => groupRow(by, group))),
    ),
  );
}

function groupRow(by, { key, name, jobs, ended, states }) {
  const label = key === null ? `Without a ${by}` : name;
  const link = el("button", { type: "button", class: "text-button" }, label);
  link.addEventListener("click", () => {
    setParameter(by, key);
    setParameter("by", null);
    readAddress();
    load();
  });
  const badges = Object.entries(states).map(([state, number]) => {
    const badge = setBadge(el("span", { class: "badge" }), state);
    badge.append(` ${whole(number)}`);
    return badge;
  });
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, key === null ? label : link, by === "study" && key !== null ? el("p", { class: "hint" }, el("a", { href: `/studies/${encodeURIComponent(key)}`, "aria-label": `Results of ${label}` }, "Results")) : null),
    el("td", {}, el("progress", { max: jobs, value: ended, "aria-label": `${label}: ${ended} of ${jobs} ended` }), el("span", { class: "muted" }, `${whole(ended)} of ${whole(jobs)} ended`)),
    el("td", {}, el("span", { class: "counts" }, ...badges)),
    el("td", { class: "number" }, whole(jobs)),
  );
}

function choose(id, on) {
  if (on) selected.add(id);
  else selected.delete(id);
  showSelected();
}

function showSelected() {
  const names = selected.size <= 3 ? `: ${[...selected].join(", ")}` : "";
  const hint = selected.size === 1 ? "; select another" : "";
  setText(byId("selected-note"), selected.size === 0 ? "" : `${count(selected.size, "job")} selected${names}${hint}`);
  byId("diff-open").disabled = selected.size < 2;
}

function openDifferences() {
  const ids = [...selected].sort((a, b) => a - b);
  setParameter("diff", ids.join(","));
  showDifferences(ids).then(() => byId("diff-title").focus());
}

// the rows on the screen that may still change are followed, without their curves
const onScreen = new Set();
const visible = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) onScreen.add(target.dataset.job);
    else onScreen.delete(target.dataset.job);
  }
  followVisible();
});

function followVisible() {
  const ids = [...onScreen].filter((id) => rows.has(id) && !hasEnded(rows.get(id).job)).slice(0, MOST_FOLLOWED);
  if (ids.join() === followed) return;
  followed = ids.join();
  stream?.close();
  stream = null;
  if (ids.length === 0) return;
  const handlers = {
    status: (status) => showStatus(byId("jobs-live"), status),
    snapshot: ({ jobs }) => jobs.forEach(({ job }) => update(job)),
    state: (job) => {
      update(job);
      soon();
    },
    artefact: soon,
    progress: ({ job, progress }) => update({ id: String(job), progress }),
  };
  stream = follow(ids, handlers, { curves: false });
}

/** What changes of a row while it is followed; values come with the next refresh. */
function update({ id, ...news }) {
  const row = rows.get(id);
  if (!row) return;
  for (const name of ["state", "reason", "error", "progress"]) if (name in news) row.job[name] = news[name];
  setBadge(row.parts.badge, row.job.state);
  showState(row);
  if (hasEnded(row.job)) followVisible();
}

function soon() {
  refreshSoon ??= setTimeout(() => {
    refreshSoon = null;
    refresh();
  }, SOON_MS);
}

/** Lets the form show what the address says. */
function readAddress() {
  for (const name of [...FILTERS, "sort", "by"]) {
    const field = form.elements[name];
    const value = parameter(name) ?? "";
    // a name that the list does not have (yet) must not be forgotten
    if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value)) field.append(el("option", { value }, value));
    field.value = value;
  }
}

async function loadNames() {
  try {
    const [models, studies] = await Promise.all([getAll("/api/models?limit=500"), getJson("/api/jobs/table/groups?by=study")]);
    fill(form.elements.model, models.map(({ id, name }) => [id, name]));
    fill(form.elements.study, studies.items.filter(({ key }) => key !== null).map(({ key, name }) => [key, name]));
    readAddress();
  } catch {
    // the lists stay short; the table says what is wrong
  }
}

function fill(field, options) {
  field.replaceChildren(el("option", { value: "" }, "Any"), ...options.map(([value, text]) => el("option", { value }, text)));
}

function resetButton() {
  const button = el("button", { type: "button", class: "button" }, "Show all jobs");
  button.addEventListener("click", () => form.reset());
  return el("p", {}, button);
}

let typing = null;
form.addEventListener("input", (event) => {
  setParameter(event.target.name, event.target.value.trim());
  clearTimeout(typing);
  typing = setTimeout(load, event.target.type === "search" ? TYPING_MS : 0);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  for (const name of [...FILTERS, "sort", "by"]) setParameter(name, null);
  setTimeout(load);
});
byId("jobs-more").addEventListener("click", more);
byId("diff-open").addEventListener("click", openDifferences);
byId("diff-close").addEventListener("click", () => {
  setParameter("diff", null);
  showDifferences([]);
  byId("diff-open").focus();
});
document.addEventListener("keydown", (event) => {
  if (!isShortcut(event)) return;
  if (event.key === "/") {
    form.elements.q.focus();
    event.preventDefault();
  } else if (event.key === "d" && selected.size > 1) {
    openDifferences();
  }
});

const compared = (parameter("diff") ?? "").split(",").filter((id) => /^\d+$/.test(id));
compared.forEach((id) => selected.add(id));
// a job's page leads here to choose what it is compared with
if (/^\d+$/.test(parameter("select") ?? "")) selected.add(parameter("select"));
showSelected();
showDifferences(compared);
readAddress();
loadNames();
load();
setInterval(refresh, REFRESH_MS);
document.addEventListener("restored", refresh);
