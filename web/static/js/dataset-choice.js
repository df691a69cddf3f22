// The choice of a dataset in a form and, where the form has one, of its split.
import { getJson } from "./api.js";
import { el, setText } from "./dom.js";
import { count } from "./format.js";

const RETRY_MS = 5000;

/**
 * Fills the choice with the datasets that `isFit` takes, the one that `prefer` picks or the first one
 * chosen; `none` is said where there is none.
 */
export async function chooseDataset(form, { isFit, prefer = () => false, none }) {
  const select = form.field("dataset");
  let datasets;
  try {
    datasets = (await getJson("/api/datasets")).items.filter(isFit);
  } catch (error) {
    select.replaceChildren(el("option", { value: "" }, "Not available"));
    form.fieldError("dataset", `${error.message} Trying again.`);
    setTimeout(() => chooseDataset(form, { isFit, prefer, none }), RETRY_MS);
    return;
  }
  form.fieldError("dataset", datasets.length === 0 ? none : null);
  select.disabled = datasets.length === 0;
  select.replaceChildren(...(datasets.length === 0 ? [el("option", { value: "" }, "None")] : datasets.map(option)));
  const preferred = datasets.find(prefer);
  if (preferred) select.value = preferred.id;
  const chosen = () => showChoice(form, datasets.find((each) => each.id === select.value));
  // the only listener, however often the choice is filled
  select.onchange = chosen;
  chosen();
}

/** Whether a split of the dataset has just these classes. */
export function hasClasses({ splits }, classes) {
  const known = [...classes].sort().join("\n");
  return splits.some((split) => split.classes.map(({ name }) => name).sort().join("\n") === known);
}

const option = ({ id, name, root }) => el("option", { value: id }, `${name} (${root})`);

function showChoice(form, dataset) {
  const splits = dataset?.splits ?? [];
  const parts = splits.map(({ name, images }) => `${name}: ${count(images, "image")}`);
  setText(form.field("dataset-hint"), parts.join(", "));
  form.estimate.soon();
  const select = form.field("split");
  if (!select) return;
  select.replaceChildren(...splits.map(({ name, images }) => el("option", { value: name }, `${name}, ${count(images, "image")}`)));
  select.disabled = splits.length === 0;
  if (dataset?.evaluation) select.value = dataset.evaluation;
}
