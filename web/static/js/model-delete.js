// Deleting a model from its page, and having a deleted one back there.
import { getJson, post, remove } from "./api.js";
import { askToDelete, canBeRestored, jobNumbers } from "./delete-question.js";
import { announce, byId, el, show } from "./dom.js";
import { count } from "./format.js";

const button = byId("delete-button");
const note = byId("deleted-note");

/** Shows what may be done with the model; gives what is known of its use. */
export async function setUpModelDeleting(id) {
  const address = `/api/models/${encodeURIComponent(id)}`;
  const use = await getJson(`${address}/use`);
  show(button, use.mayDelete && !use.deleted);
  for (const each of ["start-section", "to-start"]) show(byId(each), !use.deleted);
  if (use.deleted) sayDeleted(address, use);
  else show(note, false);
  return use;
}

button.addEventListener("click", async () => {
  const id = byId("model").dataset.model;
  const address = `/api/models/${encodeURIComponent(id)}`;
  button.disabled = true;
  try {
    if (await askToDelete("Delete this model?", consequences(await getJson(`${address}/use`)))) {
      await remove(address);
      location.assign(`/models?deleted=${encodeURIComponent(id)}`);
    }
  } catch (error) {
    say(error.message);
  }
  button.disabled = false;
});

function consequences({ jobs, masksWithoutJob, secondsToRestore }) {
  const goes = jobs.length === 0 && masksWithoutJob === 0;
  const texts = [
    jobs.length > 0 ? `It stays: ${jobNumbers(jobs)} used it, and what was made with a model means nothing without it. Delete ${jobs.length === 1 ? "that job" : "those jobs"} before.` : null,
    masksWithoutJob > 0 ? `It stays: ${count(masksWithoutJob, "mask")} that ${masksWithoutJob === 1 ? "was" : "were"} read from files belong${masksWithoutJob === 1 ? "s" : ""} to it.` : null,
    goes ? "Nothing was made with it. Its weights and the record of its training go; the job that trained it stays." : null,
    goes ? canBeRestored(secondsToRestore, "on the page of the models") : null,
  ];
  return { texts, goes };
}

function sayDeleted(address, { mayDelete }) {
  const restore = el("button", { type: "button", class: "button small", data: { needs: "researcher" } }, "Restore it");
  restore.addEventListener("click", async () => {
    restore.disabled = true;
    try {
      await post(`${address}/restore`);
      announce("The model is back");
      location.reload();
    } catch (error) {
      say(error.message);
    }
  });
  say("This model is deleted. ", mayDelete ? restore : "An administrator can restore it.");
}

function say(...content) {
  note.replaceChildren(el("p", {}, ...content));
  show(note, true);
}
