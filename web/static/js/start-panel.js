// The panel that starts a job with the selected photographs.
import { getAll, getJson, post } from "./api.js";
import { byId, el, setText, show } from "./dom.js";
import { Estimate } from "./estimate.js";
import { count, percent, whole } from "./format.js";
import { parameter, setParameter } from "./selection.js";

const FIELDS = { images: null, model: "model", attacked: "attacked", preset: "preset", maxSteps: "max-steps", seed: "seed" };

/** Wires the panel; `onModel` hears of the chosen model. */
export function setUpStartPanel(selection, onModel) {
  const select = byId("model");
  let models = [];
  const form = byId("start-form");
  const isComplete = () => selection.size > 0 && select.value !== "" && form.checkValidity();
  const estimate = new Estimate(byId("start-estimate"), () => (isComplete() ? [specification(selection)] : []));
  form.addEventListener("input", () => estimate.soon());

  const update = () => {
    const none = selection.size === 0;
    setText(byId("selected-count"), none ? "No photograph selected" : `${count(selection.size, "photograph")} selected`);
    // a phone has room for the first word only
    byId("start-button").replaceChildren("Start", el("span", { class: "wide" }, none ? "" : `\u00a0with ${count(selection.size, "photograph")}`));
    if (!none) fieldError("images", null);
    estimate.soon();
  };
  selection.addEventListener("change", update);
  update();

  const chosen = () => {
    const model = models.find((each) => each.id === select.value);
    if (!model) return;
    const accuracy = model.accuracy === null ? "" : `${percent(model.accuracy)} right on its evaluation images. `;
    setText(byId("model-hint"), `${accuracy}${whole(model.parameters)} weights. Classes: ${model.classes.join(", ")}.`);
    fieldError("model", null);
    estimate.soon();
    onModel(model.id);
  };
  select.addEventListener("change", () => {
    setParameter("model", select.value);
    chosen();
  });

  loadModels();

  async function loadModels() {
    try {
      models = await getAll("/api/models?limit=500");
      select.replaceChildren(...options(models));
      select.disabled = models.length === 0;
      const wanted = parameter("model");
      if (models.some((model) => model.id === wanted)) select.value = wanted;
      if (parameter("again")) await fillFrom(parameter("again"), selection, models);
      if (models.length === 0) fieldError("model", "No trained model was found on the server.");
      chosen();
    } catch (error) {
      select.replaceChildren(el("option", { value: "" }, "Not available"));
      fieldError("model", `${error.message} Trying again.`);
      setTimeout(loadModels, 5000);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start(selection);
  });
}

/** Fills the panel with the specification of a job, to be run again with changes. */
async function fillFrom(id, selection, models) {
  try {
    const { specification } = await getJson(`/api/jobs/${encodeURIComponent(id)}`);
    selection.clear();
    selection.set(specification.images ?? [], true);
    if (models.some((model) => model.id === specification.model)) byId("model").value = specification.model;
    byId("attacked").checked = specification.attacked;
    byId("preset").value = specification.preset;
    byId("max-steps").value = specification.maxSteps;
    byId("seed").value = specification.seed;
    byId("advanced").open = true;
    setParameter("model", byId("model").value);
    setParameter("again", null);
  } catch (error) {
    problem(`The specification of job ${id} could not be read: ${error.message}`);
  }
}

function options(models) {
  const families = new Map();
  for (const model of models) {
    const family = model.family ?? "others";
    if (!families.has(family)) families.set(family, []);
    families.get(family).push(el("option", { value: model.id }, model.name));
  }
  return [...families].map(([family, list]) => el("optgroup", { label: family }, ...list));
}

async function start(selection) {
  const button = byId("start-button");
  for (const field of Object.keys(FIELDS)) fieldError(field, null);
  problem("");
  if (selection.size === 0) {
    fieldError("images", "Select at least one photograph in the gallery.");
    return;
  }
  if (!isNumber("maxSteps") || !isNumber("seed")) return;
  button.disabled = true;
  try {
    const { json, location: where } = await post("/api/jobs", specification(selection));
    const id = json?.id ?? where?.split("/").pop();
    location.assign(`/jobs/${encodeURIComponent(id)}`);
  } catch (error) {
    // a field may be an element of a list, such as images[3]
    const field = error.field?.split(/[[.]/)[0];
    if (field in FIELDS) {
      fieldError(field, error.message);
      if (FIELDS[field]) byId(FIELDS[field]).focus();
    } else {
      problem(error.message);
    }
    button.disabled = false;
  }
}

/** What the panel says, as the API takes it; a number that is empty is left to the server. */
function specification(selection) {
  const body = {
    kind: "image-mask",
    model: byId("model").value,
    images: [...selection.ids],
    attacked: byId("attacked").checked,
    preset: byId("preset").value,
  };
  for (const field of ["maxSteps", "seed"]) {
    const { value } = byId(FIELDS[field]);
    if (value.trim() !== "") body[field] = Number(value);
  }
  return body;
}

function isNumber(field) {
  const input = byId(FIELDS[field]);
  if (input.validity.valid) return true;
  fieldError(field, field === "maxSteps" ? "A whole number, at least 1." : "A whole number.");
  input.focus();
  return false;
}

function problem(text) {
  const element = byId("start-error");
  show(element, text !== "");
  setText(element, text);
}

function fieldError(field, text) {
  const element = byId(`${field}-error`);
  show(element, text !== null);
  setText(element, text ?? "");
  const input = FIELDS[field] && byId(FIELDS[field]);
  if (!input) return;
  if (text === null) {
    input.removeAttribute("aria-invalid");
  } else {
    input.setAttribute("aria-invalid", "true");
    input.closest("details")?.setAttribute("open", "");
  }
}
