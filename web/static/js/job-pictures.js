// Photograph, mask and the photograph through the mask, as they evolve, with a way back in time.
import { getAll, getJson } from "./api.js";
import { paintLegend } from "./colormap.js";
import { byId, setText, show } from "./dom.js";
import { hasEnded } from "./events.js";
import { percent, sparsity, whole } from "./format.js";
import { MaskCanvas } from "./mask-canvas.js";

const RETRY_SECONDS = 3;

/** The three pictures of the selected image. */
export class JobPictures {
  constructor(data) {
    this.data = data;
    this.canvas = new MaskCanvas(byId("mask-canvas"), byId("mask-readout"));
    this.history = [];
    this.position = null;
    this.clean = new Map();
    paintLegend(byId("mask-legend"), "turbo").catch(() => {});
    for (const id of ["photo", "masked"]) {
      byId(id).addEventListener("error", () => show(byId(id), false) || waitText(id, "This picture is not there"));
      byId(id).addEventListener("load", () => show(byId(id), true) && waitText(id, ""));
    }
    byId("history-slider").addEventListener("input", (event) => {
      const at = Number(event.target.value);
      this.position = at === this.history.length - 1 ? null : at;
      this.update();
    });
    byId("history-live").addEventListener("click", () => {
      this.position = null;
      this.update();
    });
  }

  /** Shows another image of the job. */
  async select(image) {
    this.image = image;
    this.history = [];
    this.position = null;
    this.shown = null;
    const photo = byId("photo");
    photo.alt = `Photograph ${image.name}`;
    photo.src = `/api/images/${image.id}/input.png`;
    byId("masked").alt = `Photograph ${image.name} through its mask`;
    if (!this.data.mask(image.id) && !this.data.previews.has(image.id)) this.empty();
    setText(byId("clean-prediction"), "–");
    this.loadClean(image);
    this.update();
    try {
      const previews = await getAll(`/api/jobs/${encodeURIComponent(this.data.job.id)}/previews?image=${encodeURIComponent(image.id)}`);
      if (this.image !== image) return;
      // previews that arrived in the meantime come after these
      const known = new Set(previews.map((preview) => preview.step));
      this.history = [...previews, ...this.history.filter((preview) => !known.has(preview.step))].sort((a, b) => a.step - b.step);
      this.update();
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
    if (this.position !== null) return this.history[this.position];
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
        show(byId("mask-wait"), false);
        const when = current.final ? `final, step ${whole(current.step)}` : `step ${whole(current.step)}`;
        setText(byId("mask-step"), `${when}, ${sparsity(current.sparsity)} left`);
      })
      .catch((error) => {
        if (error.name === "AbortError") return;
        this.shown = null;
        setText(byId("mask-wait"), error.message);
        show(byId("mask-wait"), true);
      });
    byId("masked").src = current.masked;
  }

  empty() {
    this.canvas.clear();
    this.shown = null;
    const text = hasEnded(this.data.job) ? "No mask was reached" : "No mask yet";
    setText(byId("mask-wait"), text);
    show(byId("mask-wait"), true);
    setText(byId("mask-step"), "");
    byId("masked").removeAttribute("src");
    show(byId("masked"), false);
    waitText("masked", text);
  }

  showHistory() {
    const slider = byId("history-slider");
    if (!show(byId("history"), this.history.length > 1)) return;
    slider.max = this.history.length - 1;
    const at = this.position ?? this.history.length - 1;
    slider.value = at;
    const text = this.position === null ? "newest" : `step ${whole(this.history[at].step)}`;
    slider.setAttribute("aria-valuetext", text);
    setText(byId("history-text"), text);
    byId("history-live").disabled = this.position === null;
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

function waitText(id, text) {
  const element = byId(`${id}-wait`);
  setText(element, text);
  show(element, text !== "");
}
