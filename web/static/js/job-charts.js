// The two live charts of a job, their range, their scale and their exports.
import { getAll, getJson } from "./api.js";
import { LineChart } from "./charts.js";
import { byId, download, el, setText } from "./dom.js";
import { number, percent, sparsity, whole } from "./format.js";
import { isShortcut } from "./shell.js";

const LAST_STEPS = 500;
const TABLE_ROWS = 12;
const METRICS = ["invariance", "sparsity"];
const MOST_POINTS = 2000;

/** Shows the curves of the selected image, or of all. */
export class JobCharts {
  constructor(data) {
    this.data = data;
    this.image = null;
    this.follow = false;
    this.range = null;
    this.marked = null;
    this.charts = {
      invariance: new LineChart(byId("chart-invariance"), { title: "Invariance by step", format: number, logarithmic: true }),
      sparsity: new LineChart(byId("chart-sparsity"), { title: "Sparsity by step", format: (v) => percent(v, v > 0 && v < 0.1 ? 1 : 0) }),
    };
    this.listen();
  }

  listen() {
    const log = byId("log-scale");
    log.addEventListener("change", () => {
      this.charts.invariance.setLogarithmic(log.checked);
      this.update();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "l" && isShortcut(event)) log.click();
    });
    byId("all-images").addEventListener("change", () => this.update());
    byId("zoom-last").addEventListener("click", () => {
      this.follow = true;
      this.update();
    });
    byId("zoom-out").addEventListener("click", () => this.setRange(null));
    for (const chart of Object.values(this.charts)) chart.onDrag((range) => this.setRange(range));
    document.addEventListener("themechange", () => Object.values(this.charts).forEach((chart) => chart.restyle()));
    for (const metric of METRICS) {
      byId(`${metric}-png`).addEventListener("click", async () =>
        download(`job-${this.data.job.id}-${metric}.png`, await this.charts[metric].toBlob(this.title())),
      );
    }
    byId("curve-csv").addEventListener("click", () => this.exportCsv());
    byId("curve-table-details").addEventListener("toggle", () => this.table());
  }

  select(image) {
    this.image = image;
    this.update();
  }

  setRange(range) {
    this.follow = false;
    this.range = range;
    this.update();
    if (range && this.data.thinned) this.fill(range);
  }

  /** Asks for what thinning left out of a range; one with few enough points comes whole. */
  async fill([from, to]) {
    const image = this.image;
    const search = new URLSearchParams({ image, from, to, most: MOST_POINTS });
    try {
      const { items } = await getJson(`/api/jobs/${encodeURIComponent(this.data.job.id)}/points?${search}`);
      this.data.curve(image).fill(items);
      this.update();
    } catch {
      // the thinned curve stays
    }
  }

  /** Marks a step in both charts and shows its values; null goes back to the newest. */
  mark(step) {
    if (this.marked === step) return;
    this.marked = step;
    for (const chart of Object.values(this.charts)) chart.setMarker(step);
    if (this.image) this.words(this.data.curve(this.image));
  }

  /** Tells of the step under the pointer, and of one that is clicked. */
  onStep(handlers) {
    for (const chart of Object.values(this.charts)) chart.onStep(handlers);
  }

  title() {
    const { job } = this.data;
    const name = job.images.find((image) => image.id === this.image)?.name ?? "";
    const what = byId("all-images").checked ? `${job.images.length} photographs` : name;
    return `job ${job.id}, ${what}`;
  }

  /** Draws what is now known. */
  update() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    const { data } = this;
    if (!data.job || !this.image) return;
    const curve = data.curve(this.image);
    const last = curve.last("step");
    if (this.follow && last !== null) this.range = [Math.max(0, last - LAST_STEPS), Math.max(last, 1)];
    byId("zoom-out").disabled = this.range === null;
    const all = byId("all-images").checked && data.job.images.length > 1;
    const images = all ? data.job.images : data.job.images.filter((image) => image.id === this.image);
    for (const metric of METRICS) {
      const chart = this.charts[metric];
      chart.setRange(this.range);
      chart.setLines(
        images.map((image) => ({
          id: image.id,
          label: image.name.length > 24 ? `${image.name.slice(0, 23)}…` : image.name,
          steps: data.curve(image.id).step,
          values: data.curve(image.id)[metric],
        })),
      );
    }
    this.words(curve);
    this.table();
  }

  words(curve) {
    const at = this.marked === null ? curve.length - 1 : curve.indexAt(this.marked);
    const last = at < 0 ? null : curve.step[at];
    const values = { invariance: number(curve.invariance[at]), sparsity: sparsity(curve.sparsity[at]) };
    for (const metric of METRICS) {
      setText(byId(`value-${metric}`), last === null ? "–" : values[metric]);
      this.charts[metric].describe(last === null ? "no points yet" : `${values[metric]} at step ${last}`);
      byId(`${metric}-png`).disabled = last === null;
    }
    byId("curve-csv").disabled = last === null;
  }

  table() {
    if (!byId("curve-table-details").open || !this.image) return;
    const curve = this.data.curve(this.image);
    const stride = Math.max(1, Math.ceil((curve.length - 1) / (TABLE_ROWS - 1)));
    const rows = [];
    for (let i = 0; i < curve.length; i += stride) rows.push(i);
    if (curve.length > 0 && rows[rows.length - 1] !== curve.length - 1) rows.push(curve.length - 1);
    const cell = (text) => el("td", { class: "number" }, text);
    byId("curve-table").tBodies[0].replaceChildren(
      ...rows.map((i) =>
        el(
          "tr",
          {},
          el("th", { scope: "row", class: "number" }, whole(curve.step[i])),
          cell(number(curve.invariance[i])),
          cell(sparsity(curve.sparsity[i])),
        ),
      ),
    );
  }

  // asked of the server: a page that came late to a long job may hold fewer points
  async exportCsv() {
    const { job } = this.data;
    const button = byId("curve-csv");
    button.disabled = true;
    try {
      const points = await getAll(`/api/jobs/${encodeURIComponent(job.id)}/points?image=${encodeURIComponent(this.image)}`);
      const names = ["invariance", "sparsity", "learningRate", "probability", "prediction"];
      const lines = points.map((point) => [point.step, ...names.map((name) => point.values[name] ?? "")].join(","));
      const text = `${[["step", ...names].join(","), ...lines].join("\n")}\n`;
      download(`job-${job.id}-${this.image}.csv`, text, "text/csv");
    } finally {
      button.disabled = false;
    }
  }
}
