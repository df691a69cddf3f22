// How long what a form would start takes, as the server knows it: asked for again when the form changes.
import { post } from "./api.js";
import { setText } from "./dom.js";
import { duration } from "./format.js";

const PAUSE_MS = 400;

/** A line of text; `specifications` gives what would be started now, none if that is not known. */
export class Estimate {
  constructor(element, specifications) {
    this.element = element;
    this.specifications = specifications;
    this.timer = null;
    this.asked = 0;
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
    try {
      const answers = await Promise.all(specifications.map((each) => post("/api/estimates", each)));
      if (answers.length > 0) text = inWords(answers.map(({ json }) => json));
    } catch (error) {
      // such as a family whose model is there already
      text = error.message;
    }
    // an answer that was overtaken by a change is not shown
    if (ask === this.asked) setText(this.element, text);
  }
}

function inWords(estimates) {
  const first = estimates.find(({ seconds }) => seconds === null) ?? estimates[0];
  if (estimates.length === 1 || first.seconds === null) return first.text;
  const sum = estimates.reduce((total, { seconds }) => total + seconds, 0);
  return `About ${duration(sum)} for all ${estimates.length}, one after another.`;
}
