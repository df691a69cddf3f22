// How long what a form would start takes, as the server knows it: asked for again when the form changes.
// What was never measured can be measured here, by some seconds of real steps.
import { post } from "./api.js";
import { el, setText, show } from "./dom.js";
import { duration } from "./format.js";

const PAUSE_MS = 400;

/** A line of text; `specifications` gives what would be started now, none if that is not known. */
export class Estimate {
  constructor(element, specifications) {
    this.element = element;
    this.specifications = specifications;
    this.timer = null;
    this.asked = 0;
    this.unmeasured = [];
    this.button = el("button", { type: "button", class: "button small", hidden: true }, "Measure now, about 5 s");
    this.button.addEventListener("click", () => this.measure());
    element.after(this.button);
  }

  /** Asks when nothing has changed for a moment. */
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  /** Forgets a question that has not been asked yet, and the answer to one that has. */
  stop() {
    clearTimeout(this.timer);
    this.asked++;
  }

  async ask() {
    const ask = ++this.asked;
    const specifications = this.specifications();
    let text = "";
    let unmeasured = [];
    try {
      const answers = await Promise.all(specifications.map((each) => post("/api/estimates", each)));
      if (answers.length > 0) text = inWords(answers.map(({ json }) => json));
      unmeasured = specifications.filter((_, i) => answers[i].json.basis === "unknown");
    } catch (error) {
      // such as a family whose model is there already
      text = error.message;
    }
    // an answer that was overtaken by a change is not shown
    if (ask !== this.asked) return;
    setText(this.element, text);
    this.unmeasured = unmeasured;
    show(this.button, unmeasured.length > 0);
  }

  /** Measures one that is not known; the others may be of the same speed. */
  async measure() {
    const ask = ++this.asked;
    const [first] = this.unmeasured;
    this.button.disabled = true;
    setText(this.element, "Measuring: some real steps on this device");
    try {
      await post("/api/estimates/measurements", first);
      if (ask === this.asked) await this.ask();
    } catch (error) {
      if (ask === this.asked) setText(this.element, error.message);
    }
    this.button.disabled = false;
    // a button that was used with the keyboard and has gone leaves the focus to the form
    if (this.button.hidden && document.activeElement === document.body) this.element.closest("form")?.querySelector("[type=submit]")?.focus();
  }
}

function inWords(estimates) {
  const first = estimates.find(({ seconds }) => seconds === null) ?? estimates[0];
  if (estimates.length === 1 || first.seconds === null) return first.text;
  const sum = estimates.reduce((total, { seconds }) => total + seconds, 0);
  return `About ${duration(sum)} for all ${estimates.length}, one after another.`;
}
