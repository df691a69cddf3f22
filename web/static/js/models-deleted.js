// Models that were deleted and can be had back: the one just deleted, and all others.
import { post } from "./api.js";
import { deletion, restoreButton, say, showDeleted } from "./deleted.js";
import { announce, byId, el } from "./dom.js";

const just = new URLSearchParams(location.search).get("deleted");

/** Lists them; `onRestored` is called when one is back. */
export async function showDeletedModels(onRestored) {
  const undo = (model) =>
    restoreButton(model, model.name, async () => {
      await post(`/api/models/${encodeURIComponent(model.id)}/restore`);
      say(`${model.name} is back: `, el("a", { href: `/models/${encodeURIComponent(model.id)}` }, "open it"));
      announce(`${model.name} is back`);
      onRestored();
      showDeletedModels(onRestored);
    });
  const row = (model) => [el("div", {}, el("strong", {}, model.name), el("span", { class: "muted detail" }, model.id)), deletion(model), undo(model)];
  const items = await showDeleted("/api/models/deleted", row);
  const model = items?.find(({ id }) => id === just);
  if (model && byId("deleted-note").hidden) say(`${model.name} is deleted. `, undo(model));
}
