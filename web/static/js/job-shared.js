// What the job page shows of jobs that are not about photographs: a chart for each group of the
// metrics that the job declares, and what it has made.
import { LineChart } from "./charts.js";
import { byId, el, placeholder, show } from "./dom.js";
import { hasEnded } from "./events.js";
import { number, percent, sparsity } from "./format.js";

const FORMATS = { percent: (value) => percent(value), number };

/** The curves and results of one job. */
export class SharedView {
  constructor() {
    this.charts = new Map();
    this.lines = new Map();
    this.made = "";
    document.addEventListener("themechange", () => this.charts.forEach(({ chart }) => chart.restyle()));
  }

  /** Shows what changes with the job. */
  job(job) {
    this.current = job;
    show(byId("bench"), false);
    show(byId("shared"), true);
    const drawn = job.metrics.filter((metric) => metric.group !== null);
    show(byId("shared-curves"), drawn.length > 0);
    for (const metric of drawn) if (!this.charts.has(metric.group)) this.addChart(metric, drawn);
    this.results();
  }

  addChart(metric, drawn) {
    const metrics = drawn.filter((each) => each.group === metric.group);
    const canvas = el("canvas", { role: "img", "aria-label": `${metric.title} by step: no points yet` });
    const value = el("output", {}, "–");
    const caption = el("figcaption", {}, el("span", {}, `${metric.title} `, el("span", { class: "muted" }, metric.description)), value);
    byId("shared-charts").append(el("figure", { class: "chart" }, caption, el("div", { class: "chart-box" }, canvas)));
    const format = FORMATS[metric.format] ?? number;
    const logarithmic = metric.scale === "logarithmic";
    const chart = new LineChart(canvas, { title: `${metric.title} by step`, format, logarithmic });
    this.charts.set(metric.group, { chart, metrics, value, format });
  }

  /** A snapshot replaces everything that was known. */
  snapshot({ points }) {
    this.lines.clear();
    for (const point of points) this.add(point);
    const isEmpty = points.length === 0 && hasEnded(this.current);
    if (show(byId("shared-nothing"), isEmpty)) placeholder(byId("shared-nothing"), "empty", "No values: it ended before its first step.");
    show(byId("shared-charts"), !isEmpty);
    this.draw();
  }

  point(point) {
    this.add(point);
    this.draw();
  }

  add({ series, step, values }) {
    for (const [name, value] of Object.entries(values)) {
      const key = `${name} ${series ?? ""}`;
      if (!this.lines.has(key)) this.lines.set(key, { name, series, steps: [], values: [] });
      const line = this.lines.get(key);
      // a training that went on from a checkpoint walks some steps again: they win
      while (line.steps.length > 0 && line.steps[line.steps.length - 1] >= step) {
        line.steps.pop();
        line.values.pop();
      }
      line.steps.push(step);
      line.values.push(value);
    }
  }

  // many points arrive between two frames; all are drawn at once
  draw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      for (const { chart, metrics, value, format } of this.charts.values()) {
        const lines = metrics.flatMap((metric) =>
          [...this.lines.values()]
            .filter((line) => line.name === metric.name)
            .map((line) => ({ ...line, id: `${line.name} ${line.series ?? ""}`, label: line.series ?? metric.title })),
        );
        chart.setLines(lines);
        const newest = lines[0];
        if (!newest) continue;
        const last = newest.values[newest.values.length - 1];
        value.textContent = format(last);
        chart.describe(`${format(last)} at step ${newest.steps[newest.steps.length - 1]}`);
      }
    });
  }

  /** What the job has made, drawn again only when there is more of it. */
  results() {
    const job = this.current;
    const key = JSON.stringify([job.masks, job.heatMaps, job.model, hasEnded(job)]);
    if (key === this.made) return;
    this.made = key;
    const items = [...job.masks.map(maskItem), ...job.heatMaps.map(heatMapItem)];
    if (job.kind === "train-model" && job.model) items.push(modelItem(job.model));
    if (items.length > 0) byId("shared-made").replaceChildren(el("ul", { class: "made" }, ...items));
    else placeholder(byId("shared-made"), "empty", hasEnded(job) ? "Nothing was made." : "Nothing is finished yet.");
  }
}

function maskItem(mask) {
  const address = `/api/masks/${encodeURIComponent(mask.id)}`;
  const name = mask.labelName ?? "All images";
  const kept = mask.converged ? "" : ", not converged";
  const text = `${sparsity(mask.sparsity)} of the spectrum left; accuracy ${percent(mask.unmaskedAccuracy)} without, ${percent(mask.maskedAccuracy)} through it${kept}`;
  return el(
    "li",
    {},
    el("img", { src: `${address}.png?map=turbo&shift=true`, alt: `Mask of ${name}: ${text}`, width: 128, height: 128 }),
    el("h3", {}, name),
    el("p", {}, text),
    files(address, `mask-${mask.id}`, ["npz", "npy", "png"], name),
  );
}

function heatMapItem(map) {
  const text = `${percent(map.cleanError)} of ${map.images} images wrong without disturbance`;
  return el("li", {}, el("h3", {}, "Heat map"), el("p", {}, text), files(`/api/heat-maps/${encodeURIComponent(map.id)}`, `heat-map-${map.id}`, ["npz"], "heat map"));
}

function modelItem(model) {
  return el("li", {}, el("h3", {}, model.name), el("p", {}, `${percent(model.accuracy)} of the evaluation images right`));
}

function files(address, name, types, what) {
  return el("p", { class: "downloads" }, ...types.map((type) => el("a", { href: `${address}.${type}`, download: `${name}.${type}`, "aria-label": `${what} as .${type}` }, `.${type}`)));
}
