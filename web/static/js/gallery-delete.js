// Deleting the selected photographs, and having deleted ones back.
import { getJson, post, remove } from "./api.js";
import { announce, byId, el, show } from "./dom.js";
import { ago, count, dateTime, duration } from "./format.js";

/** So many are asked about one by one before; of more it is said afterwards which could not go. */
const MOST_TO_ASK = 20;

/** Wires the button, the question and the list of what can be restored. */
export function setUpGalleryDeleting(selection, gallery) {
  const button = byId("delete-selected");
  const dialog = byId("delete-dialog");
  selection.addEventListener("change", () => (button.disabled = selection.size === 0));
  button.disabled = selection.size === 0;

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const ids = [...selection.ids];
      byId("delete-title").textContent = ids.length === 1 ? "Delete this photograph?" : `Delete ${count(ids.length, "photograph")}?`;
      byId("delete-text").replaceChildren(...(await consequences(ids)).map((text) => el("p", {}, text)));
      dialog.returnValue = "";
      dialog.showModal();
    } catch (error) {
      say(error.message);
    }
    button.disabled = selection.size === 0;
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "delete") deleteAll([...selection.ids], gallery);
  });
  listDeleted(gallery);
}

async function consequences(ids) {
  const uses = [];
  for (const id of ids.slice(0, MOST_TO_ASK)) uses.push(await getJson(`/api/images/${encodeURIComponent(id)}/use`));
  const used = uses.filter(({ jobs, masksWithoutJob }) => jobs.length > 0 || masksWithoutJob > 0);
  const jobs = [...new Set(used.flatMap((use) => use.jobs))].sort((a, b) => b - a);
  const stays = jobs.length > 0 ? `: ${jobs.length === 1 ? "job" : "jobs"} ${jobs.slice(0, MOST_TO_ASK).join(", ")} must be deleted before` : ": masks that were read from files are about it";
  const seconds = uses[0].secondsToRestore;
  return [
    used.length > 0 ? `${ids.length === 1 ? "It stays" : `${used.length} of them ${used.length === 1 ? "stays" : "stay"}`}${stays}.` : null,
    ids.length > MOST_TO_ASK ? "Those that a job is about stay, and you are told which." : null,
    used.length === ids.length ? null : `What is deleted can be restored ${seconds === 0 ? "here" : `here for ${duration(seconds)}`}, also by uploading it again.`,
  ].filter(Boolean);
}

async function deleteAll(ids, gallery) {
  const kept = [];
  let done = 0;
  for (const id of ids) {
    say(`Deleting: ${done} of ${ids.length}`);
    try {
      await remove(`/api/images/${encodeURIComponent(id)}`);
      gallery.remove([id]);
      done += 1;
    } catch (error) {
      kept.push(error.message);
    }
  }
  const text = done === 0 ? "Nothing was deleted." : `${count(done, "photograph")} deleted.`;
  say(text, ...kept.map((message) => el("span", { class: "kept" }, message)));
  announce(text);
  listDeleted(gallery);
}

async function listDeleted(gallery) {
  try {
    const { items } = await getJson("/api/images/deleted");
    byId("deleted").replaceChildren(...items.map((image) => row(image, gallery)));
    show(byId("deleted-section"), items.length > 0);
  } catch (error) {
    show(byId("deleted-section"), true);
    const again = el("button", { type: "button", class: "button small" }, "Try again");
    again.addEventListener("click", () => listDeleted(gallery));
    byId("deleted").replaceChildren(el("li", {}, el("p", { class: "field-error" }, error.message), again));
  }
}

function row(image, gallery) {
  const by = image.deletedBy === null ? "" : ` by ${image.deletedBy}`;
  const gone = image.removedAt === null ? null : el("span", {}, ", gone for good ", el("time", { dateTime: image.removedAt, title: dateTime(image.removedAt) }, ago(image.removedAt)));
  return el(
    "li",
    {},
    el("div", {}, el("strong", {}, image.name)),
    el("span", { class: "muted" }, el("time", { dateTime: image.deletedAt, title: dateTime(image.deletedAt) }, `deleted ${ago(image.deletedAt)}`), by, gone),
    image.mayRestore ? restoring(image, gallery) : el("span", { class: "muted" }, "An administrator can restore it"),
  );
}

function restoring(image, gallery) {
  const button = el("button", { type: "button", class: "button small", data: { needs: "researcher" } }, "Restore", el("span", { class: "hidden" }, ` ${image.name}`));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { json } = await post(`/api/images/${encodeURIComponent(image.id)}/restore`);
      gallery.add([json]);
      say(`${image.name} is back, and selected.`);
      announce(`${image.name} is back`);
    } catch (error) {
      say(error.message);
    }
    listDeleted(gallery);
  });
  return button;
}

function say(...content) {
  const note = byId("deleted-note");
  note.replaceChildren(el("p", {}, ...content));
  show(note, true);
}
