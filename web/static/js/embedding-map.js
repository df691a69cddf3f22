// The map of masks: a scatter chart with a colour and a shape for each class, that can be walked
// over with the arrow keys.
import { chartPicture, css } from "./chart-picture.js";

const SHAPES = ["circle", "triangle", "rect", "rectRot", "cross", "crossRot", "star"];
/** The same shapes in text. */
export const GLYPHS = ["●", "▲", "■", "◆", "✚", "✖", "✱"];
const COLORS = 6;
const PALE = "66";
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Number of a class's colour, from 1. */
export const colorOf = (index) => (index % COLORS) + 1;

/** `onShow` hears of the point under the pointer or the keyboard, `onKeep` of one that is chosen. */
export class EmbeddingMap {
  constructor(canvas, { onShow, onKeep }) {
    this.canvas = canvas;
    this.onShow = onShow;
    this.onKeep = onKeep;
    this.points = [];
    this.at = null;
    const axis = (title) => ({ title: { display: true, text: title }, ticks: { display: false } });
    this.chart = new window.Chart(canvas, {
      type: "scatter",
      data: { datasets: [] },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        scales: { x: axis("first component, no unit"), y: axis("second component, no unit") },
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
        onHover: (event) => this.pointed(event, this.onShow),
        onClick: (event) => this.pointed(event, this.onKeep),
      },
    });
    canvas.addEventListener("keydown", (event) => this.moved(event));
    document.addEventListener("themechange", () => this.draw());
  }

  /** Shows these points, coloured by the place of their class in `classes`. */
  show(points, classes) {
    this.points = points;
    this.classes = classes;
    if (!points.includes(this.at)) this.at = null;
    this.draw();
  }

  /** Puts a ring around a point. */
  mark(point) {
    this.at = point;
    this.draw();
  }

  draw() {
    const sets = [];
    this.classes?.forEach((name, index) => {
      const color = css(`--line-${colorOf(index)}`);
      for (const heldOut of [false, true]) {
        const data = this.points.filter((point) => point.className === name && point.heldOut === heldOut);
        const shade = heldOut ? color : color + PALE;
        sets.push({
          label: heldOut ? `${name}, held out` : name,
          data,
          pointStyle: SHAPES[index % SHAPES.length],
          backgroundColor: shade,
          borderColor: shade,
          borderWidth: heldOut ? 1.5 : 1,
          radius: 5,
          hoverRadius: 5,
          hitRadius: 6,
        });
      }
    });
    if (this.at) {
      const ring = { data: [this.at], pointStyle: "circle", radius: 11, hoverRadius: 11, hitRadius: 0, borderWidth: 2 };
      sets.unshift({ ...ring, label: "shown", backgroundColor: "transparent", borderColor: css("--ink") });
    }
    this.chart.data.datasets = sets;
    for (const scale of Object.values(this.chart.options.scales)) {
      scale.grid = { color: css("--line") };
      scale.border = { color: css("--line") };
      scale.title.color = css("--muted");
    }
    this.chart.update("none");
  }

  pointed(event, tell) {
    const found = this.chart.getElementsAtEventForMode(event.native, "nearest", { intersect: true }, true);
    const hit = found.find(({ datasetIndex }) => this.chart.data.datasets[datasetIndex].label !== "shown");
    if (!hit) return;
    tell(this.chart.data.datasets[hit.datasetIndex].data[hit.index]);
  }

  moved(event) {
    if (event.key === "Enter" && this.at) {
      event.preventDefault();
      this.onKeep(this.at);
      return;
    }
    const move = MOVES[event.key];
    if (!move || this.points.length === 0) return;
    event.preventDefault();
    this.onShow(this.at ? (this.next(move) ?? this.at) : this.points[0]);
  }

  /** The nearest point whose direction is more this way than across. */
  next([right, down]) {
    const { x, y } = this.chart.scales;
    const place = (point) => [x.getPixelForValue(point.x), y.getPixelForValue(point.y)];
    const [fromX, fromY] = place(this.at);
    let best = null;
    let nearest = Infinity;
    for (const point of this.points) {
      const [dx, dy] = [place(point)[0] - fromX, place(point)[1] - fromY];
      const along = dx * right + dy * down;
      const across = Math.abs(dx * down) + Math.abs(dy * right);
      if (along <= 0 || across > along) continue;
      const distance = Math.hypot(dx, dy);
      if (distance < nearest) [best, nearest] = [point, distance];
    }
    return best;
  }

  /** The map with a legend line as PNG. */
  toBlob(title) {
    const { legend } = this.chart.options.plugins;
    const at = this.at;
    this.at = null;
    this.draw();
    legend.display = true;
    legend.labels = { color: css("--ink"), usePointStyle: true };
    this.chart.update("none");
    const picture = chartPicture(this.chart, title);
    legend.display = false;
    this.mark(at);
    return picture;
  }
}
