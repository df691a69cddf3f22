// What a form has started: a job or a study with its progress, asked for now and then while it runs.
import { getJson } from "./api.js";
import { badge, el, setBadge, setText, show } from "./dom.js";
import { hasEnded } from "./events.js";
import { duration } from "./format.js";
import { modelName } from "./job-kind.js";
import { progressShare, progressText } from "./progress.js";

const POLL_MS = 3000;

/** Shows a job that was just started; `onEnded` hears when it is over. */
export function showJob(container, job, onEnded) {
  const state = badge(job.state);
  const link = el("a", { href: `/jobs/${encodeURIComponent(job.id)}` }, `Job ${job.id}`);
  const bar = entry(container, `Progress of job ${job.id}`, link, el("span", { class: "muted" }, modelName(job)), state);
  const update = (now) => {
    setBadge(state, now.state);
    bar(progressShare(now.progress), hasEnded(now), hasEnded(now) ? (now.error ?? "") : progressText(now));
    if (hasEnded(now)) onEnded();
    return hasEnded(now);
  };
  poll(`/api/jobs/${encodeURIComponent(job.id)}`, job, update);
}

/** Shows a study that was just started; `onEnded` hears when one or more of its jobs are over. */
export function showStudy(container, study, onEnded) {
  const link = el("a", { href: `/studies/${encodeURIComponent(study.id)}` }, study.name);
  const states = el("span", { class: "muted" });
  const bar = entry(container, `Progress of ${study.name}`, link, states);
  let done = 0;
  const update = (now) => {
    const counts = Object.entries(now.states).filter(([, count]) => count > 0);
    setText(states, counts.map(([state, count]) => `${count} ${state.toLowerCase()}`).join(", "));
    const isOver = now.done === now.total;
    const left = now.secondsLeft === null ? "time left not known yet" : `about ${duration(now.secondsLeft)} left`;
    bar(now.progress, isOver, isOver ? "" : `${now.done} of ${now.total} jobs done, ${left}`);
    if (now.done > done) onEnded();
    done = now.done;
    return isOver;
  };
  poll(`/api/studies/${encodeURIComponent(study.id)}`, study, update);
}

/** A new entry; gives the function that shows how far it is. */
function entry(container, label, ...title) {
  const progress = el("progress", { max: 1, "aria-label": label });
  const note = el("p", { class: "hint" });
  container.append(el("div", {}, el("p", {}, ...title), progress, note));
  return (share, isOver, text) => {
    show(progress, !isOver);
    if (share === null) progress.removeAttribute("value");
    else progress.value = share;
    setText(note, text);
  };
}

/** Shows what is known and asks again until `update` says that it is over. */
function poll(address, known, update) {
  if (update(known)) return;
  const ask = async () => {
    // a server that is away for a moment is asked again
    const now = document.hidden ? null : await getJson(address).catch(() => null);
    if (now === null || !update(now)) setTimeout(ask, POLL_MS);
  };
  setTimeout(ask, POLL_MS);
}
