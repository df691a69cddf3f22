// Line charts by step on top of Chart.js: updated at most once a frame, thinned for drawing, with a
// range of steps that stays when points arrive.
import { chartPicture, css } from "./chart-picture.js";

const MOST_DRAWN = 2000;
// a longer legend would leave no room for the lines
const MOST_NAMED = 8;
const DRAG_PIXELS = 4;

/**
 * Keeps the lowest and the highest value of each bucket, so that peaks survive thinning. Drawing
 * only: the data stay whole.
 */
export function thin(points) {
  if (points.length <= MOST_DRAWN) return points;
  const buckets = MOST_DRAWN / 2;
  const size = points.length / buckets;
  const kept = [points[0]];
  for (let b = 0; b < buckets; b++) {
    const part = points.slice(Math.floor(b * size), Math.floor((b + 1) * size));
    let [low, high] = [part[0], part[0]];
    for (const point of part) {
      if (point.y < low.y) low = point;
      if (point.y > high.y) high = point;
    }
    kept.push(...(low.x <= high.x ? [low, high] : [high, low]));
  }
  kept.push(points[points.length - 1]);
  return kept;
}

/** The line colours of the current theme, distinguishable in grey as well. */
const lineColors = () => [1, 2, 3, 4, 5, 6].map((i) => css(`--line-${i}`));

/** One chart of one value, by `unit`. */
export class LineChart {
  constructor(canvas, { title, format, logarithmic = false, max, unit = "step" }) {
    this.canvas = canvas;
    this.title = title;
    this.logarithmic = logarithmic;
    this.range = null;
    this.marker = null;
    this.chart = new window.Chart(canvas, {
      type: "line",
      data: { datasets: [] },
      plugins: [{ id: "marker", afterDatasetsDraw: (chart) => this.drawMarker(chart) }],
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: "nearest", axis: "x", intersect: false },
        elements: { point: { radius: 0, hitRadius: 8 }, line: { borderWidth: 1.5, tension: 0 } },
        scales: {
          x: { type: "linear", title: { display: true, text: unit }, ticks: { maxRotation: 0, autoSkipPadding: 16 } },
          y: { type: "linear", min: 0, max, ticks: { callback: (value) => this.tick(value, format) } },
        },
        plugins: {
          legend: { display: false, labels: { boxWidth: 12, boxHeight: 2 } },
          tooltip: {
            callbacks: {
              title: (items) => (items.length ? `${unit} ${items[0].parsed.x}` : ""),
              label: (item) => ` ${item.dataset.label}: ${format(item.parsed.y)}`,
            },
          },
        },
      },
    });
    this.setLogarithmic(logarithmic);
    this.restyle();
  }

  /** Marks a step with a vertical line; null takes the line away. */
  setMarker(step) {
    if (this.marker === step) return;
    this.marker = step;
    this.draw();
  }

  drawMarker({ ctx, chartArea, scales }) {
    if (this.marker === null) return;
    const x = scales.x.getPixelForValue(this.marker);
    if (x < chartArea.left || x > chartArea.right) return;
    ctx.save();
    ctx.strokeStyle = css("--ink");
    ctx.lineWidth = 1;
    ctx.setLineDash([4, 3]);
    ctx.beginPath();
    ctx.moveTo(x, chartArea.top);
    ctx.lineTo(x, chartArea.bottom);
    ctx.stroke();
    ctx.restore();
  }

  /** Tells the step under the pointer as it moves, null when it leaves; and one that is clicked. */
  onStep({ pointed, clicked }) {
    const step = (event) => {
      const { chartArea, scales } = this.chart;
      const inside = chartArea && event.offsetX >= chartArea.left && event.offsetX <= chartArea.right;
      return inside ? Math.max(0, Math.round(scales.x.getValueForPixel(event.offsetX))) : null;
    };
    let pressed = null;
    this.canvas.addEventListener("pointermove", (event) => event.buttons === 0 && pointed(step(event)));
    this.canvas.addEventListener("pointerleave", () => pointed(null));
    this.canvas.addEventListener("pointerdown", (event) => (pressed = event.offsetX));
    this.canvas.addEventListener("click", (event) => {
      if (pressed !== null && Math.abs(event.offsetX - pressed) <= DRAG_PIXELS && step(event) !== null) clicked(step(event));
    });
  }

  // on a logarithmic axis only the powers of ten are named
  tick(value, format) {
    if (!this.logarithmic) return format(value);
    const power = Math.log10(value);
    return Math.abs(power - Math.round(power)) < 1e-9 ? `1e${Math.round(power)}`.replace("-", "−") : null;
  }

  /** Sets the lines: `[{id, label, steps, values}]`. Lines that stay keep whether they are hidden. */
  setLines(lines) {
    const old = new Map(this.chart.data.datasets.map((set) => [set.id, set]));
    const same = lines.length === old.size && lines.every((line) => old.has(line.id));
    const sets = lines.map((line) => {
      const set = old.get(line.id) ?? { id: line.id };
      set.label = line.label;
      set.data = this.points(line);
      return set;
    });
    if (!same) this.chart.data.datasets = sets;
    this.chart.options.plugins.legend.display = lines.length > 1 && lines.length <= MOST_NAMED;
    this.color();
    this.draw();
  }

  points({ steps, values }) {
    const [from, to] = this.range ?? [-Infinity, Infinity];
    const points = [];
    for (let i = 0; i < steps.length; i++) {
      const y = values[i];
      // a zero has no place on a logarithmic axis
      if (y === null || (this.logarithmic && y <= 0) || steps[i] < from || steps[i] > to) continue;
      points.push({ x: steps[i], y });
    }
    return thin(points);
  }

  /** Shows only steps of a range; null shows all. The caller sets the lines again. */
  setRange(range) {
    this.range = range;
    const { x } = this.chart.options.scales;
    x.min = range?.[0];
    x.max = range?.[1];
  }

  /** Switches the scale. The caller sets the lines again. */
  setLogarithmic(on) {
    this.logarithmic = on;
    const { y } = this.chart.options.scales;
    y.type = on ? "logarithmic" : "linear";
    y.min = on ? undefined : 0;
  }

  draw() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.chart.update("none");
    });
  }

  color() {
    const colors = lineColors();
    this.chart.data.datasets.forEach((set, i) => {
      set.borderColor = set.backgroundColor = colors[i % colors.length];
      set.borderDash = i < colors.length ? [] : [4, 3];
    });
  }

  /** Takes the theme's colours. */
  restyle() {
    const [ink, grid] = [css("--muted"), css("--line")];
    for (const scale of Object.values(this.chart.options.scales)) {
      scale.ticks.color = ink;
      scale.grid = { color: grid };
      scale.border = { color: grid };
      if (scale.title) scale.title.color = ink;
    }
    this.chart.options.plugins.legend.labels.color = ink;
    this.color();
    this.draw();
  }

  describe(text) {
    this.canvas.setAttribute("aria-label", `${this.title}: ${text}`);
  }

  /** Lets a drag along the steps choose a range. */
  onDrag(choose) {
    let start = null;
    const step = (event) => Math.round(this.chart.scales.x.getValueForPixel(event.offsetX));
    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "touch") start = event;
    });
    this.canvas.addEventListener("pointerup", (event) => {
      if (start && Math.abs(event.offsetX - start.offsetX) > DRAG_PIXELS) {
        const range = [step(start), step(event)].sort((a, b) => a - b);
        if (range[1] > range[0]) choose(range);
      }
      start = null;
    });
  }

  /** The chart as a PNG under its title. */
  toBlob(title) {
    return chartPicture(this.chart, `${this.title}, ${title}`);
  }
}
