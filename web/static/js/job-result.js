// Finished masks as a table, the specification, and the log.
import { byId, el, icon, setText, show } from "./dom.js";
import { dateTime, duration, number, percent, sparsity, timeOfDay, whole } from "./format.js";

const STOPPED = {
  CONVERGED: "nothing moved any more",
  STEP_LIMIT: "step limit",
  CANCELLED: "cancelled",
  NON_FINITE: "the objective became infinite",
};
const stopped = (reason) => STOPPED[String(reason).toUpperCase().replaceAll("-", "_")] ?? reason;

/** Shows a row for each finished mask; `choose` selects its image. */
export function showResults(data, selected, choose) {
  const { job } = data;
  show(byId("result-section"), job.images.length > 0 && job.masks.length > 0);
  const rows = job.images.map((image) => [image, data.mask(image.id)]).filter(([, mask]) => mask);
  const body = byId("result-table").tBodies[0];
  const key = rows.map(([, mask]) => mask.id).join();
  if (body.dataset.key !== key) {
    body.dataset.key = key;
    body.replaceChildren(...rows.map(([image, mask]) => row(image, mask, choose)));
  }
  for (const each of body.rows) each.classList.toggle("selected", each.dataset.image === selected);
}

function row(image, mask, choose) {
  const name = el("button", { type: "button", class: "text-button" }, image.name);
  name.addEventListener("click", () => choose(image.id));
  const kept = el("span", { class: "kept", data: { kept: mask.predictionKept } }, icon(mask.predictionKept ? "check" : "cross"), mask.predictionKept ? "yes" : "no");
  const cell = (content, kind) => el("td", { class: kind }, content);
  return el(
    "tr",
    { data: { image: image.id } },
    el("th", { scope: "row" }, name),
    cell(`${mask.labelName} ${percent(mask.cleanProbability)}`),
    cell(`${mask.predictionName} ${percent(mask.probability)}`),
    cell(kept),
    cell(sparsity(mask.sparsity), "number"),
    cell(number(mask.invariance), "number"),
    cell(whole(mask.steps), "number"),
    cell(stopped(mask.stopReason)),
    cell(duration(mask.seconds), "number"),
    el("td", { class: "downloads" }, compare(image), ...["npy", "npz", "png"].map((type) => link(image, mask, type))),
  );
}

/** To the photograph's masks under all models of the family. */
function compare(image) {
  const href = `/compare?set=photograph&image=${encodeURIComponent(image.id)}`;
  return el("a", { href, "aria-label": `Compare the masks of ${image.name}` }, "Compare");
}

function link(image, mask, type) {
  const query = type === "png" ? "?map=turbo&shift=true" : "";
  const href = `/api/masks/${encodeURIComponent(mask.id)}.${type}${query}`;
  return el("a", { href, download: `mask-${mask.id}.${type}`, "aria-label": `Mask of ${image.name} as .${type}` }, `.${type}`);
}

/** Shows the specification, with a button that copies it. */
export function showSpecification(specification) {
  const pre = byId("spec-json");
  const text = JSON.stringify(specification, null, 2);
  if (pre.textContent === text) return;
  pre.textContent = text;
  byId("spec-copy").onclick = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setText(byId("spec-copied"), "Copied");
    } catch {
      // without a secure connection a page may not write to the clipboard
      getSelection().selectAllChildren(pre);
      setText(byId("spec-copied"), "Selected: copy it with the keyboard");
    }
    setTimeout(() => setText(byId("spec-copied"), ""), 4000);
  };
}

/** What happened to the job, newest last, each thing once. */
export class Log {
  constructor() {
    this.seen = new Set();
  }

  /** Notes the times that the job itself tells. */
  job(job) {
    this.add("created", job.createdAt, "Accepted");
    if (job.startedAt) this.add(`started ${job.startedAt}`, job.startedAt, "Started");
    for (const mask of job.masks) this.mask(job, mask);
    if (job.finishedAt) {
      const words = { SUCCEEDED: "Succeeded", FAILED: "Failed", CANCELLED: "Cancelled" };
      const why = job.reason === "interrupted" ? ": the server stopped" : job.error ? `: ${job.error}` : "";
      this.add("finished", job.finishedAt, `${words[job.state] ?? job.state}${why}`);
    } else if (job.state === "PAUSED") {
      this.add(`paused ${job.progress?.step}`, new Date().toISOString(), "Paused");
    }
  }

  mask(job, mask) {
    const name = job.images.find((image) => image.id === mask.image)?.name ?? mask.labelName ?? job.model?.name ?? "the model";
    const text = `Mask of ${name}: ${sparsity(mask.sparsity)} left after ${whole(mask.steps)} steps, ${stopped(mask.stopReason)}`;
    this.add(`mask ${mask.id}`, mask.createdAt, text);
  }

  /** Notes something that the page itself saw. */
  note(text) {
    const now = new Date().toISOString();
    this.add(`${text} ${now}`, now, text);
  }

  add(key, iso, text) {
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const entry = el("li", {}, el("time", { dateTime: iso, title: dateTime(iso) }, timeOfDay(iso)), el("span", {}, text));
    const later = [...byId("log").children].find((other) => Date.parse(other.firstChild.dateTime) > Date.parse(iso));
    byId("log").insertBefore(entry, later ?? null);
  }
}
