// The board: a table with a column for each mask and rows that fold.
import { el, icon } from "../dom.js";
import { duration, number, percent, sparsity, whole } from "../format.js";
import { BandChart } from "./bands.js";
import { nameOf, titleOf } from "./columns.js";
import { Plane } from "./plane.js";
import { ROWS } from "./state.js";

const PUBLISHED_RADIUS = 32;

const TITLES = {
  mask: ["Mask", "how much of each frequency is kept"],
  through: ["Photograph through the mask", "what the network is left with"],
  complement: ["Complement", "passes where the mask keeps nothing"],
  rest: ["Photograph through the complement", "what the mask removes"],
  difference: ["Difference from the baseline", "mask minus the baseline’s"],
  radial: ["Radial energy", "by distance from the zero frequency; the line is the baseline"],
  angular: ["Angular energy", "by direction, counter-clockwise from the right; the line is the baseline"],
  accuracy: ["Prediction", "with and without the mask"],
  statistics: ["Statistics", "of the mask and its training"],
};
const PLANES = ["mask", "complement", "difference"];
const PICTURES = ["through", "rest"];
const BANDS = ["radial", "angular"];

/** Builds the table anew for its columns; `actions` are what the buttons do. */
export class Board {
  constructor(table, actions) {
    this.table = table;
    this.actions = actions;
    this.views = [];
  }

  build(columns, { baseline, folded }) {
    const focused = this.focused();
    this.destroy();
    this.views = columns.map((column) => this.view(column));
    const head = el("thead", {}, el("tr", {}, ...columns.map((column, i) => this.head(column, i, columns.length, baseline))));
    const bodies = ROWS.map((row) => this.row(row, columns, folded.includes(row)));
    if (columns.length === 0) this.table.replaceChildren();
    else this.table.replaceChildren(el("caption", { class: "hidden" }, `Masks side by side, ${columns.length} columns`), head, ...bodies);
    if (focused) this.table.querySelector(focused)?.focus({ preventScroll: true });
  }

  /** Where the focus is, so that it stays there when a column moves or becomes the baseline. */
  focused() {
    const element = document.activeElement;
    const column = element.closest?.("th[data-column]");
    if (!column || !this.table.contains(column)) return null;
    return `th[data-column="${CSS.escape(column.dataset.column)}"] [data-tool="${element.dataset.tool}"]`;
  }

  destroy() {
    for (const view of this.views) for (const direction of BANDS) view[direction].destroy();
    this.views = [];
  }

  /** The changing parts of a column. */
  view(column) {
    const name = nameOf(column);
    const view = { column };
    for (const row of PLANES) view[row] = new Plane(`${TITLES[row][0]} of ${name}`);
    for (const row of PICTURES) view[row] = el("div", { class: "picture-cell" }, el("p", { class: "wait" }, "Loading"));
    for (const row of BANDS) {
      view[row] = new BandChart(row, `${TITLES[row][0]} of ${name}`, (band) => this.actions.band(row, band));
      view[row].current = this.actions.currentBand;
    }
    view.accuracy = el("div", { class: "figures" });
    view.statistics = el("div", { class: "figures" });
    return view;
  }

  head(column, i, count, baseline) {
    const { code, training, detail } = titleOf(column);
    const { actions } = this;
    const isBaseline = column.name === baseline;
    const tool = (label, sign, act, disabled = false) => {
      const button = el("button", { type: "button", class: "icon-button tiny", "aria-label": `${label}: ${nameOf(column)}`, title: label, disabled, data: { tool: label } }, sign);
      button.addEventListener("click", act);
      return button;
    };
    const base = el(
      "button",
      { type: "button", class: "button tiny", "aria-pressed": String(isBaseline), "aria-label": `Baseline: ${nameOf(column)}`, title: `Differences are taken from this column (${i + 1})`, data: { tool: "Baseline" } },
      "Baseline",
    );
    base.addEventListener("click", () => actions.baseline(column.name));
    return el(
      "th",
      { scope: "col", data: { column: column.name } },
      el("p", { class: "column-name" }, el("span", { class: "code" }, code), " ", training),
      el("p", { class: "muted column-detail" }, detail),
      el(
        "p",
        { class: "column-tools" },
        base,
        tool("Move left", "←", () => actions.move(i, i - 1), i === 0),
        tool("Move right", "→", () => actions.move(i, i + 1), i === count - 1),
        tool("Remove", icon("cross"), () => actions.remove(column.name)),
      ),
    );
  }

