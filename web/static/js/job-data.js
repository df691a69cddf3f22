// What the page knows of one job: its state, each image's curve, and the newest previews.

const VALUES = ["invariance", "sparsity", "learningRate", "probability", "prediction"];

/** One image's curve as columns; steps rise. */
export class Curve {
  constructor() {
    this.clear();
  }

  clear() {
    this.step = [];
    for (const name of VALUES) this[name] = [];
  }

  get length() {
    return this.step.length;
  }

  /** Adds a point. A training that went on from a checkpoint walks some steps again: they win. */
  add({ step, values }) {
    while (this.length > 0 && this.step[this.length - 1] >= step) {
      this.step.pop();
      for (const name of VALUES) this[name].pop();
    }
    this.step.push(step);
    for (const name of VALUES) this[name].push(values[name] ?? null);
  }

  /** Adds points that thinning had left out; those that are known stay. */
  fill(points) {
    const known = new Set(this.step);
    const missing = points.filter((point) => !known.has(point.step));
    if (missing.length === 0) return;
    const all = this.step.map((step, i) => ({ step, values: Object.fromEntries(VALUES.map((name) => [name, this[name][i]])) }));
    const sorted = [...all, ...missing].sort((a, b) => a.step - b.step);
    this.clear();
    for (const point of sorted) this.add(point);
  }

  /** Index of the last point that is not beyond a step, or -1. */
  indexAt(step) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.step[middle] <= step) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The newest value of a name, or null. */
  last(name) {
    return this.length === 0 ? null : this[name][this.length - 1];
  }
}

/** The job as the server last told it. */
export class JobData {
  constructor() {
    this.job = null;
    /** Whether the server has left points out of a long history. */
    this.thinned = false;
    this.curves = new Map();
    this.previews = new Map();
  }

  curve(image) {
    if (!this.curves.has(image)) this.curves.set(image, new Curve());
    return this.curves.get(image);
  }

  /** A snapshot replaces everything that was known. */
  snapshot({ job, points, previews, thinned }) {
    this.job = job;
    this.thinned = thinned === true;
    for (const image of new Set(points.map((point) => point.image))) this.curve(image).clear();
    const sorted = [...points].sort((a, b) => a.step - b.step);
    for (const point of sorted) this.curve(point.image).add(point);
    for (const preview of previews ?? []) this.previews.set(preview.image, preview);
  }

  point(point) {
    this.curve(point.image).add(point);
  }

  preview(preview) {
    this.previews.set(preview.image, preview);
  }

  artefact(mask) {
    this.job.masks = [...this.job.masks.filter((known) => known.id !== mask.id), mask];
  }

  /** The finished mask of an image, or null. */
  mask(image) {
    return this.job?.masks.find((mask) => mask.image === image) ?? null;
  }

  /** The name of a class of the job's model. */
  className(index) {
    return this.job?.model?.classes?.[index] ?? (index === null ? null : `class ${index}`);
  }

  /** What an image's mask is doing: "waiting", "training", "done" or "stopped". */
  imageState(image) {
    if (this.mask(image)) return "done";
    const active = ["RUNNING", "QUEUED", "PAUSED"].includes(this.job.state);
    if (!active) return "stopped";
    return this.curves.get(image)?.length > 0 ? "training" : "waiting";
  }
}
