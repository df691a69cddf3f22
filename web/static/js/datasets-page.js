// The datasets on the server with their splits and classes.
import { getJson } from "./api.js";
import { deleteButton, showDeletedDatasets } from "./datasets-delete.js";
import { announce, byId, el, placeholder, setText } from "./dom.js";
import { count, whole } from "./format.js";

const list = byId("datasets");
const state = byId("datasets-state");

async function load() {
  showDeletedDatasets(load);
  list.setAttribute("aria-busy", "true");
  if (list.childElementCount === 0) placeholder(state, "loading", "Looking through the folders");
  try {
    const { items } = await getJson("/api/datasets");
    list.replaceChildren(...items.map(panel));
    if (items.length === 0) placeholder(state, "empty", "There is no dataset yet. Above it says how to add one.");
    else placeholder(state, null);
    announce(`${count(items.length, "dataset")} found`);
  } catch (error) {
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", load);
    placeholder(state, "failed", error.message, again);
  }
  list.setAttribute("aria-busy", "false");
}

function panel(dataset) {
  const { id, name, root, splits, evaluation, own, problem } = dataset;
  const title = `dataset-${id}`;
  const has = (wanted) => splits.some((split) => split.name === wanted);
  const train = has("train") && has("val") ? el("a", { class: "button", href: `/models?dataset=${encodeURIComponent(id)}#train-title`, "aria-label": `Train a model on ${name}` }, "Train a model on it") : null;
  return el(
    "article",
    { class: "panel dataset", "aria-labelledby": title },
    el("h3", { id: title }, name),
    el("p", { class: "hint" }, `Data root: ${root}. ${evaluation ? `Masks are learned on ${evaluation}.` : "Masks need a split to be named."}`),
    problem ? el("p", { class: "notice" }, problem) : null,
    ...splits.map((split) => splitDetails(name, split)),
    train || own ? el("p", { class: "actions" }, train, own ? deleteButton(dataset, load) : null) : null,
  );
}

function splitDetails(dataset, { name, images, classes }) {
  const summary = el("summary", {}, el("strong", {}, name), ` ${count(images, "image")}, ${classes.length} ${classes.length === 1 ? "class" : "classes"}`, el("span", { class: "hidden" }, ` of ${dataset}`));
  const rows = classes.map((each) => el("li", {}, el("span", {}, each.name), el("span", { class: "number" }, whole(each.images))));
  return el("details", {}, summary, el("ul", { class: "class-counts" }, ...rows));
}

/** Where the data folder is, so that its path can be copied. */
async function showFolder() {
  const { paths } = await getJson("/api/system");
  setText(byId("datasets-folder"), `${paths.data}/datasets`);
}

byId("look-again").addEventListener("click", load);
document.addEventListener("added", load);
load();
showFolder().catch(() => {}); // the page says DATA/datasets then
