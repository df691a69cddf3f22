// What happened to a job: its states as the server keeps them, its masks, and what the page itself saw.
import { getJson } from "./api.js";
import { byId, el, placeholder } from "./dom.js";
import { dateTime, sparsity, timeOfDay, whole } from "./format.js";
import { stopped } from "./job-result.js";

/** The list, oldest first, each thing once. */
export class JobHistory {
  constructor(id) {
    this.id = id;
    this.seen = new Set();
    this.known = null;
  }

  /** Notes what the job itself tells, and asks for its states when it has come into another one. */
  job(job) {
    this.add("created", job.createdAt, "Accepted");
    for (const mask of job.masks) this.mask(job, mask);
    const now = `${job.state} ${job.reason} ${job.startedAt} ${job.finishedAt}`;
    if (this.known === now) return;
    this.known = now;
    this.load();
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

  async load() {
    try {
      const { items } = await getJson(`/api/jobs/${this.id}/history`);
      // a list that only grows: a moment is known by its place
      items.forEach((moment, i) => {
        const text = inWords(moment);
        if (text !== null) this.add(`moment ${i}`, moment.at, text);
      });
      placeholder(byId("happened-state"), null);
    } catch (error) {
      const again = el("button", { type: "button", class: "button" }, "Try again");
      again.addEventListener("click", () => this.load());
      placeholder(byId("happened-state"), "failed", error.message, again);
    }
  }

  add(key, iso, text) {
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const entry = el("li", {}, el("time", { dateTime: iso, title: dateTime(iso) }, timeOfDay(iso)), el("span", {}, text));
    const list = byId("happened");
    const later = [...list.children].find((other) => Date.parse(other.firstChild.dateTime) > Date.parse(iso));
    list.insertBefore(entry, later ?? null);
  }
}

/** A state and why; null for what the list says already. */
function inWords({ state, reason, error, worker, begun }) {
  const because = error ? `: ${error}` : "";
  switch (state) {
    case "QUEUED":
      if (reason === null) return null;
      return reason === "requested" ? "Resumed: waits for its turn" : `Waits again${because}`;
    case "RUNNING":
      return `${begun > 1 ? "Goes on" : "Started"}${worker ? ` on ${worker}` : ""}`;
    case "PAUSED":
      return `Paused${because}`;
    case "SUCCEEDED":
      return "Succeeded";
    case "CANCELLED":
      return "Cancelled";
    default:
      return `Failed${because}`;
  }
}
