// Photograph, mask and the photograph through the mask, as they evolve, with a way back in time.
import { getJson } from "./api.js";
import { paintLegend } from "./colormap.js";
import { byId, setText, show } from "./dom.js";
import { hasEnded } from "./events.js";
import { percent, sparsity, whole } from "./format.js";
import { MaskCanvas } from "./mask-canvas.js";
import { parameter, setParameter } from "./selection.js";

const RETRY_SECONDS = 3;

/** The three pictures of the selected image. */
export class JobPictures {
  constructor(data) {
    this.data = data;
    this.canvas = new MaskCanvas(byId("mask-canvas"), byId("mask-readout"));
    this.history = [];
    this.position = null;
    this.peeked = null;
    this.onMove = () => {};
    this.clean = new Map();
    paintLegend(byId("mask-legend"), "turbo").catch(() => {});
    byId("history-slider").addEventListener("input", (event) => this.move(Number(event.target.value)));
    byId("history-slider").addEventListener("change", () => this.remember());
    byId("history-live").addEventListener("click", () => {
      this.move(null);
      this.remember();
    });
  }

  /** Goes to a place of the history and stays there; null, and the last, follow the newest. */
  move(at) {
    this.position = at === null || at >= this.history.length - 1 ? null : Math.max(0, at);
    this.update();
  }

  /** Keeps the place in the address. */
  remember() {
    setParameter("step", this.position === null ? null : this.history[this.position].step);
  }

  /** Goes to the mask that is nearest to a step. */
  moveTo(step) {
    this.move(this.nearest(step));
    this.remember();
  }

  /** Shows the mask that is nearest to a step for the moment; null ends it. */
  peek(step) {
    this.peeked = step === null || this.history.length === 0 ? null : this.nearest(step);
    this.update();
  }

  nearest(step) {
    const distance = (at) => Math.abs(this.history[at].step - step);
    return this.history.reduce((best, _, at) => (distance(at) < distance(best) ? at : best), 0);
  }

  /** The place of the history that is shown; null if it is the newest. */
  get place() {
    return this.peeked ?? this.position;
  }

  /** Shows another image of the job. */
  async select(image) {
    this.image = image;
    this.history = [];
    this.position = null;
    this.peeked = null;
    this.shown = null;
    show(byId("history-removed"), false);
    const photo = byId("photo");
    photo.alt = `Photograph ${image.name}`;
    byId("masked").alt = `Photograph ${image.name} through its mask`;
    // another photograph's pictures must not stand under this one's name
    this.empty(this.data.mask(image.id) || this.data.previews.has(image.id) ? "Loading" : null);
    showPicture("photo", null);
    waitText("photo", "Loading");
    showPicture("photo", `/api/images/${image.id}/input.png`);
    setText(byId("clean-prediction"), "–");
    this.loadClean(image);
    this.update();
    try {
      const { items: previews, removed } = await getJson(`/api/jobs/${encodeURIComponent(this.data.job.id)}/previews?image=${encodeURIComponent(image.id)}`);
      if (this.image !== image) return;
      show(byId("history-removed"), removed > 0);
      // previews that arrived in the meantime come after these
      const known = new Set(previews.map((preview) => preview.step));
      this.history = [...previews, ...this.history.filter((preview) => !known.has(preview.step))].sort((a, b) => a.step - b.step);
      const wanted = Number(parameter("step") ?? NaN);
      if (Number.isFinite(wanted) && this.history.length > 0) this.moveTo(wanted);
      else this.update();
    } catch {
      // without a history the newest picture is still shown
    }
  }

  /** A preview arrived. */
  preview(preview) {
    if (preview.image !== this.image?.id) return;
    this.history = [...this.history.filter((known) => known.step < preview.step), preview];
    this.update();
  }

  /** The picture to show: the chosen one of the history, else the final mask, else the newest. */
  current() {
    if (this.place !== null) return this.history[this.place];
    const mask = this.data.mask(this.image.id);
    if (mask) {
      const at = encodeURIComponent(mask.id);
      return { step: mask.steps, sparsity: mask.sparsity, mask: `/api/masks/${at}.bin`, masked: `/api/masks/${at}/masked.png`, final: true };
    }
    return this.data.previews.get(this.image.id) ?? this.history[this.history.length - 1] ?? null;
  }

