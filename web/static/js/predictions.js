// Predictions, fetched for pictures that are on the screen, a few at a time.
import { getJson } from "./api.js";
import { byId, el, setText, show } from "./dom.js";
import { percent } from "./format.js";

const AT_ONCE = 3;
const RETRY_SECONDS = 3;
const SHOWN = 2;

/** Fetches and shows predictions of gallery cards as they become visible. */
export class Predictions {
  constructor() {
    this.queue = [];
    this.running = 0;
    this.pausedUntil = 0;
    this.observer = new IntersectionObserver((entries) => this.seen(entries), { rootMargin: "200px" });
    this.boxes = new Map();
    this.preferred = null;
  }

  /** Shows this image's predictions in the box once it is near the screen. */
  watch(image, box) {
    this.boxes.set(box, { image, items: null });
    box.replaceChildren(el("p", { class: "prediction-wait" }, "Predictions"));
    this.observer.observe(box);
  }

  /** The model whose prediction is listed first. */
  prefer(model) {
    this.preferred = model;
    for (const [box, entry] of this.boxes) if (entry.items) this.render(box, entry.items);
  }

  seen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) {
        this.observer.unobserve(target);
        this.queue.push(target);
      }
    }
    this.work();
  }

  work() {
    const wait = this.pausedUntil - Date.now();
    if (wait > 0) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.work(), wait);
      return;
    }
    while (this.running < AT_ONCE && this.queue.length > 0) this.load(this.queue.shift());
  }

  async load(box) {
    this.running++;
    const entry = this.boxes.get(box);
    try {
      entry.items = (await getJson(`/api/images/${entry.image.id}/predictions`)).items;
      this.render(box, entry.items);
      this.notice("");
    } catch (error) {
      if (error.status === 503) {
        this.pausedUntil = Date.now() + (error.retryAfter ?? RETRY_SECONDS) * 1000;
        this.queue.unshift(box);
        this.notice("The engine is still loading. Predictions appear as soon as it is ready.");
      } else {
        this.fail(box, error);
      }
    }
    this.running--;
    this.work();
  }

  notice(text) {
    const element = byId("predictions-state");
    show(element, text !== "");
    setText(element, text);
  }

  fail(box, error) {
    const again = el("button", { type: "button", class: "button small" }, "Try again");
    again.addEventListener("click", () => {
      this.queue.push(box);
      this.work();
    });
    box.replaceChildren(el("p", { class: "prediction-failed" }, error.message), again);
  }

  render(box, items) {
    const sorted = [...items].sort((a, b) => Number(b.model.id === this.preferred) - Number(a.model.id === this.preferred));
    const rows = sorted.map((item) => row(item, item.model.id === this.preferred));
    const list = el("ul", { class: "predictions" }, ...rows.slice(0, SHOWN));
    const rest = rows.slice(SHOWN);
    box.replaceChildren(list);
    if (rest.length > 0) {
      const summary = el("summary", {}, `${rest.length} more ${rest.length === 1 ? "model" : "models"}`);
      box.append(el("details", {}, summary, el("ul", { class: "predictions" }, ...rest)));
    }
    if (items.length === 0) box.replaceChildren(el("p", { class: "prediction-wait" }, "No model at hand"));
  }
}

function row({ model, className, probability }, preferred) {
  return el(
    "li",
    { class: preferred ? "preferred" : null },
    el("span", { class: "prediction-class" }, className),
    el("span", { class: "prediction-share" }, percent(probability, 0)),
    el("meter", { min: 0, max: 1, value: probability, "aria-label": `${model.name}: ${className}, probability ${percent(probability, 0)}` }),
    el("span", { class: "prediction-model" }, model.name),
  );
}
