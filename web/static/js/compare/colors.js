// From values to colours: one scale for all masks, one symmetric scale for all differences.
import { colormap } from "../colormap.js";
import { number } from "../format.js";

/** A logarithmic scale shows this many powers of ten. */
const DECADES = 3;

const logarithmic = (share) => (share <= 0 ? 0 : Math.max(0, 1 + Math.log10(share) / DECADES));

/** A scale from values to colours. */
export class Scale {
  /** `limit` is the value of the last colour; a symmetric scale begins at its opposite, others at 0. */
  constructor(table, { limit = 1, symmetric = false, log = false }) {
    this.table = table;
    this.limit = limit;
    this.symmetric = symmetric;
    this.log = log;
  }

  static async load(map, options) {
    return new Scale(await colormap(map), options);
  }

  /** Where a value lies on the scale, 0 to 1. */
  position(value) {
    const share = value / this.limit;
    if (!this.symmetric) return this.log ? logarithmic(share) : share;
    const size = this.log ? logarithmic(Math.abs(share)) : Math.abs(share);
    return 0.5 + 0.5 * Math.sign(share) * size;
  }

  /** Paints a value into the pixels of an image. */
  paint(pixels, pixel, value) {
    const color = Math.max(0, Math.min(255, Math.round(this.position(value) * 255))) * 3;
    pixels[pixel] = this.table[color];
    pixels[pixel + 1] = this.table[color + 1];
    pixels[pixel + 2] = this.table[color + 2];
    pixels[pixel + 3] = 255;
  }

  /** What stands at the legend: `[position, text]`. */
  ticks() {
    const { limit } = this;
    const text = (value) => number(value).replace("-", "−");
    if (this.log) {
      const powers = Array.from({ length: DECADES + 1 }, (_, i) => 10 ** (i - DECADES));
      const above = powers.map((power) => [this.position(power * limit), text(power * limit)]);
      if (!this.symmetric) return [[0, `≤ ${above[0][1]}`], ...above.slice(1)];
      const ends = above.slice(1);
      return [...ends.map(([at, label]) => [1 - at, `−${label}`]).reverse(), [0.5, "0"], ...ends];
    }
    const values = this.symmetric ? [-limit, -limit / 2, 0, limit / 2, limit] : [0, 0.25, 0.5, 0.75, 1].map((share) => share * limit);
    return values.map((value) => [this.position(value), text(value)]);
  }

  /** Paints the scale from left to right. */
  paintLegend(canvas) {
    canvas.width = 256;
    canvas.height = 1;
    const context = canvas.getContext("2d");
    const row = context.createImageData(256, 1);
    for (let i = 0; i < 256; i++) {
      row.data.set(this.table.subarray(i * 3, i * 3 + 3), i * 4);
      row.data[i * 4 + 3] = 255;
    }
    context.putImageData(row, 0, 0);
  }
}