  /** Draws what is now known. */
  update() {
    if (!this.image) return;
    this.showHistory();
    this.showPredictions();
    const current = this.current();
    if (!current) {
      this.empty();
      return;
    }
    if (this.shown === current.mask) return;
    this.shown = current.mask;
    const what = { name: this.image.name, step: whole(current.step), share: current.sparsity };
    this.canvas
      .show(current.mask, what)
      .then((drawn) => {
        if (!drawn) return;
        waitText("mask", "");
        const when = current.final ? `final, step ${whole(current.step)}` : `step ${whole(current.step)}`;
        setText(byId("mask-step"), `${when}, ${sparsity(current.sparsity)} left`);
      })
      .catch((error) => {
        if (error.name === "AbortError") return;
        // what was drawn before stays, and the next update tries again
        this.shown = null;
        if (!this.canvas.values) waitText("mask", error.message);
      });
    showPicture("masked", current.masked);
  }

  empty(loading = null) {
    this.canvas.clear();
    this.shown = null;
    const text = loading ?? (hasEnded(this.data.job) ? "No mask was reached" : "No mask yet");
    waitText("mask", text);
    setText(byId("mask-step"), "");
    showPicture("masked", null);
    waitText("masked", text);
  }

  showHistory() {
    const slider = byId("history-slider");
    if (!show(byId("history"), this.history.length > 1)) {
      this.onMove(null);
      return;
    }
    slider.max = this.history.length - 1;
    const at = this.place ?? this.history.length - 1;
    slider.value = at;
    const text = this.place === null ? "newest" : `step ${whole(this.history[at].step)}`;
    this.onMove(this.place === null ? null : this.history[at].step);
    slider.setAttribute("aria-valuetext", text);
    setText(byId("history-text"), text);
    byId("history-live").disabled = this.place === null;
  }

  showPredictions() {
    const mask = this.data.mask(this.image.id);
    const clean = this.clean.get(this.image.id);
    if (mask) setText(byId("clean-prediction"), `${mask.labelName} ${percent(mask.cleanProbability)}`);
    else if (clean) setText(byId("clean-prediction"), `${clean.className} ${percent(clean.probability)}`);
    const curve = this.data.curve(this.image.id);
    const element = byId("masked-prediction");
    if (mask) {
      setText(element, `${mask.predictionName} ${percent(mask.probability)}`);
      element.dataset.kept = String(mask.predictionKept);
    } else if (curve.length > 0) {
      this.showRunning(element, curve, clean);
    } else {
      setText(element, "–");
      delete element.dataset.kept;
    }
  }

  // the probability of a point is that of the label, the model's own prediction for the photograph
  showRunning(element, curve, clean) {
    const index = curve.last("prediction");
    const name = this.data.className(index) ?? "–";
    const label = percent(curve.last("probability"));
    if (!clean) {
      setText(element, name);
      delete element.dataset.kept;
      return;
    }
    const kept = clean.prediction === index;
    setText(element, kept ? `${name} ${label}` : `${name}, ${clean.className} at ${label}`);
    element.dataset.kept = String(kept);
  }

  async loadClean(image) {
    if (this.clean.has(image.id) || this.data.mask(image.id)) return;
    try {
      const { items } = await getJson(`/api/images/${image.id}/predictions`);
      const own = items.find((item) => item.model.id === this.data.job.model?.id);
      if (own) this.clean.set(image.id, own);
      if (this.image === image) this.showPredictions();
    } catch (error) {
      if (error.status === 503 && this.image === image) {
        setTimeout(() => this.image === image && this.loadClean(image), (error.retryAfter ?? RETRY_SECONDS) * 1000);
      }
    }
  }
}

/**
 * Shows a picture once it is there. Until then, and if it does not come, the one before stays, so
 * that an evolving picture neither flickers nor vanishes with the connection.
 */
function showPicture(id, src) {
  const element = byId(id);
  element.dataset.wanted = src ?? "";
  if (src === null) {
    element.removeAttribute("src");
    show(element, false);
    return;
  }
  const next = new Image();
  next.onload = () => {
    if (element.dataset.wanted !== src) return;
    element.src = src;
    show(element, true);
    waitText(id, "");
  };
  next.onerror = () => {
    if (element.dataset.wanted === src && element.hidden) waitText(id, "This picture could not be loaded");
  };
  next.src = src;
}

function waitText(id, text) {
  const element = byId(`${id}-wait`);
  setText(element, text);
  show(element, text !== "");
}
