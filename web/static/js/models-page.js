// The models by family, and the form that trains another one. What the form begins with may be in the
// address: dataset, architecture, augmentation and family.
import { chooseDataset } from "./dataset-choice.js";
import { byId } from "./dom.js";
import { JobForm } from "./job-form.js";
import { showModels } from "./model-grid.js";
import { parameter } from "./selection.js";

const REFRESH_MS = 20000;

const form = new JobForm(byId("train"));
for (const name of ["architecture", "augmentation", "family"]) {
  const field = form.field(name);
  const wanted = parameter(name);
  const isKnown = field.tagName === "INPUT" || [...field.options].some((option) => option.value === wanted);
  if (wanted && isKnown) field.value = wanted;
}
const hasSplits = ({ splits }) => ["train", "val"].every((name) => splits.some((split) => split.name === name));
chooseDataset(form, {
  isFit: hasSplits,
  prefer: ({ id }) => id === parameter("dataset"),
  none: "No dataset has the splits train and val; the page Datasets says how to add one.",
});

showModels();
setInterval(() => document.hidden || showModels(), REFRESH_MS);
