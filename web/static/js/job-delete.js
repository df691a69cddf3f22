// Deleting a job: what goes with it is said before, and the list of jobs offers to undo it.
import { getJson, remove } from "./api.js";
import { byId, el } from "./dom.js";
import { count, duration } from "./format.js";

/** Wires the button; `act` runs something and shows what goes wrong. */
export function setUpDeleting(id, act) {
  const dialog = byId("delete-dialog");
  byId("delete-button").addEventListener("click", () =>
    act(async () => {
      const belongings = await getJson(`/api/jobs/${id}/belongings`);
      byId("delete-text").replaceChildren(...sentences(belongings).map((text) => el("p", {}, text)));
      dialog.returnValue = "";
      dialog.showModal();
    }),
  );
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "delete") return;
    act(async () => {
      await remove(`/api/jobs/${id}`);
      location.assign(`/jobs?deleted=${encodeURIComponent(id)}`);
    });
  });
}

function sentences({ masks, heatMaps, studies, secondsToRestore }) {
  const made = [masks > 0 ? count(masks, "mask") : null, heatMaps > 0 ? count(heatMaps, "heat map") : null].filter(Boolean);
  const goes = made.length === 0 ? "It has made no masks." : `Its ${made.join(" and ")} and its curves go with it, also out of comparisons that others have links to.`;
  const lack = studies.length === 0 ? null : `It will be missing in ${studies.length === 1 ? "the study" : "the studies"} ${studies.join(", ")}.`;
  const undo = secondsToRestore === 0 ? "You can restore it on the page of the jobs." : `You can restore it for ${duration(secondsToRestore)}, on the page of the jobs; then it is gone for good.`;
  return [goes, lack, "A model that it trained stays.", undo].filter(Boolean);
}
