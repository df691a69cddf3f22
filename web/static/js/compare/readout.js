// What stands at the frequency, or in the band, that is pointed at: once in words, once a column.
import { el, setText } from "../dom.js";
import { number } from "../format.js";
import { cellOf, conjugateOf, SIZE } from "./plane.js";
import { titleOf } from "./columns.js";

const signed = (value) => (value > 0 ? "+" : "") + number(value).replace("-", "−");
const plain = (value) => number(value).replace("-", "−");
const index = (n) => (n + SIZE) % SIZE;

/** The bar at the bottom of the window. */
export class Readout {
  constructor(text, list) {
    this.text = text;
    this.list = list;
    this.cells = [];
  }

  /** One place for the values of each column. */
  setColumns(columns) {
    this.cells = columns.map((column) => {
      const value = el("b", {}, "–");
      const difference = el("span", { class: "muted" });
      const item = el("li", {}, el("span", { class: "code" }, titleOf(column).code), " ", value, " ", difference);
      return { column, item, value, difference };
    });
    this.list.replaceChildren(...this.cells.map(({ item }) => item));
  }

  /** Nothing is pointed at. */
  clear() {
    setText(this.text, "Point at a frequency or a band, or choose a plane and use the arrow keys.");
    this.fill(() => null);
  }

  /** A frequency; `grid` says what it is, `planes` has the values of each column. */
  showFrequency(at, grid, planes) {
    const cell = cellOf(at);
    const [across, down] = at;
    const [conjugateAcross, conjugateDown] = conjugateOf(at);
    const place = `Row ${index(down)}, column ${index(across)} (conjugate ${index(conjugateDown)}, ${index(conjugateAcross)})`;
    const radius = grid.radius[cell];
    const kind =
      radius === 0
        ? "zero frequency, the mean of the picture"
        : `radius ${radius.toFixed(2)} cycles per image · orientation ${grid.orientation[cell].toFixed(1)}° · period ${grid.period[cell].toFixed(2)} px`;
    setText(this.text, `${place} · ${kind}`);
    this.fill((i) => planes[i] && { value: planes[i].mask?.[cell], difference: planes[i].difference?.[cell] });
  }

  /** A band; `figures` has the energies of each column. */
  showBand([direction, band], edges, figures) {
    const unit = direction === "radial" ? "cycles per image" : "degrees";
    const name = direction === "radial" ? "Radial" : "Angular";
    setText(this.text, `${name} band ${band}: ${number(edges[band])} to ${number(edges[band + 1])} ${unit} · energy, L2 norm of the normalised mask`);
    this.fill((i) => figures[i] && { value: figures[i].energies[direction][band], difference: figures[i].energyDifferences[direction][band] });
  }

  fill(values) {
    this.cells.forEach(({ value, difference }, i) => {
      const found = values(i);
      setText(value, plain(found?.value));
      const delta = found?.difference;
      setText(difference, delta === undefined || delta === null ? "" : `(${signed(delta)})`);
    });
  }
}
