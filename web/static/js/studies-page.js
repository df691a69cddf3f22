// The studies: how far each is, and the form that submits one.
import { getJson, postText } from "./api.js";
import { announce, byId, el, placeholder, setBadge, setText, show } from "./dom.js";
import { ago, dateTime, duration, whole } from "./format.js";
import { parameter, setParameter } from "./selection.js";

const PAGE = 20;
const REFRESH_MS = 5000;
const MOST_REFRESHED = 100;

let shown = [];
let next = null;

function row(study) {
  const isOver = study.done === study.total;
  const left = study.secondsLeft === null ? "time left not known yet" : `about ${duration(study.secondsLeft)} left`;
  const states = Object.entries(study.states).map(([state, jobs]) => {
    const badge = setBadge(el("span", { class: "badge" }), state);
    badge.append(` ${whole(jobs)}`);
    return badge;
  });
  return el(
    "tr",
    { data: { study: study.id } },
    el("th", { scope: "row" }, el("a", { href: `/studies/${encodeURIComponent(study.id)}` }, study.name), el("span", { class: "note" }, `Study ${study.id}`)),
    el("td", {}, el("progress", { max: 1, value: study.progress, "aria-label": `Progress of ${study.name}` }), el("span", { class: "note" }, isOver ? "All ended" : `${study.done} of ${study.total} ended, ${left}`)),
    el("td", {}, el("span", { class: "counts" }, ...states)),
    el("td", { class: "number" }, whole(study.total)),
    el("td", { class: "number" }, el("time", { dateTime: study.createdAt, title: dateTime(study.createdAt) }, ago(study.createdAt))),
  );
}

function showList() {
  const active = document.activeElement?.getAttribute("href");
  byId("studies").replaceChildren(...shown.map(row));
  if (active) byId("studies").querySelector(`a[href="${CSS.escape(active)}"]`)?.focus();
  show(byId("studies-box"), shown.length > 0);
  show(byId("studies-more"), next !== null);
  if (shown.length > 0) placeholder(byId("studies-state"), null);
  else placeholder(byId("studies-state"), "empty", "No study yet. The form below submits one, and so does “Train all five” on the page Models.");
}

async function load() {
  try {
    const page = await getJson(`/api/studies?limit=${Math.max(PAGE, shown.length)}`);
    shown = page.items;
    next = page.next;
    showList();
  } catch (error) {
    if (shown.length > 0) return; // what is shown stays, and is asked for again
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", load);
    placeholder(byId("studies-state"), "failed", error.message, el("p", {}, again));
  }
}

async function older() {
  const button = byId("studies-more");
  button.disabled = true;
  try {
    const page = await getJson(`/api/studies?limit=${PAGE}&cursor=${encodeURIComponent(next)}`);
    shown = [...shown, ...page.items];
    next = page.next;
    showList();
  } catch (error) {
    placeholder(byId("studies-state"), "failed", error.message);
  }
  button.disabled = false;
}

function problem(text) {
  const input = byId("document");
  setText(byId("document-error"), text ?? "");
  if (show(byId("document-error"), text !== null)) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

async function submit() {
  const text = byId("document").value;
  problem(null);
  if (text.trim() === "") {
    problem("Write a study, or open a file with one.");
    byId("document").focus();
    return;
  }
  const button = byId("submit-button");
  button.disabled = true;
  try {
    // JSON is YAML too, but its faults are better told by its own reader
    const type = text.trimStart().startsWith("{") ? "application/json" : "application/yaml";
    const study = await postText("/api/studies", text, type);
    location.assign(`/studies/${encodeURIComponent(study.id)}`);
  } catch (error) {
    problem(error.field ? `${error.field}: ${error.message}` : error.message);
    byId("document").focus();
    button.disabled = false;
  }
}

/** What is written is not lost by a wrong click: it can be undone like typing. */
function write(text) {
  const input = byId("document");
  input.focus();
  input.select();
  // setting the value would empty the field's own history
  if (!document.execCommand("insertText", false, text)) input.value = text;
  input.setSelectionRange(0, 0);
  input.scrollTop = 0;
  problem(null);
}

async function fillAgain(id) {
  try {
    const specification = await getJson(`/api/studies/${encodeURIComponent(id)}/specification`);
    write(JSON.stringify(specification, null, 2));
    announce(`What study ${id} asked for`);
    setParameter("again", null);
  } catch (error) {
    problem(error.message);
  }
}

byId("submit").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
byId("file").addEventListener("change", async () => {
  const [file] = byId("file").files;
  if (file) write(await file.text());
});
byId("example-button").addEventListener("click", () => write(byId("example").content.textContent));
byId("studies-more").addEventListener("click", older);
setInterval(() => {
  const isOpen = shown.some((study) => study.done < study.total);
  if (!document.hidden && isOpen && shown.length <= MOST_REFRESHED) load();
}, REFRESH_MS);

load();
if (parameter("again")) fillAgain(parameter("again"));
