// One job as a row of the overview.
import { badge, el, icon, setBadge, setText, show } from "./dom.js";
import { hasEnded } from "./events.js";
import { ago, dateTime, percent, sparsity } from "./format.js";
import { jobTitle, modelName } from "./job-kind.js";
import { progressShare, progressText } from "./progress.js";

/** A new row for a job; its `element` goes into the list. */
export function jobCard(job) {
  const parts = {
    photo: el("img", { class: "thumb", alt: "", width: 64, height: 64, loading: "lazy" }),
    mask: el("div", { class: "thumb mask-thumb" }),
    link: el("a", { class: "job-link", href: `/jobs/${encodeURIComponent(job.id)}` }),
    model: el("span", { class: "muted" }),
    badge: badge(job.state),
    progress: el("progress", { max: 1, "aria-label": `Progress of job ${job.id}` }),
    note: el("p", { class: "job-note" }),
    facts: el("p", { class: "job-facts" }),
    when: el("time", { class: "muted" }),
  };
  const element = el(
    "li",
    { class: "job-card", data: { job: job.id } },
    el("div", { class: "thumbs" }, parts.photo, parts.mask),
    el("div", { class: "job-main" }, el("p", { class: "job-title" }, parts.link, parts.badge), el("p", { class: "job-model" }, parts.model)),
    el("div", { class: "job-status" }, parts.progress, parts.note, parts.facts),
    parts.when,
  );
  const card = { job, element, parts, maskShown: null };
  card.showPoint = (point) => showPoint(card, point);
  updateCard(card, job);
  return card;
}

/** Shows what is now known of the job. */
export function updateCard(card, job) {
  card.job = job;
  const { parts } = card;
  const first = job.images[0];
  const photo = first ? `/api/images/${first.id}/input.png` : null;
  // a job about no photograph has only its mask
  if (show(parts.photo, photo !== null) && parts.photo.getAttribute("src") !== photo) parts.photo.src = photo;
  setText(parts.link, title(job));
  setText(parts.model, modelName(job));
  setBadge(parts.badge, job.state);
  const at = job.finishedAt ?? job.startedAt ?? job.createdAt;
  parts.when.dateTime = at;
  parts.when.title = dateTime(at);
  setText(parts.when, ago(at));
  showProgress(card);
  showMask(card);
  showFacts(card);
}

function title(job) {
  return `${jobTitle(job)}${job.kind === "image-mask" ? "" : `, job ${job.id}`}`;
}

function showProgress({ job, parts }) {
  const running = !hasEnded(job);
  show(parts.progress, running);
  if (running) {
    const share = progressShare(job.progress);
    if (share === null) parts.progress.removeAttribute("value");
    else parts.progress.value = share;
  }
  const note = job.state === "FAILED" ? failure(job) : running ? progressText(job) : "";
  show(parts.note, note !== "");
  setText(parts.note, note);
}

function failure(job) {
  if (job.reason === "interrupted") return "The server stopped while it ran. It can be started again.";
  return job.error ?? "It failed without saying why.";
}

function showMask(card) {
  const mask = card.job.masks[0];
  const id = mask?.id ?? "";
  if (card.maskShown === id) return;
  card.maskShown = id;
  card.parts.mask.replaceChildren(
    mask
      ? el("img", {
          src: `/api/masks/${mask.id}.png?map=turbo&shift=true`,
          alt: `Mask, sparsity ${sparsity(mask.sparsity)}`,
          width: 64,
          height: 64,
          loading: "lazy",
        })
      : icon("mask"),
  );
}

function showFacts({ job, parts }) {
  const masks = job.masks;
  show(parts.facts, masks.length > 0);
  if (masks.length === 0) return;
  const { kept, word } = keeping(masks);
  const lowest = Math.min(...masks.map((mask) => mask.sparsity));
  const highest = Math.max(...masks.map((mask) => mask.sparsity));
  const spread = masks.length === 1 ? sparsity(lowest) : `${sparsity(lowest)} to ${sparsity(highest)}`;
  const outcome = masks.length === 1 ? `${word} ${kept === 1 ? "kept" : "changed"}` : `${word} kept in ${kept} of ${masks.length}`;
  setText(parts.facts, `${spread} of the spectrum left · ${outcome}`);
}

/** Of a photograph a mask should keep the prediction, of many images the accuracy. */
function keeping(masks) {
  const ofImages = masks[0].kind === "image-mask";
  const kept = masks.filter((mask) => (ofImages ? mask.predictionKept : mask.converged)).length;
  return { kept, word: ofImages ? "prediction" : "accuracy" };
}

function showPoint({ job, parts }, point) {
  const { sparsity: share } = point.values;
  if (hasEnded(job) || share === undefined || (job.series[0] ?? null) !== point.series || job.masks.length > 0) return;
  show(parts.facts, true);
  setText(parts.facts, `${percent(share)} of the spectrum left at step ${point.step}`);
}
