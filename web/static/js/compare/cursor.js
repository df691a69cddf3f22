// The frequency that is pointed at, zoom and pan: the same in all planes, by pointer and keyboard.
import { HALF, SIZE } from "./plane.js";
import { MOST_ZOOM } from "./state.js";

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STRIDE = 8;
const DRAG_PIXELS = 4;
const WHEEL_STEP = 1.2;

const within = (value, least, most) => Math.max(least, Math.min(most, value));

/** Lets every plane below `board` move one cursor and one view. */
export class Cursor {
  constructor(board, state) {
    this.board = board;
    this.state = state;
    this.drag = null;
    board.addEventListener("pointermove", (event) => this.moved(event));
    board.addEventListener("pointerdown", (event) => this.pressed(event));
    board.addEventListener("pointerup", () => (this.drag = null));
    board.addEventListener("pointercancel", () => (this.drag = null));
    board.addEventListener("wheel", (event) => this.turned(event), { passive: false });
    board.addEventListener("keydown", (event) => this.key(event));
    board.addEventListener("dblclick", (event) => this.plane(event) && this.reset());
    state.addEventListener("change", ({ detail }) => {
      if (detail.has("zoom") || detail.has("centre") || detail.has("at")) this.show();
    });
    this.show();
  }

  plane(event) {
    return event.target.closest?.(".plane") ?? null;
  }

  /** The frequency below a pointer, with fractions. */
  frequency(event, plane) {
    const box = plane.getBoundingClientRect();
    const share = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    return share.map((part, axis) => this.state.centre[axis] + ((part - 0.5) * SIZE) / this.state.zoom);
  }

  moved(event) {
    if (this.drag) {
      this.pan(event);
      return;
    }
    const plane = this.plane(event);
    if (plane) this.point(this.frequency(event, plane).map(Math.floor));
  }

  pressed(event) {
    const plane = this.plane(event);
    if (!plane || event.button !== 0) return;
    this.point(this.frequency(event, plane).map(Math.floor));
    if (this.state.zoom > 1) {
      this.drag = { x: event.clientX, y: event.clientY, centre: this.state.centre, width: plane.clientWidth, moving: false };
      plane.setPointerCapture(event.pointerId);
    }
  }

  pan(event) {
    const { drag } = this;
    const by = [event.clientX - drag.x, event.clientY - drag.y];
    drag.moving ||= Math.hypot(...by) > DRAG_PIXELS;
    if (!drag.moving) return;
    const perPixel = SIZE / this.state.zoom / drag.width;
    this.look(drag.centre.map((middle, axis) => middle - by[axis] * perPixel), this.state.zoom);
  }

  turned(event) {
    const plane = this.plane(event);
    // without a modifier the wheel scrolls the page, as everywhere
    if (!plane || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    const turn = event.deltaY || event.deltaX;
    this.zoomAt(this.frequency(event, plane), turn < 0 ? WHEEL_STEP : 1 / WHEEL_STEP);
  }

  /** Zooms by a factor while a frequency keeps its place. */
  zoomAt(fixed, factor) {
    const { zoom, centre } = this.state;
    const next = within(zoom * factor, 1, MOST_ZOOM);
    this.look(centre.map((middle, axis) => fixed[axis] - ((fixed[axis] - middle) * zoom) / next), next);
  }

  /** Zooms about the cursor, or the middle. */
  zoomBy(factor) {
    this.zoomAt(this.state.at ? this.state.at.map((n) => n + 0.5) : this.state.centre, factor);
  }

  reset() {
    this.look([0, 0], 1);
  }

  look(centre, zoom) {
    const room = HALF - HALF / zoom;
    this.state.set({ zoom, centre: centre.map((n) => within(n, -room, room)) });
  }

  key(event) {
    const move = MOVES[event.key];
    if (!move || !this.plane(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const stride = event.shiftKey ? STRIDE : 1;
    const at = this.state.at;
    this.point(at ? at.map((n, axis) => n + move[axis] * stride) : [0, 0]);
    this.follow();
  }

  point(at) {
    this.state.set({ at: at.map((n) => within(n, -HALF, HALF - 1)), band: null });
  }

  /** Moves the view so that the cursor is in it. */
  follow() {
    const { at, zoom, centre } = this.state;
    const half = HALF / zoom - 1;
    this.look(centre.map((middle, axis) => within(middle, at[axis] + 0.5 - half, at[axis] + 0.5 + half)), zoom);
  }

  /** Writes view and cursor into the board's style, which all planes share. */
  show() {
    const { zoom, centre, at } = this.state;
    const { style } = this.board;
    style.setProperty("--zoom", zoom);
    style.setProperty("--shift-x", `${(-centre[0] / SIZE) * 100}%`);
    style.setProperty("--shift-y", `${(-centre[1] / SIZE) * 100}%`);
    this.board.classList.toggle("marked", at !== null);
    if (!at) return;
    const place = (n) => `${((n + HALF) / SIZE) * 100}%`;
    // the highest frequency is drawn on one side only
    const opposite = at.map((n) => (n === -HALF ? n : -n));
    style.setProperty("--at-x", place(at[0]));
    style.setProperty("--at-y", place(at[1]));
    style.setProperty("--conjugate-x", place(opposite[0]));
    style.setProperty("--conjugate-y", place(opposite[1]));
  }
}
