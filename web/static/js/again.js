// "Run again with changes": a form is filled with the specification of the job that the address names.
import { getJson } from "./api.js";
import { el } from "./dom.js";
import { parameter, setParameter } from "./selection.js";

/** Where a job can be run again with changes. */
export function changeAddress({ id, kind, modelId }) {
  const again = `?again=${encodeURIComponent(id)}`;
  if (kind === "image-mask") return `/images${again}`;
  if (kind === "train-model") return `/models${again}`;
  return `/models/${encodeURIComponent(modelId)}${again}`;
}

/** The job that the address names, or null; `onError` is told why it cannot be read. */
export async function jobToRepeat(onError) {
  const id = parameter("again");
  if (!id) return null;
  try {
    return await getJson(`/api/jobs/${encodeURIComponent(id)}`);
  } catch (error) {
    onError(`The specification of job ${id} could not be read: ${error.message}`);
    return null;
  }
}

/** Fills a form whose choice of a dataset is filled already, and goes to it. */
export function repeat(form, { id, specification }) {
  const { kind, model, dataset, split, ...values } = specification;
  for (const [name, value] of Object.entries(values)) setValue(form, name, value);
  if (dataset) chooseLike(form, id, dataset, split);
  form.form.querySelectorAll("details").forEach((details) => details.setAttribute("open", ""));
  const note = el("p", { class: "notice", role: "status" }, "Filled with the settings of ", el("a", { href: `/jobs/${encodeURIComponent(id)}` }, `job ${id}`), ". Change what should be different.");
  form.form.prepend(note);
  form.estimate.soon();
  setParameter("again", null);
  // the first thing that can be changed
  form.form.querySelector("select:enabled, input:enabled")?.focus();
  form.form.scrollIntoView({ block: "start" });
}

function setValue(form, name, value) {
  if (Array.isArray(value)) {
    for (const box of form.form.querySelectorAll(`[type=checkbox][name="${name}"]`)) box.checked = value.includes(box.value);
    return;
  }
  const field = form.field(name);
  if (field && value !== null) field.value = value;
}

function chooseLike(form, id, dataset, split) {
  const select = form.field("dataset");
  if (![...select.options].some((option) => option.value === dataset)) {
    form.fieldError("dataset", `Job ${id} used the dataset ${dataset}, which is not on the server any more.`);
    return;
  }
  select.value = dataset;
  select.dispatchEvent(new Event("change"));
  const splits = form.field("split");
  if (!splits || !split) return;
  if ([...splits.options].some((option) => option.value === split)) splits.value = split;
  else form.fieldError("split", `The dataset ${dataset} has no split ${split} any more.`);
}
