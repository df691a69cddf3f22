// What was deleted and can be had back, as a list: of jobs, of photographs.
import { getJson } from "./api.js";
import { byId, el, show } from "./dom.js";
import { ago, dateTime } from "./format.js";

/** Fills the list, or says why it cannot; gives what is in it, or null. */
export async function showDeleted(path, row) {
  try {
    const { items } = await getJson(path);
    byId("deleted").replaceChildren(...items.map((item) => el("li", {}, ...row(item))));
    show(byId("deleted-section"), items.length > 0);
    return items;
  } catch (error) {
    show(byId("deleted-section"), true);
    const again = el("button", { type: "button", class: "button small" }, "Try again");
    again.addEventListener("click", () => showDeleted(path, row));
    byId("deleted").replaceChildren(el("li", {}, el("p", { class: "field-error" }, error.message), again));
    return null;
  }
}

/** When that was, by whom, and when it is gone for good. */
export function deletion({ deletedAt, deletedBy, removedAt }) {
  const time = (iso, text) => el("time", { dateTime: iso, title: dateTime(iso) }, text);
  const by = deletedBy === null ? "" : ` by ${deletedBy}`;
  const gone = removedAt === null ? null : el("span", {}, ", gone for good ", time(removedAt, ago(removedAt)));
  return el("span", { class: "muted" }, time(deletedAt, `deleted ${ago(deletedAt)}`), by, gone);
}

/** A button that brings `name` back, where the visitor may; `restore` does it. */
export function restoreButton(item, name, restore) {
  if (!item.mayRestore) return el("span", { class: "muted" }, "An administrator can restore it");
  const button = el("button", { type: "button", class: "button small", data: { needs: "researcher" } }, "Restore", el("span", { class: "hidden" }, ` ${name}`));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await restore();
    } catch (error) {
      say(error.message);
      button.disabled = false;
    }
  });
  return button;
}

/** Says what became of it. */
export function say(...content) {
  const note = byId("deleted-note");
  note.replaceChildren(el("p", {}, ...content));
  show(note, true);
}
