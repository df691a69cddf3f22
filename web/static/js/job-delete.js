// Deleting a job: what goes with it is said before, and the list of jobs offers to undo it.
import { getJson, remove } from "./api.js";
import { askToDelete, canBeRestored } from "./delete-question.js";
import { byId } from "./dom.js";
import { count } from "./format.js";

/** Wires the button; `act` runs something and shows what goes wrong. */
export function setUpDeleting(id, act) {
  byId("delete-button").addEventListener("click", () =>
    act(async () => {
      const texts = sentences(await getJson(`/api/jobs/${id}/belongings`));
      if (!(await askToDelete("Delete this job?", { texts, goes: true }))) return;
      await remove(`/api/jobs/${id}`);
      location.assign(`/jobs?deleted=${encodeURIComponent(id)}`);
    }),
  );
}

function sentences({ masks, heatMaps, studies, secondsToRestore }) {
  const made = [masks > 0 ? count(masks, "mask") : null, heatMaps > 0 ? count(heatMaps, "heat map") : null].filter(Boolean);
  const goes = made.length === 0 ? "It has made no masks." : `Its ${made.join(" and ")} and its curves go with it, also out of comparisons that others have links to.`;
  const lack = studies.length === 0 ? null : `It will be missing in ${studies.length === 1 ? "the study" : "the studies"} ${studies.join(", ")}.`;
  return [goes, lack, "A model that it trained stays.", canBeRestored(secondsToRestore, "on the page of the jobs")];
}
