// The question before something is deleted: a dialog that says what depends on it.
import { byId, el, show } from "./dom.js";
import { duration } from "./format.js";

/** Asks; `texts` are what it says, `goes` whether anything can go at all. Gives whether it shall. */
export function askToDelete(title, { texts, goes }) {
  const dialog = byId("delete-dialog");
  byId("delete-title").textContent = title;
  byId("delete-text").replaceChildren(...texts.filter(Boolean).map((text) => el("p", {}, text)));
  show(byId("delete-confirm"), goes);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "delete"), { once: true }));
}

/** That it can be had back, and for how long. */
export const canBeRestored = (seconds, place) =>
  seconds === 0 ? `You can restore it ${place}.` : `You can restore it for ${duration(seconds)}, ${place}; then it is gone for good.`;

/** "job 3" or "jobs 3, 4". */
export const jobNumbers = (jobs) => `${jobs.length === 1 ? "job" : "jobs"} ${jobs.join(", ")}`;
