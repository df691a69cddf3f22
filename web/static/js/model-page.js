// One model: what is known of it, its masks and heat maps, the forms that make more, and its jobs.
import { jobToRepeat, repeat } from "./again.js";
import { getJson } from "./api.js";
import { chooseDataset, hasClasses } from "./dataset-choice.js";
import { byId, el, placeholder } from "./dom.js";
import { percent, whole } from "./format.js";
import { JobForm } from "./job-form.js";
import { showHeatMaps } from "./heat-maps.js";
import { setUpModelDeleting } from "./model-delete.js";
import { showModelMasks } from "./model-masks.js";
import { showModelJobs } from "./model-jobs.js";
import { showTraining } from "./training-curve.js";

const id = byId("model").dataset.model;

async function showModel() {
  try {
    const [model, use] = await Promise.all([getJson(`/api/models/${encodeURIComponent(id)}`), setUpModelDeleting(id)]);
    showFacts(model, use);
    if (!use.deleted) await fillForms(model);
  } catch (error) {
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", showModel);
    placeholder(byId("facts"), "failed", error.message, again);
  }
}

function showFacts({ family, architecture, augmentation, accuracy, parameters, classes }, { own, createdBy }) {
  const rows = [
    ["Id", el("code", {}, id)],
    ["Family", family],
    ["Network", `${architecture}, ${whole(parameters)} weights`],
    ["Trained on", `${augmentation} images`],
    ["Accuracy", accuracy === null ? "not known" : `${percent(accuracy)} of its evaluation images`],
    ["Classes", classes.join(", ")],
    createdBy === null && own ? null : ["From", own ? createdBy : "the program"],
    ["Weights", el("a", { href: `/api/models/${encodeURIComponent(id)}/weights`, download: `${id}.safetensors` }, ".safetensors")],
  ].filter(Boolean);
  byId("facts").replaceChildren(el("dl", { class: "facts" }, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))));
}

async function fillForms({ family, classes }) {
  // a dataset of the model's classes and, of several, that of its family
  const choices = forms.map((form) =>
    chooseDataset(form, {
      isFit: (dataset) => hasClasses(dataset, classes),
      prefer: ({ name }) => name === family,
      none: "No dataset on the server has the classes of this model; the page Datasets says how to add one.",
    }),
  );
  const job = await jobToRepeat((reason) => forms[0].problem(reason));
  await Promise.all(choices);
  const form = job && forms.find((each) => each.form.getAttribute("data-kind") === job.kind);
  if (form) repeat(form, job);
}

const jobs = showModelJobs(id, ({ kind }) => (kind === "heat-map" ? showHeatMaps(id) : showModelMasks(id)));
const forms = ["whole", "class", "heat"].map((name) => new JobForm(byId(name), { onStarted: () => jobs.refresh() }));
showModel();
showTraining(id);
showModelMasks(id);
showHeatMaps(id);
