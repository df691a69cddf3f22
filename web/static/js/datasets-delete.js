// Deleting datasets, and having deleted ones back.
import { getJson, post, remove } from "./api.js";
import { askToDelete, canBeRestored, jobNumbers } from "./delete-question.js";
import { deletion, restoreButton, say, showDeleted } from "./deleted.js";
import { announce, el } from "./dom.js";
import { count } from "./format.js";

/** A button that deletes a dataset after a question; `onChange` is called when it is gone or back. */
export function deleteButton({ id, name }, onChange) {
  const button = el("button", { type: "button", class: "button small", data: { needs: "researcher" } }, "Delete", el("span", { class: "hidden" }, ` ${name}`));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const address = `/api/datasets/${encodeURIComponent(id)}`;
      if (await askToDelete(`Delete the dataset ${name}?`, consequences(await getJson(`${address}/use`)))) {
        await remove(address);
        say(`${name} is deleted. `, undo({ id, name, mayRestore: true }, onChange));
        announce(`${name} is deleted`);
        onChange();
      }
    } catch (error) {
      say(error.message);
    }
    button.disabled = false;
  });
  return button;
}

function consequences({ createdBy, jobs, endedJobs, secondsToRestore, mayDelete }) {
  const whose = `${createdBy === null ? "Nobody known" : createdBy} uploaded it; to delete it you need the role admin.`;
  const goes = mayDelete && jobs.length === 0;
  const texts = [
    mayDelete ? null : whose,
    jobs.length > 0 ? `It stays: ${jobNumbers(jobs)} ${jobs.length === 1 ? "needs it and has" : "need it and have"} not ended.` : null,
    goes && endedJobs > 0 ? `${count(endedJobs, "job")} used it. What ${endedJobs === 1 ? "it" : "they"} made stays, but cannot be made again without it.` : null,
    goes && endedJobs === 0 ? "No job has used it." : null,
    goes ? canBeRestored(secondsToRestore, "on this page") : null,
  ];
  return { texts, goes };
}

function undo(dataset, onChange) {
  return restoreButton(dataset, dataset.name, async () => {
    await post(`/api/datasets/${encodeURIComponent(dataset.id)}/restore`);
    say(`${dataset.name} is back.`);
    announce(`${dataset.name} is back`);
    onChange();
  });
}

/** Lists what can be restored. */
export const showDeletedDatasets = (onChange) =>
  showDeleted("/api/datasets/deleted", (dataset) => [el("div", {}, el("strong", {}, dataset.name)), deletion(dataset), undo(dataset, onChange)]);
