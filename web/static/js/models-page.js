// The models by family, the form that trains another one, and the form that learns the masks of all
// models of a row. What the forms begin with may be in the address: dataset, architecture, augmentation
// and family of the first one, or the job whose settings it gets (again); row (FAMILY/ARCHITECTURE) of
// the second.
import { jobToRepeat, repeat } from "./again.js";
import { getAll, getJson } from "./api.js";
import { chooseDataset, hasClasses } from "./dataset-choice.js";
import { byId, el } from "./dom.js";
import { count } from "./format.js";
import { JobForm } from "./job-form.js";
import { ARCHITECTURES, showModels } from "./model-grid.js";
import { showDeletedModels } from "./models-deleted.js";
import { parameter } from "./selection.js";

const REFRESH_MS = 20000;
const RETRY_MS = 5000;
const ALL = "all";

async function setUpTraining() {
  const form = new JobForm(byId("train"), {
    expand: byAugmentation,
    name: ([{ family, dataset, architecture }]) => `${family ?? dataset}, ${ARCHITECTURES[architecture]}: all augmentations`,
    onEnded: showAll,
  });
  for (const name of ["architecture", "augmentation", "family"]) {
    const field = form.field(name);
    const wanted = parameter(name);
    const isKnown = field.tagName === "INPUT" || [...field.options].some((option) => option.value === wanted);
    if (wanted && isKnown) field.value = wanted;
  }
  const isDivided = ({ splits }) => ["train", "val"].every((name) => splits.some((split) => split.name === name));
  const choice = chooseDataset(form, {
    isFit: isDivided,
    prefer: ({ id }) => id === parameter("dataset"),
    none: "No dataset has the splits train and val; the page Datasets says how to add one.",
  });
  const job = await jobToRepeat((reason) => form.problem(reason));
  await choice;
  if (job?.kind === "train-model") repeat(form, job);
}

/** One training for each augmentation where all of them are asked for. */
function byAugmentation(specification) {
  if (specification.augmentation !== ALL) return [specification];
  const codes = [...byId("train-augmentation").options].map(({ value }) => value).filter((value) => value !== ALL);
  return codes.map((augmentation) => ({ ...specification, augmentation }));
}

const rowOf = ({ family, architecture }) => `${family}/${architecture}`;
let models = [];

const rowForm = new JobForm(byId("row"), {
  expand: ({ row, ...specification }) => models.filter((model) => rowOf(model) === row).map(({ id }) => ({ ...specification, model: id })),
  name: () => `Masks of ${rowSelect.selectedOptions[0].textContent}`,
  onEnded: showModels,
});
const rowSelect = rowForm.field("row");

async function showRows() {
  let datasets;
  try {
    [models, { items: datasets }] = await Promise.all([getAll("/api/models?limit=500"), getJson("/api/datasets")]);
  } catch (error) {
    rowForm.fieldError("row", `${error.message} Trying again.`);
    setTimeout(showRows, RETRY_MS);
    return;
  }
  rowForm.fieldError("row", models.length === 0 ? "There is no model yet." : null);
  const chosen = rowSelect.value || parameter("row");
  const rows = [...new Set(models.map(rowOf))];
  rowSelect.replaceChildren(...(rows.length === 0 ? [el("option", { value: "" }, "None")] : rows.map(rowOption)));
  rowSelect.disabled = rows.length === 0;
  if (rows.includes(chosen)) rowSelect.value = chosen;
  else if (rows.length > 0) rowSelect.value = firstStartable(rows, datasets);
  showRowDatasets();
}

/** Where nobody has chosen one, the first row that a dataset on the server fits. */
function firstStartable(rows, datasets) {
  const classes = (row) => models.find((model) => rowOf(model) === row).classes;
  return rows.find((row) => datasets.some((dataset) => hasClasses(dataset, classes(row)))) ?? rows[0];
}

function rowOption(row) {
  const members = models.filter((model) => rowOf(model) === row);
  const { family, architecture } = members[0];
  return el("option", { value: row }, `${family}, ${ARCHITECTURES[architecture] ?? architecture} (${count(members.length, "model")})`);
}

function showRowDatasets() {
  const one = models.find((model) => rowOf(model) === rowSelect.value);
  if (!one) return;
  chooseDataset(rowForm, {
    isFit: (dataset) => hasClasses(dataset, one.classes),
    prefer: ({ name }) => name === one.family,
    none: "No dataset on the server has the classes of these models; the page Datasets says how to add one.",
  });
}

/** The grid and the choice of rows, after a new model. */
function showAll() {
  showModels();
  showRows();
}

rowSelect.addEventListener("change", showRowDatasets);
setUpTraining();
showAll();
showDeletedModels(showAll);
setInterval(() => document.hidden || showModels(), REFRESH_MS);
