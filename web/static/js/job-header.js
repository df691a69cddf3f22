// The head of the job page: state, progress, cancel, start again, and what went wrong.
import { changeAddress } from "./again.js";
import { post } from "./api.js";
import { announce, byId, el, setBadge, setText, show } from "./dom.js";
import { hasEnded } from "./events.js";
import { count, dateTime, duration } from "./format.js";
import { setUpDeleting } from "./job-delete.js";
import { jobTitle, modelName } from "./job-kind.js";
import { progressShare, progressText } from "./progress.js";

const ANNOUNCE_EVERY_MS = 20000;

/** Wires the buttons; `onChanged` hears of a job that the server answered with. */
export function setUpHeader(id, onChanged) {
  const dialog = byId("cancel-dialog");
  byId("cancel-button").addEventListener("click", () => {
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", async () => {
    if (dialog.returnValue === "cancel") {
      await act(byId("cancel-button"), async () => onChanged((await post(`/api/jobs/${id}/cancel`)).json));
    }
  });
  for (const action of ["pause", "resume"]) {
    const button = byId(`${action}-button`);
    button.addEventListener("click", () => act(button, async () => onChanged((await post(`/api/jobs/${id}/${action}`)).json)));
  }
  byId("retry-button").addEventListener("click", () => startAgain(id));
  setUpDeleting(id, (action) => act(byId("delete-button"), action));
}

function startAgain(id) {
  return act(byId("retry-button"), async () => {
    const { json } = await post(`/api/jobs/${id}/retry`);
    location.assign(`/jobs/${encodeURIComponent(json.id)}`);
  });
}

async function act(button, action) {
  button.disabled = true;
  try {
    await action();
  } catch (error) {
    trouble([error.message]);
  }
  button.disabled = false;
}

/** Shows the state of the job. */
export function showHeader(job) {
  const { dataset, split, preset } = job.specification;
  const data = dataset ? `${dataset}${split ? ` ${split}` : ""}` : null;
  const parts = [jobTitle(job), modelName(job), data, preset ? `preset ${preset}` : null];
  setText(byId("job-subtitle"), parts.filter((part) => part !== null).join(" · "));
  const badge = byId("state-badge");
  if (badge.dataset.state !== job.state && badge.dataset.state !== "LOADING") announce(`The job is now ${job.state.toLowerCase()}`);
  setBadge(badge, job.state);
  const ended = hasEnded(job);
  show(byId("cancel-button"), !ended);
  show(byId("pause-button"), job.state === "RUNNING");
  show(byId("resume-button"), job.state === "PAUSED");
  show(byId("retry-button"), ended);
  show(byId("delete-button"), ended);
  showLinks(job);
  if (show(byId("maker-text"), job.createdBy !== null)) setText(byId("maker-text"), `Started by ${job.createdBy}`);
  const isWorkedOn = job.state === "RUNNING" && job.worker !== null;
  if (show(byId("worker-text"), isWorkedOn)) setText(byId("worker-text"), `Worked on by ${job.worker}`);
  byId("retry-button").classList.toggle("primary", job.state === "FAILED");
  showProgress(job);
  showTrouble(job);
}

// a form that is filled with the specification, and the table with this job selected
function showLinks(job) {
  const change = byId("change-link");
  show(change, true);
  change.href = changeAddress(job);
  byId("compare-link").href = `/jobs?select=${encodeURIComponent(job.id)}`;
}

/** Shows how far the job is. */
export function showProgress(job) {
  const bar = byId("job-progress");
  const ended = hasEnded(job);
  show(bar, !ended);
  const share = progressShare(job.progress);
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
  const text = ended ? endText(job) : progressText(job);
  setText(byId("progress-text"), text);
  if (!ended && share !== null) announce(`${Math.round(share * 100)} percent, ${text}`, ANNOUNCE_EVERY_MS);
}

function endText(job) {
  const took = job.startedAt && job.finishedAt ? (Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1000 : null;
  const time = took === null ? "" : ` in ${duration(took)}`;
  return `${made(job)}${time}${job.finishedAt ? `, ${dateTime(job.finishedAt)}` : ""}`;
}

function made(job) {
  if (job.kind === "train-model") return job.model ? "Model trained" : "No model";
  if (job.kind === "heat-map") return job.heatMaps.length > 0 ? "Heat map measured" : "No heat map";
  return `${job.masks.length} of ${count(Math.max(1, job.series.length), "mask")} finished`;
}

function showTrouble(job) {
  if (job.state === "FAILED" && job.reason === "interrupted") {
    trouble([job.error ?? "The server stopped while this job was running. Start it again, with the button above."]);
  } else if (job.state === "FAILED") {
    trouble([
      job.error ?? "The job failed without saying why.",
      "If the cause is gone, start it again with the same settings; else go back to the images and change them. The log of the server has the details.",
    ]);
  } else if (job.state === "PAUSED" && job.error) {
    trouble([job.error]);
  } else {
    show(byId("job-trouble"), false);
  }
}

function trouble(lines) {
  const box = byId("job-trouble");
  const text = lines.join("\n");
  // an alert speaks each time it is filled
  if (box.hidden || box.dataset.text !== text) {
    box.dataset.text = text;
    box.replaceChildren(...lines.map((line) => el("p", {}, line)));
  }
  show(box, true);
}
