// A mask on a canvas, zero frequency in the middle, one pixel a frequency, and a readout of the
// frequency that is pointed at.
import { getFloats } from "./api.js";
import { colormap } from "./colormap.js";
import { number, sparsity } from "./format.js";

const SIZE = 128;
const HALF = SIZE / 2;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Draws masks from `.bin` files; of several asked for at once only the newest is drawn. */
export class MaskCanvas {
  constructor(canvas, readout) {
    this.canvas = canvas;
    this.readout = readout;
    this.values = null;
    this.url = null;
    this.at = null;
    canvas.addEventListener("pointermove", (event) => this.pointed(event));
    canvas.addEventListener("keydown", (event) => this.moved(event));
    canvas.addEventListener("blur", () => this.mark(null));
    canvas.addEventListener("pointerleave", () => document.activeElement === canvas || this.mark(null));
  }

  /** Shows the mask at a URL; tells whether it was drawn. */
  async show(url, description) {
    if (url === this.url) {
      this.describe(description);
      return true;
    }
    this.url = url;
    this.loading?.abort();
    this.loading = new AbortController();
    const [values, table] = await Promise.all([getFloats(url, this.loading.signal), colormap("turbo")]);
    if (url !== this.url) return false;
    this.values = values;
    this.table = table;
    this.draw();
    this.describe(description);
    return true;
  }

  /** Forgets the mask. */
  clear() {
    this.url = null;
    this.values = null;
    this.loading?.abort();
    this.canvas.getContext("2d").clearRect(0, 0, SIZE, SIZE);
    this.canvas.setAttribute("aria-label", "The mask: nothing yet");
  }

  describe({ name, step, share }) {
    const text = `Mask of ${name} at step ${step}: ${sparsity(share)} of the spectrum is left. Zero frequency is in the middle.`;
    this.canvas.setAttribute("aria-label", text);
  }

  draw() {
    const context = this.canvas.getContext("2d");
    const image = context.createImageData(SIZE, SIZE);
    for (let y = 0; y < SIZE; y++) {
      for (let x = 0; x < SIZE; x++) {
        const value = this.values[this.index(x, y)];
        // what was not measured stays transparent
        if (Number.isNaN(value)) continue;
        const color = Math.max(0, Math.min(255, Math.round(value * 255))) * 3;
        const pixel = (y * SIZE + x) * 4;
        image.data.set(this.table.subarray(color, color + 3), pixel);
        image.data[pixel + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
    if (this.at) this.mark(this.at);
  }

  // files have zero frequency first; the display has it in the middle
  index(x, y) {
    return ((y + HALF) % SIZE) * SIZE + ((x + HALF) % SIZE);
  }

  pointed(event) {
    const box = this.canvas.getBoundingClientRect();
    const cell = (offset, length) => Math.max(0, Math.min(SIZE - 1, Math.floor((offset / length) * SIZE)));
    this.mark([cell(event.clientX - box.left, box.width), cell(event.clientY - box.top, box.height)]);
  }

  moved(event) {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const [x, y] = this.at ?? [HALF, HALF];
    const stride = event.shiftKey ? 8 : 1;
    const next = (value, by) => Math.max(0, Math.min(SIZE - 1, value + by * stride));
    this.mark(this.at ? [next(x, move[0]), next(y, move[1])] : [HALF, HALF]);
  }

  mark(at) {
    this.at = at;
    if (!at || !this.values) {
      this.readout.textContent = "Point at a frequency, or use the arrow keys";
      return;
    }
    const [u, v] = [at[0] - HALF, at[1] - HALF];
    const value = this.values[this.index(...at)];
    const signed = (n) => String(n).replace("-", "−");
    this.readout.textContent = `(${signed(u)}, ${signed(v)}) · radius ${Math.hypot(u, v).toFixed(1)} cycles per image · value ${number(value)}`;
  }
}
