// One job as a row of the table of jobs.
import { el, setBadge, setText, show } from "./dom.js";
import { hasEnded } from "./events.js";
import { ago, dateTime, duration, number, sparsity } from "./format.js";
import { kindName } from "./job-kind.js";
import { progressShare, progressText } from "./progress.js";

const VALUES_SHOWN = 2;
const MAIN = ["sparsity", "accuracy", "loss", "invariance"];

const written = { percent: sparsity, number };

/** A new row; `selected` tells of its box. */
export function jobRow(job, onSelect) {
  const parts = {
    box: el("input", { type: "checkbox", "aria-label": `Select job ${job.id}` }),
    thumbs: el("span", { class: "thumbs" }),
    link: el("a", { href: `/jobs/${encodeURIComponent(job.id)}` }),
    about: el("span", { class: "about" }),
    badge: el("span", { class: "badge" }),
    progress: el("progress", { max: 1, "aria-label": `Progress of job ${job.id}` }),
    note: el("p", { class: "note" }),
    values: el("td", { class: "values-cell" }),
    took: el("td", { class: "number" }),
    when: el("time", {}),
  };
  const element = el(
    "tr",
    { data: { job: job.id } },
    el("td", {}, parts.box),
    el("th", { scope: "row" }, el("div", { class: "job-cell" }, parts.thumbs, parts.link, parts.about)),
    el("td", { class: "state-cell" }, parts.badge, parts.progress, parts.note),
    parts.values,
    parts.took,
    el("td", { class: "number when" }, parts.when),
  );
  parts.box.addEventListener("change", () => {
    element.classList.toggle("selected", parts.box.checked);
    onSelect(job.id, parts.box.checked);
  });
  return { job, element, parts };
}

/** Shows what is now known of the job; `metric` is what the table is sorted by, or null. */
export function showRow(row, job, metric) {
  row.job = job;
  const { parts } = row;
  setText(parts.link, job.title ?? job.modelName ?? `Job ${job.id}`);
  const study = job.studyName ? ` · ${job.studyName}` : "";
  setText(parts.about, `${job.id} · ${kindName(job.kind)} · ${job.modelName ?? "no model"}${study}`);
  setBadge(parts.badge, job.state);
  showThumbs(row);
  showState(row);
  showValues(row, metric);
  setText(parts.took, job.seconds === null ? "" : duration(job.seconds));
  const at = job.finishedAt ?? job.startedAt ?? job.createdAt;
  parts.when.dateTime = at;
  parts.when.title = dateTime(at);
  setText(parts.when, ago(at));
}

/** Marks a row as selected or not. */
export function select(row, selected) {
  row.parts.box.checked = selected;
  row.element.classList.toggle("selected", selected);
}

function showThumbs(row) {
  const { image, mask } = row.job;
  const shown = `${image} ${mask}`;
  if (row.thumbs === shown) return;
  row.thumbs = shown;
  const picture = (src) => (src ? el("img", { src, alt: "", width: 40, height: 40, loading: "lazy" }) : el("span", { class: "none" }));
  row.parts.thumbs.replaceChildren(
    picture(image && `/api/images/${encodeURIComponent(image)}/input.png`),
    picture(mask && `/api/masks/${encodeURIComponent(mask)}.png?map=turbo&shift=true`),
  );
}

/** The state with progress, or what went wrong. */
export function showState({ job, parts }) {
  const running = !hasEnded(job);
  show(parts.progress, job.state === "RUNNING");
  const share = progressShare(job.progress);
  if (share === null) parts.progress.removeAttribute("value");
  else parts.progress.value = share;
  let note = running ? progressText(job) : "";
  if (job.state === "FAILED") note = job.reason === "interrupted" ? "The server stopped while it ran." : (job.error ?? "It failed without saying why.");
  show(parts.note, note !== "");
  setText(parts.note, note);
}

function showValues({ job, parts }, metric) {
  const order = [...job.values].sort((a, b) => rank(a, metric) - rank(b, metric)).slice(0, VALUES_SHOWN);
  parts.values.replaceChildren(
    ...order.map((value) => {
      const text = (n) => (written[value.format] ?? number)(n);
      const best = value.best === null ? null : el("b", {}, text(value.best));
      return el("span", { class: "value" }, `${value.title} `, best, el("span", { class: "muted" }, `${best ? ", last " : ""}${text(value.last)}`));
    }),
  );
}

function rank(value, metric) {
  if (value.metric === metric) return -1;
  const place = MAIN.indexOf(value.metric);
  return place < 0 ? MAIN.length : place;
}
