// Deleting the selected photographs, and having deleted ones back.
import { getJson, post, remove } from "./api.js";
import { askToDelete, jobNumbers } from "./delete-question.js";
import { deletion, restoreButton, say, showDeleted } from "./deleted.js";
import { announce, byId, el } from "./dom.js";
import { count, duration } from "./format.js";

/** So many are asked about one by one before; of more it is said afterwards which could not go. */
const MOST_TO_ASK = 20;

/** Wires the button, the question and the list of what can be restored. */
export function setUpGalleryDeleting(selection, gallery) {
  const button = byId("delete-selected");
  const enable = () => (button.disabled = selection.size === 0);
  selection.addEventListener("change", enable);
  enable();

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const ids = [...selection.ids];
      const title = ids.length === 1 ? "Delete this photograph?" : `Delete ${count(ids.length, "photograph")}?`;
      if (await askToDelete(title, await consequences(ids))) await deleteAll(ids, gallery);
    } catch (error) {
      say(error.message);
    }
    enable();
  });
  listDeleted(gallery);
}

/** What the question says, and whether anything would go at all. */
async function consequences(ids) {
  const uses = (await Promise.all(ids.slice(0, MOST_TO_ASK).map(use))).filter(Boolean);
  const withJobs = uses.filter(({ jobs }) => jobs.length > 0);
  const withFiles = uses.filter(({ jobs, masksWithoutJob }) => jobs.length === 0 && masksWithoutJob > 0);
  const jobs = [...new Set(withJobs.flatMap((each) => each.jobs))].sort((a, b) => b - a).slice(0, MOST_TO_ASK);
  const stay = (some) => (ids.length === 1 ? "It stays" : `${some.length} of them ${some.length === 1 ? "stays" : "stay"}`);
  const goes = withJobs.length + withFiles.length < ids.length;
  const seconds = uses.length > 0 ? uses[0].secondsToRestore : 0;
  const texts = [
    withJobs.length > 0 ? `${stay(withJobs)}: ${jobNumbers(jobs)} must be deleted before.` : null,
    withFiles.length > 0 ? `${stay(withFiles)}: masks that were read from files belong to ${withFiles.length === 1 ? "it" : "them"}.` : null,
    ids.length > MOST_TO_ASK ? "Those that a job is about stay, and you are told which." : null,
    goes ? `What is deleted can be restored here${seconds > 0 ? ` for ${duration(seconds)}` : ""}, also by uploading it again.` : null,
  ];
  return { texts, goes };
}

/** What is about it; null if somebody else has deleted it. */
async function use(id) {
  try {
    return await getJson(`/api/images/${encodeURIComponent(id)}/use`);
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

async function deleteAll(ids, gallery) {
  const kept = [];
  for (const [i, id] of ids.entries()) {
    say(`Deleting: ${i} of ${ids.length}`);
    try {
      await remove(`/api/images/${encodeURIComponent(id)}`);
      gallery.remove(id);
    } catch (error) {
      if (error.status === 404) gallery.remove(id); // somebody else was faster
      else kept.push(error.message);
    }
  }
  const done = ids.length - kept.length;
  const text = done === 0 ? "Nothing was deleted." : `${count(done, "photograph")} deleted.`;
  say(text, ...kept.map((message) => el("span", { class: "kept" }, message)));
  announce(text);
  listDeleted(gallery);
}

const listDeleted = (gallery) => showDeleted("/api/images/deleted", (image) => row(image, gallery));

function row(image, gallery) {
  const restore = restoreButton(image, image.name, async () => {
    const { json } = await post(`/api/images/${encodeURIComponent(image.id)}/restore`);
    gallery.add([json]);
    say(`${image.name} is back, and selected.`);
    announce(`${image.name} is back`);
    listDeleted(gallery);
  });
  return [el("div", {}, el("strong", {}, image.name)), deletion(image), restore];
}
