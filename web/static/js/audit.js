// Who did what: a list that is read backwards, narrowed by what is in the address.
import { getJson } from "./api.js";
import { byId, el, placeholder, show } from "./dom.js";
import { dateTime } from "./format.js";

const filter = byId("audit-filter");
const WORDS = new Map([...byId("audit-action").options].map(({ value, text }) => [value, text]));
const PAGE = 50;

let next = null;
let generation = 0;

async function load(cursor) {
  const mine = ++generation;
  const query = new URLSearchParams({ limit: PAGE, ...wanted() });
  if (cursor) query.set("cursor", cursor);
  try {
    const page = await getJson(`/api/audit?${query}`);
    if (mine !== generation) return; // another filter was chosen meanwhile
    if (!cursor) byId("audit").replaceChildren();
    byId("audit").append(...page.items.map(row));
    next = page.next ?? null;
    const isEmpty = byId("audit").children.length === 0;
    if (isEmpty) placeholder(byId("audit-state"), "empty", Object.keys(wanted()).length ? "Nothing of that kind." : "Nothing was done yet.");
    else placeholder(byId("audit-state"), null);
    show(byId("audit-box"), !isEmpty);
    show(byId("audit-more"), next !== null);
  } catch (error) {
    if (mine !== generation) return;
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", () => load(cursor));
    placeholder(byId("audit-state"), "failed", error.message, ...(error.status === 403 ? [] : [again]));
  }
}

/** The filters that are set. */
function wanted() {
  return Object.fromEntries([...new FormData(filter)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ""));
}

function row({ at, actor, action, subject, outcome, detail }) {
  const words = el("td", {}, WORDS.get(action) ?? action);
  if (outcome === "refused") words.append(" ", el("span", { class: "muted" }, "refused"));
  return el(
    "tr",
    {},
    el("td", {}, el("time", { dateTime: at }, dateTime(at))),
    el("td", {}, actor),
    words,
    el("td", {}, subject === null ? null : linked(subject)),
    el("td", {}, detail),
  );
}

/** The name of a thing, with the way to its page where there is one. */
function linked(subject) {
  const [kind, id] = subject.split(" ");
  const page = { job: "/jobs/", study: "/studies/", model: "/models/" }[kind];
  return page ? el("a", { href: page + encodeURIComponent(id) }, subject) : subject;
}

function changed() {
  const address = new URL(location.href);
  for (const name of ["actor", "action"]) address.searchParams.delete(name);
  for (const [name, value] of Object.entries(wanted())) address.searchParams.set(name, value);
  history.replaceState(null, "", address);
  load(null);
}

filter.addEventListener("submit", (event) => {
  event.preventDefault();
  changed();
});
filter.addEventListener("change", changed);
byId("audit-more").addEventListener("click", () => load(next));

const shared = new URLSearchParams(location.search);
for (const name of ["actor", "action"]) filter.elements[name].value = shared.get(name) ?? "";
load(null);
