// What a form has started: the job with its progress, asked for now and then while it runs.
import { getJson } from "./api.js";
import { badge, el, setBadge, setText, show } from "./dom.js";
import { hasEnded } from "./events.js";
import { modelName } from "./job-kind.js";
import { progressShare, progressText } from "./progress.js";

const POLL_MS = 3000;

/** Shows a job that was just started; `ended` hears of it when it is over. */
export function showStarted(container, job, ended = () => {}) {
  const parts = {
    badge: badge(job.state),
    progress: el("progress", { max: 1, "aria-label": `Progress of job ${job.id}` }),
    note: el("p", { class: "hint" }),
  };
  const link = el("a", { href: `/jobs/${encodeURIComponent(job.id)}` }, `Job ${job.id}`);
  const what = el("span", { class: "muted" }, modelName(job));
  container.append(el("div", {}, el("p", {}, link, what, parts.badge), parts.progress, parts.note));
  update(parts, job);
  poll(parts, job, ended);
}

function update(parts, job) {
  const running = !hasEnded(job);
  setBadge(parts.badge, job.state);
  show(parts.progress, running);
  const share = progressShare(job.progress);
  if (share === null) parts.progress.removeAttribute("value");
  else parts.progress.value = share;
  setText(parts.note, running ? progressText(job) : (job.error ?? ""));
}

function poll(parts, job, ended) {
  if (hasEnded(job)) {
    ended(job);
    return;
  }
  setTimeout(async () => {
    let now = job;
    if (!document.hidden) {
      // a server that is away for a moment is asked again
      now = await getJson(`/api/jobs/${encodeURIComponent(job.id)}`).catch(() => job);
      update(parts, now);
    }
    poll(parts, now, ended);
  }, POLL_MS);
}
