// One plane of frequencies on a canvas: zero frequency in the middle, marks above it.
import { el } from "../dom.js";

export const SIZE = 128;
export const HALF = SIZE / 2;

/** The cell, in an unshifted plane, of the frequency `u` across and `v` down. */
export const cellOf = ([u, v]) => ((v + SIZE) % SIZE) * SIZE + ((u + SIZE) % SIZE);

/** A frequency's conjugate: the same grating. The highest frequency has no opposite of its own. */
export const conjugateOf = ([u, v]) => [u, v].map((n) => (n === -HALF ? -HALF : -n + 0));

/** A plane of a column. The board's style says where the marks are and how far it is zoomed. */
export class Plane {
  constructor(label) {
    this.canvas = el("canvas", { class: "plane-values", width: SIZE, height: SIZE });
    this.light = el("canvas", { class: "plane-light", width: SIZE, height: SIZE, hidden: true });
    this.wait = el("p", { class: "wait" }, "Loading");
    const lens = el("div", { class: "lens" }, this.canvas, this.light, el("i", { class: "mark" }), el("i", { class: "mark conjugate" }));
    this.element = el("div", { class: "plane", tabIndex: 0, role: "img", "aria-label": label, "aria-describedby": "cursor-text" }, lens, this.wait);
    this.values = null;
  }

  /** Draws values; null shows that there are none. */
  draw(values, scale, missing = "Loading") {
    this.values = values;
    this.wait.textContent = missing;
    this.wait.hidden = values !== null;
    this.canvas.hidden = values === null;
    if (values === null || scale === null) return;
    const context = this.canvas.getContext("2d");
    const image = context.createImageData(SIZE, SIZE);
    for (let y = 0; y < SIZE; y++) {
      const row = ((y + HALF) % SIZE) * SIZE;
      for (let x = 0; x < SIZE; x++) {
        scale.paint(image.data, (y * SIZE + x) * 4, values[row + ((x + HALF) % SIZE)]);
      }
    }
    context.putImageData(image, 0, 0);
  }

  /** Lights up what a picture leaves clear; null takes the light away. */
  shine(picture) {
    this.light.hidden = picture === null;
    if (picture === null) return;
    const context = this.light.getContext("2d");
    context.clearRect(0, 0, SIZE, SIZE);
    context.drawImage(picture, 0, 0);
  }
}

/** A picture that darkens all frequencies but those of a band. `bands` is an unshifted plane. */
export function spotlight(bands, band) {
  const picture = document.createElement("canvas");
  picture.width = picture.height = SIZE;
  const context = picture.getContext("2d");
  const image = context.createImageData(SIZE, SIZE);
  for (let y = 0; y < SIZE; y++) {
    const row = ((y + HALF) % SIZE) * SIZE;
    for (let x = 0; x < SIZE; x++) {
      const inside = bands[row + ((x + HALF) % SIZE)] === band;
      image.data[(y * SIZE + x) * 4 + 3] = inside ? 0 : 170;
    }
  }
  context.putImageData(image, 0, 0);
  return picture;
}
