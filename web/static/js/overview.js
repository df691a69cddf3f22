// The overview: the models with their masks, and recent jobs, kept up to date.
import { getJson } from "./api.js";
import { byId, el, placeholder, show } from "./dom.js";
import { watchEngine } from "./engine.js";
import { follow, hasEnded, showStatus } from "./events.js";
import { jobCard, updateCard } from "./job-card.js";
import { showModels } from "./model-grid.js";

const PAGE = 12;
const REFRESH_MS = 20000;
const MOST_FOLLOWED = 6;

const list = byId("jobs");
const state = byId("jobs-state");
const more = byId("jobs-more");
const cards = new Map();
let cursor = null;
let stream = null;
let followed = "";

async function loadJobs(older) {
  try {
    const from = older && cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const page = await getJson(`/api/jobs?limit=${PAGE}${from}`);
    placeholder(state, null);
    // a refresh of the newest page must not forget how far down the reader already is
    if (older || cards.size <= PAGE) cursor = page.next;
    merge(page.items, older);
    if (!older) showNewest(page.items);
  } catch (error) {
    placeholder(state, "failed", error.message, retryButton(older));
  }
  list.setAttribute("aria-busy", "false");
  show(more, cursor !== null && cursor !== undefined);
}

function merge(jobs, older) {
  const unknown = jobs.filter((job) => !cards.has(job.id));
  for (const job of jobs) if (cards.has(job.id)) updateCard(cards.get(job.id), job);
  const fresh = unknown.map((job) => {
    const card = jobCard(job);
    cards.set(job.id, card);
    return card.element;
  });
  if (older) list.append(...fresh);
  else list.prepend(...fresh);
  if (cards.size === 0) {
    const link = el("a", { class: "button", href: "/images" }, "Go to the images");
    placeholder(state, "empty", "No job yet. Upload a photograph, choose a model, and start one.", el("p", {}, link));
  }
  followRunning();
}

function followRunning() {
  const running = [...cards.values()].filter((card) => !hasEnded(card.job)).slice(0, MOST_FOLLOWED);
  const ids = running.map((card) => card.job.id);
  if (ids.join() === followed) return;
  followed = ids.join();
  stream?.close();
  stream = null;
  if (ids.length > 0) {
    stream = follow(ids, {
      status: (status) => showStatus(byId("jobs-live"), status),
      snapshot: (data) => data.jobs.forEach((entry) => update(entry.job)),
      state: update,
      progress: (data) => updateProgress(data),
      artefact: (data) => addMask(data),
      point: (point) => cards.get(point.job)?.showPoint(point),
    });
  }
}

function update(job) {
  const card = cards.get(job.id);
  if (!card) return;
  updateCard(card, job);
  if (hasEnded(job)) {
    followRunning();
    showNewest([...cards.values()].map((each) => each.job));
  }
}

function updateProgress({ job, progress }) {
  const card = cards.get(String(job));
  if (card) updateCard(card, { ...card.job, progress });
}

function addMask({ job, mask }) {
  const card = cards.get(String(job));
  if (!card || card.job.masks.some((known) => known.id === mask.id)) return;
  updateCard(card, { ...card.job, masks: [...card.job.masks, mask] });
}

function showNewest(jobs) {
  const done = jobs
    .filter((job) => job.masks.length > 0 && hasEnded(job))
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))[0];
  const link = byId("newest-link");
  if (show(link, done !== undefined)) link.href = `/jobs/${encodeURIComponent(done.id)}`;
}

function retryButton(older) {
  const button = el("button", { type: "button", class: "button" }, "Try again");
  button.addEventListener("click", () => loadJobs(older));
  return button;
}

more.addEventListener("click", () => loadJobs(true));
loadJobs(false);
showModels();
watchEngine(byId("engine"));
setInterval(() => {
  if (document.hidden) return;
  loadJobs(false);
  showModels();
}, REFRESH_MS);
