// Energies in frequency bands as bars, all columns on one scale, the baseline as a line.
import { el } from "../dom.js";
import { number } from "../format.js";

export const BANDS = 64;
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const KINDS = {
  radial: { unit: "cycles per image", tick: (edge) => Math.round(edge), every: 16 },
  angular: { unit: "degrees", tick: (edge) => `${Math.round(edge)}°`, every: 16 },
};

/** The bars of one column in one direction. `point(band)` hears which bar is pointed at. */
export class BandChart {
  constructor(direction, label, point) {
    this.direction = direction;
    this.label = label;
    this.point = point;
    this.canvas = el("canvas", {});
    this.mark = el("i", { class: "band-mark", "aria-hidden": "true" });
    this.element = el("div", { class: "bands", tabIndex: 0, role: "img", "aria-label": `${label}: loading`, "aria-describedby": "cursor-text", data: { direction } }, this.canvas, this.mark);
    this.chart = null;
    this.element.addEventListener("pointermove", (event) => this.pointed(event));
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  /** Shows values; `edges` are where bands begin, `most` is the top of all columns' scale. */
  draw({ values, baseline, edges, most, log }) {
    this.chart?.destroy();
    const kind = KINDS[this.direction];
    const [ink, grid] = [css("--muted"), css("--line")];
    const sets = [{ type: "bar", data: values, backgroundColor: css("--line-1"), barPercentage: 1, categoryPercentage: 0.9 }];
    if (baseline) sets.unshift({ type: "line", data: baseline, borderColor: css("--line-2"), borderWidth: 1.5, pointRadius: 0, tension: 0 });
    this.chart = new window.Chart(this.canvas, {
      data: { labels: values.map((_, band) => kind.tick(edges[band])), datasets: sets },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        onResize: () => requestAnimationFrame(() => this.measure()),
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
        scales: {
          x: {
            grid: { display: false },
            border: { color: grid },
            title: { display: true, text: kind.unit, color: ink },
            ticks: { color: ink, maxRotation: 0, autoSkip: false, callback: (_, band) => (band % kind.every === 0 ? kind.tick(edges[band]) : null) },
          },
          y: {
            type: log ? "logarithmic" : "linear",
            min: log ? most / 1000 : 0,
            max: most,
            grid: { color: grid },
            border: { display: false },
            ticks: { color: ink, maxTicksLimit: 4, callback: (value) => number(value) },
            // the same room in every column, so that bars stand below one another
            afterFit: (scale) => (scale.width = 44),
          },
        },
      },
    });
    this.measure();
    const peak = values.indexOf(Math.max(...values));
    this.element.setAttribute("aria-label", `${this.label}: largest in band ${peak}, ${number(edges[peak])} to ${number(edges[peak + 1])} ${kind.unit}, ${number(values[peak])}`);
  }

  /** Notes where the bars stand: the mark moves by style alone. */
  measure() {
    const area = this.chart?.chartArea;
    if (!area) return;
    this.element.style.setProperty("--left", `${area.left}px`);
    this.element.style.setProperty("--step", `${area.width / BANDS}px`);
    this.mark.style.top = `${area.top}px`;
    this.mark.style.height = `${area.height}px`;
  }

  pointed(event) {
    const area = this.chart?.chartArea;
    if (!area) return;
    const band = Math.floor(((event.clientX - this.element.getBoundingClientRect().left - area.left) / area.width) * BANDS);
    if (band >= 0 && band < BANDS) this.point(band);
  }

  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.point((this.current?.() ?? -1) + step);
  }

  destroy() {
    this.chart?.destroy();
    this.chart = null;
  }
}