  row(row, columns, isFolded) {
    const [title, note] = TITLES[row];
    const button = el("button", { type: "button", class: "fold", "aria-expanded": String(!isFolded) }, title);
    button.addEventListener("click", () => this.actions.fold(row));
    const label = el("p", { class: "row-label" }, button, " ", el("span", { class: "muted" }, note));
    const head = el("tr", { class: "row-head" }, el("th", { scope: "rowgroup", colSpan: columns.length }, label));
    const cells = el("tr", { hidden: isFolded }, ...this.views.map((view) => el("td", {}, el("div", { class: "cell" }, view[row].element ?? view[row]))));
    return el("tbody", { data: { row } }, head, cells);
  }

  /** Folds and unfolds rows without building them again. */
  fold(folded) {
    for (const body of this.table.tBodies) {
      const isFolded = folded.includes(body.dataset.row);
      body.rows[1].hidden = isFolded;
      body.querySelector(".fold").setAttribute("aria-expanded", String(!isFolded));
    }
  }

  /** Shows numbers of a column that has a mask. */
  figures(view, figures) {
    const { mask, statistics } = figures;
    const radii = `${PUBLISHED_RADIUS} cycles`;
    view.statistics.replaceChildren(
      facts([
        ["Mean, sparsity", sparsity(statistics.sparsity)],
        ["Frequencies kept", percent(statistics.keptShare)],
        [`L1 within ${radii}`, percent(statistics.l1Share[PUBLISHED_RADIUS])],
        ["90 % of L1 within", `${number(statistics.effectiveRadius)} cycles`],
        ["Mean difference", signed(figures.meanDifference)],
        ["Steps", whole(mask.steps)],
        ["Time", duration(mask.seconds)],
        ["Stopped because", stopText(mask)],
      ]),
      links(mask),
    );
  }

  /** Shows how well a network does with and without the mask. */
  accuracy(view, looks) {
    const { mask } = view.column;
    const rows = [];
    if (mask.kind === "image-mask") {
      rows.push(["Without mask", chance(mask.labelName, mask.cleanProbability)]);
      rows.push(["Through the mask", `${mask.predictionName}${mask.predictionKept ? `, ${percent(mask.probability)}` : ` (${mask.labelName} ${percent(mask.probability)})`}`]);
      if (looks && !view.column.attacked) rows.push(["Through the complement", outcome(looks.complement)]);
    } else {
      rows.push(["Accuracy", percent(mask.unmaskedAccuracy ?? view.column.model.accuracy)]);
      rows.push(["Accuracy through mask", percent(mask.maskedAccuracy)]);
      if (looks) {
        rows.push(["Photograph as it is", outcome(looks.unmasked)]);
        rows.push(["Through the mask", outcome(looks.masked)]);
        rows.push(["Through the complement", outcome(looks.complement)]);
      }
    }
    view.accuracy.replaceChildren(facts(rows));
  }

  /** Shows a picture, or a text in its place. */
  picture(view, row, address, alt) {
    const cell = view[row];
    if (address === null) {
      cell.replaceChildren(el("p", { class: "wait" }, alt));
      return;
    }
    cell.replaceChildren(el("img", { src: address, alt, width: 128, height: 128 }));
  }
}

const outcome = ({ className, probability }) => chance(className, probability);
const chance = (name, probability) => `${name}, ${percent(probability)}`;
const signed = (value) => `${value > 0 ? "+" : ""}${number(value)}`.replace("-", "−");

function facts(rows) {
  return el("dl", {}, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

const STOPS = { CONVERGED: "converged", STEP_LIMIT: "limit of steps", EPOCH_LIMIT: "limit of epochs", NON_FINITE: "became infinite", CANCELLED: "cancelled" };
const stopText = (mask) => STOPS[mask.stopReason] ?? mask.stopReason.toLowerCase().replaceAll("_", " ");

function links(mask) {
  const address = `/api/masks/${encodeURIComponent(mask.id)}`;
  const files = ["npz", "npy", "png"].map((type) => el("a", { href: `${address}.${type}`, download: `mask-${mask.id}.${type}`, "aria-label": `Mask ${mask.id} as .${type}` }, `.${type}`));
  const job = mask.job ? el("a", { href: `/jobs/${encodeURIComponent(mask.job)}` }, `job ${mask.job}`) : el("span", { class: "muted" }, "from a file");
  return el("p", { class: "files" }, job, ...files);
}
