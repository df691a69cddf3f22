// Fills a board as answers arrive: planes, pictures, bars and figures of each column.
import { el } from "../dom.js";
import { Scale } from "./colors.js";
import { nameOf } from "./columns.js";
import { comparison, frequencies, looks, picture, plane, throughAddress } from "./data.js";

const PLANES = ["mask", "complement", "difference"];
const DIRECTIONS = ["radial", "angular"];

/** What stands on a board. A newer `fill` makes an older one stop. */
export class Content {
  constructor(board, state) {
    this.board = board;
    this.state = state;
    this.turn = 0;
    this.columns = [];
    this.planes = []; // of each column {mask, complement, difference}
    this.figures = []; // of each column its part of the comparison, or null
    this.edges = null; // where the bands begin
    this.limit = 1; // of the differences
    this.grid = null; // what each cell stands for
    this.scales = { mask: null, difference: null };
  }

  /** Fills the board, which has been built for these columns; `ready` hears when values are there. */
  async fill(columns, photograph, ready) {
    const turn = ++this.turn;
    this.columns = columns;
    this.planes = columns.map(() => ({}));
    this.figures = columns.map(() => null);
    const made = columns.filter(({ mask }) => mask !== null);
    this.board.views.filter(({ column }) => column.mask === null).forEach((view) => blank(view));
    if (made.length === 0) {
      await this.rescale();
      ready();
      return;
    }
    const baseline = this.baseline();
    const [compared, ...masks] = await Promise.all([
      comparison(made.map(({ mask }) => mask.id), baseline),
      ...columns.map(({ mask }) => mask && plane("mask", mask.id)),
    ]);
    if (turn !== this.turn) return;
    this.take(compared, masks);
    await this.rescale();
    this.grid = await frequencies();
    ready();
    const isCurrent = () => turn === this.turn;
    await Promise.all(this.board.views.map((view, i) => view.column.mask && this.fillColumn(view, i, baseline, photograph, isCurrent)));
  }

  take(compared, masks) {
    const byMask = new Map(compared.columns.map((each) => [each.mask.id, each]));
    this.figures = this.columns.map(({ mask }) => (mask ? byMask.get(mask.id) : null));
    this.edges = { radial: compared.radialEdges, angular: compared.angularEdges };
    this.limit = compared.differenceLimit;
    masks.forEach((values, i) => (this.planes[i].mask = values));
    this.board.views.forEach((view, i) => this.figures[i] && this.board.figures(view, this.figures[i]));
    this.drawBars();
  }

  /** Id of the mask that differences are taken from: the chosen one, else the first there is. */
  baseline() {
    const made = this.columns.filter(({ mask }) => mask !== null);
    return (made.find(({ name }) => name === this.state.baseline) ?? made[0])?.mask.id ?? null;
  }

  async fillColumn(view, i, baseline, photograph, isCurrent) {
    const { mask } = view.column;
    await Promise.all([
      ...["complement", "difference"].map(async (kind) => {
        const values = await plane(kind, mask.id, baseline);
        if (!isCurrent()) return;
        this.planes[i][kind] = values;
        view[kind].draw(values, this.scaleOf(kind));
      }),
      this.picture(view, "through", photograph, isCurrent),
      this.picture(view, "rest", photograph, isCurrent),
      this.looks(view, photograph, isCurrent),
    ]);
  }

  async picture(view, row, photograph, isCurrent) {
    if (!photograph) {
      this.board.picture(view, row, null, "Choose a photograph");
      return;
    }
    const complement = row === "rest";
    try {
      const address = await picture(throughAddress(view.column, photograph.id, complement));
      const alt = `${photograph.name} through ${complement ? "the complement of " : ""}the mask of ${nameOf(view.column)}`;
      if (isCurrent()) this.board.picture(view, row, address, alt);
    } catch (error) {
      if (isCurrent()) this.board.picture(view, row, null, error.message);
    }
  }

  async looks(view, photograph, isCurrent) {
    this.board.accuracy(view, null);
    if (!photograph) return;
    // what is known without the network stays if the network cannot be asked
    const found = await looks(view.column.mask.id, photograph.id).catch(() => null);
    if (isCurrent() && found) this.board.accuracy(view, found);
  }

  /** Loads the scales that are chosen, and draws all planes on them. */
  async rescale() {
    const log = this.state.scale === "log";
    const [mask, difference] = await Promise.all([
      Scale.load(this.state.map, { log }),
      Scale.load(this.state.differenceMap, { limit: this.limit, symmetric: true, log }),
    ]);
    this.scales = { mask, difference };
    this.board.views.forEach((view, i) => {
      for (const kind of PLANES) if (this.planes[i]?.[kind]) view[kind].draw(this.planes[i][kind], this.scaleOf(kind));
    });
    await this.showScales();
  }

  scaleOf(kind) {
    return kind === "difference" ? this.scales.difference : this.scales.mask;
  }

  async showScales() {
    for (const kind of ["mask", "difference"]) {
      const scale = this.scales[kind];
      scale.paintLegend(document.getElementById(`${kind}-scale`));
      const ticks = scale.ticks().map(([at, text]) => {
        const tick = el("li", {}, text);
        tick.style.left = `${at * 100}%`;
        return tick;
      });
      document.getElementById(`${kind}-ticks`).replaceChildren(...ticks);
    }
  }

  /** Draws the bars of all columns on one scale, in the theme's colours. */
  drawBars() {
    for (const direction of DIRECTIONS) {
      const most = Math.max(...this.figures.filter(Boolean).flatMap(({ energies }) => energies[direction]));
      this.board.views.forEach((view, i) => {
        const figures = this.figures[i];
        if (!figures) return;
        const values = figures.energies[direction];
        view[direction].draw({
          values,
          baseline: values.map((value, band) => value - figures.energyDifferences[direction][band]),
          edges: this.edges[direction],
          most,
          log: this.state.scale === "log",
        });
      });
    }
  }
}

/** A column without mask has nothing to show, but the place where it can be learned. */
function blank(view) {
  for (const row of PLANES) view[row].draw(null, null, "");
  for (const row of ["through", "rest"]) view[row].replaceChildren();
  for (const row of DIRECTIONS) view[row].element.setAttribute("aria-label", `${view[row].label}: no mask yet`);
}
