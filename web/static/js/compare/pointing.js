// What is pointed at, a frequency or a band, shown on all planes and bars and in words.
import { cellOf, spotlight } from "./plane.js";

const PLANES = ["mask", "complement", "difference"];

/** Shows the state's cursor on a board, at most once a frame. */
export class Pointing {
  constructor({ table, board, content, readout, state }) {
    Object.assign(this, { table, board, content, readout, state });
    this.frame = null;
    this.lit = null;
    state.addEventListener("change", ({ detail }) => {
      if (detail.has("at") || detail.has("band")) this.request();
    });
  }

  request() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.show();
    });
  }

  show() {
    const { at, band } = this.state;
    const { grid, planes, edges, figures } = this.content;
    if (!grid) return;
    this.light(band, grid);
    if (at) {
      const cell = cellOf(at);
      this.mark(grid.radial[cell], grid.angular[cell]);
      this.readout.showFrequency(at, grid, planes);
    } else if (band && edges) {
      const [direction, number] = band;
      this.mark(direction === "radial" ? number : null, direction === "angular" ? number : null);
      this.readout.showBand(band, edges[direction], figures);
    } else {
      this.mark(null, null);
      this.readout.clear();
    }
  }

  /** Lights up a band's ring or wedge; drawn once for all planes, and only when it changes. */
  light(band, grid) {
    const views = this.board.views;
    const now = `${band ?? ""}/${views.map(({ column }) => column.name)}`;
    if (now === this.lit) return;
    this.lit = now;
    const picture = band ? spotlight(grid[band[0]], band[1]) : null;
    for (const view of views) for (const row of PLANES) view[row].shine(picture);
  }

  /** Marks a bar of each direction, or none. */
  mark(radial, angular) {
    const { style, classList } = this.table;
    classList.toggle("radial-marked", radial !== null);
    classList.toggle("angular-marked", angular !== null);
    if (radial !== null) style.setProperty("--radial", radial);
    if (angular !== null) style.setProperty("--angular", angular);
  }

  /** Forgets what was lit: the planes are new. */
  renew() {
    this.lit = null;
    this.show();
  }
}
