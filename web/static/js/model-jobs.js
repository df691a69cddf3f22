// The jobs of a model, newest first, live.
import { getJson } from "./api.js";
import { byId, el, placeholder } from "./dom.js";
import { follow, hasEnded, showStatus } from "./events.js";
import { jobCard, updateCard } from "./job-card.js";

const MOST = 12;
const REFRESH_MS = 15000;

/** Shows them; `onEnded` hears of a job that ends. */
export function showModelJobs(model, onEnded) {
  const jobs = new ModelJobs(model, onEnded);
  jobs.refresh();
  setInterval(() => document.hidden || jobs.refresh(), REFRESH_MS);
  return jobs;
}

class ModelJobs {
  constructor(model, onEnded) {
    this.model = model;
    this.onEnded = onEnded;
    this.cards = new Map();
    this.followed = "";
    this.stream = null;
  }

  async refresh() {
    const state = byId("jobs-state");
    try {
      const { items } = await getJson(`/api/jobs?model=${encodeURIComponent(this.model)}&limit=${MOST}`);
      for (const job of items) this.show(job);
      const listed = items.map((job) => this.cards.get(job.id).element);
      const shown = [...byId("jobs").children];
      // moved only when the list is another one, so that focus stays
      if (listed.length !== shown.length || listed.some((element, i) => element !== shown[i])) byId("jobs").replaceChildren(...listed);
      if (items.length === 0) placeholder(state, "empty", "No job of this model yet. The forms above start one.");
      else placeholder(state, null);
      this.follow(items);
    } catch (error) {
      const again = el("button", { type: "button", class: "button" }, "Try again");
      again.addEventListener("click", () => this.refresh());
      if (this.cards.size === 0) placeholder(state, "failed", error.message, again);
    }
    byId("jobs").setAttribute("aria-busy", "false");
  }

  show(job) {
    const card = this.cards.get(job.id);
    if (!card) {
      this.cards.set(job.id, jobCard(job));
      return;
    }
    const ends = hasEnded(job) && !hasEnded(card.job);
    updateCard(card, job);
    if (ends) this.onEnded(job);
  }

  follow(jobs) {
    const ids = jobs.filter((job) => !hasEnded(job)).map((job) => job.id);
    if (ids.join() === this.followed) return;
    this.followed = ids.join();
    this.stream?.close();
    this.stream = null;
    if (ids.length === 0) return;
    const handlers = {
      status: (status) => showStatus(byId("jobs-live"), status),
      snapshot: (data) => data.jobs.forEach((entry) => this.show(entry.job)),
      state: (job) => this.changed(job),
      progress: ({ job, progress }) => this.progress(String(job), progress),
    };
    this.stream = follow(ids, handlers, { curves: false });
  }

  changed(job) {
    this.show(job);
    if (hasEnded(job)) this.refresh();
  }

  progress(id, progress) {
    const card = this.cards.get(id);
    if (card) updateCard(card, { ...card.job, progress });
  }
}
