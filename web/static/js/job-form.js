// A form that starts a job. Its fields have the names of the specification's; an option of its preset
// has as data the values that the preset sets.
import { post } from "./api.js";
import { announce, byId, setText, show } from "./dom.js";
import { Estimate } from "./estimate.js";
import { showJob, showStudy } from "./started.js";

/**
 * Wires a form. `expand` makes the specifications of several jobs from what the form says, which are a
 * study with a name that `name` gives; `onStarted` hears of a start, `onEnded` of every job that ends.
 */
export class JobForm {
  constructor(form, { expand = (specification) => [specification], name, onStarted = () => {}, onEnded = () => {} } = {}) {
    this.form = form;
    this.expand = expand;
    this.name = name;
    this.onStarted = onStarted;
    this.onEnded = onEnded;
    this.estimate = new Estimate(byId(`${form.id}-estimate`), () => this.known());
    form.addEventListener("input", ({ target }) => {
      this.fieldError(target.name, null);
      this.estimate.soon();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.start();
    });
    this.field("preset")?.addEventListener("change", () => this.applyPreset());
  }

  /** The field of a name, or null. */
  field(name) {
    return byId(`${this.form.id}-${name}`);
  }

  applyPreset() {
    for (const [name, value] of Object.entries(this.field("preset").selectedOptions[0].dataset)) {
      this.field(name).value = value;
      this.fieldError(name, null);
    }
  }

  /** What the form says, as the API takes it; what is empty is left to the server. */
  specification() {
    // not by form.dataset, which is the field of that name
    const specification = { kind: this.form.getAttribute("data-kind") };
    const model = this.form.getAttribute("data-model");
    if (model) specification.model = model;
    for (const { name, type, value, checked, disabled } of this.form.elements) {
      if (!name || disabled) continue;
      if (type === "checkbox") {
        specification[name] ??= [];
        if (checked) specification[name].push(value);
      } else if (value.trim() !== "") {
        specification[name] = type === "number" ? Number(value) : value.trim();
      }
    }
    return specification;
  }

  /** What would be started, none while the form is not filled in. */
  known() {
    const isComplete = [...this.form.elements].every((field) => !field.name || (field.validity.valid && !field.disabled));
    const specification = this.specification();
    return isComplete && specification.classes?.length !== 0 ? this.expand(specification) : [];
  }

  async start() {
    this.problem(null);
    if (!this.isFilledIn()) return;
    const specifications = this.expand(this.specification());
    // a choice that has nothing to choose from says so itself
    if (specifications.length === 0) return;
    const button = this.form.querySelector("[type=submit]");
    button.disabled = true;
    // once it is started, the same again may be impossible
    this.estimate.stop();
    const started = byId(`${this.form.id}-started`);
    try {
      if (specifications.length === 1) {
        const { json: job } = await post("/api/jobs", specifications[0]);
        showJob(started, job, this.onEnded);
        announce(`Job ${job.id} was started`);
      } else {
        const { json: study } = await post("/api/studies", { name: this.name(specifications), jobs: specifications });
        showStudy(started, study, this.onEnded);
        announce(`A study of ${study.total} jobs was started`);
      }
      this.onStarted();
    } catch (error) {
      this.refused(error);
    }
    button.disabled = false;
  }

  /** Says at each field what the browser can tell is wrong with it, and goes to the first one. */
  isFilledIn() {
    const wrong = [...this.form.elements].filter((field) => field.name && !field.validity.valid);
    for (const field of wrong) this.fieldError(field.name, range(field));
    const noClass = this.specification().classes?.length === 0;
    // no class at all would mean every class to the server
    if (noClass) this.fieldError("classes", "Choose at least one class.");
    const first = noClass ? this.form.querySelector("[name=classes]") : wrong[0];
    if (first) this.goTo(first);
    return first === undefined;
  }

  refused(error) {
    // of a study jobs[2].epochs; and a field may be an element of a list, such as classes[3]
    const name = error.field?.replace(/^jobs\[\d+\]\./, "").split(/[[.]/)[0];
    if (!name || !byId(`${this.form.id}-${name}-error`)) {
      this.problem(error.message);
      return;
    }
    this.fieldError(name, error.message);
    this.goTo(this.field(name) ?? this.form.querySelector(`[name="${name}"]`));
  }

  goTo(field) {
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  }

  problem(text) {
    const element = byId(`${this.form.id}-problem`);
    show(element, text !== null);
    setText(element, text ?? "");
  }

  fieldError(name, text) {
    const element = byId(`${this.form.id}-${name}-error`);
    if (!element) return;
    show(element, text !== null);
    setText(element, text ?? "");
    const field = this.field(name);
    if (text === null) field?.removeAttribute("aria-invalid");
    else field?.setAttribute("aria-invalid", "true");
  }
}

function range({ min, max, step }) {
  const what = step === "1" ? "A whole number" : "A number";
  return min === "" ? `${what}.` : `${what} from ${min} to ${max}.`;
}
