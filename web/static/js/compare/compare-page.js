// The comparison board: what it shows follows its state, and its state is its address.
import { getJson } from "../api.js";
import { announce, byId, el, placeholder, setText, show } from "../dom.js";
import { BANDS } from "./bands.js";
import { Board } from "./board.js";
import { columnSets, defaultSet, loadCatalogue, resolve } from "./columns.js";
import { Content } from "./content.js";
import { Cursor } from "./cursor.js";
import { maskDialog, photographDialog } from "./dialogs.js";
import { setUpExports } from "./exports.js";
import { Pointing } from "./pointing.js";
import { Readout } from "./readout.js";
import { Slots } from "./slots.js";
import { BoardState } from "./state.js";
import { setUpSets, setUpToolbar } from "./toolbar.js";

const SMALLEST = 148;
const LARGEST = 288;

const state = new BoardState();
const table = byId("board");
const readout = new Readout(byId("cursor-text"), byId("cursor-values"));
const board = new Board(table, {
  band: (direction, band) => state.set({ band: [direction, Math.max(0, Math.min(BANDS - 1, band))], at: null }),
  currentBand: () => state.band?.[1] ?? -1,
  baseline: (name) => state.set({ baseline: name }),
  fold,
  move,
  remove,
});
const content = new Content(board, state);
const pointing = new Pointing({ table, board, content, readout, state });
const slots = new Slots({ finished: build, scale: () => content.scales.mask });
const removed = [];

let catalogue = null;
let photograph = null;
let showSet = () => {};
let turn = 0;

async function start() {
  placeholder(byId("board-state"), "loading", "Loading the masks");
  try {
    catalogue = await loadCatalogue();
    const sets = columnSets(catalogue);
    showSet = setUpSets(sets, state);
    await findPhotograph();
    if (state.columns.length === 0) {
      // links to a photograph's masks need not know which models there are
      const kind = new URLSearchParams(location.search).get("set") === "photograph" ? "image-mask" : "model-mask";
      const set = await defaultSet(kind, sets, photograph, catalogue);
      if (set) state.set({ columns: set.columns, baseline: set.columns[0] });
    }
    await build();
  } catch (error) {
    failed(error);
  }
}

/** The photograph of the address, else the newest. */
async function findPhotograph() {
  if (state.image) {
    photograph = await getJson(`/api/images/${encodeURIComponent(state.image)}`).catch((error) => {
      if (error.status === 404) return null;
      throw error;
    });
  }
  photograph ??= (await getJson("/api/images?limit=1")).items[0] ?? null;
  state.set({ image: photograph?.id ?? null });
  showPhotograph();
}

/** Builds the board for its columns, and fills it. */
async function build() {
  const own = ++turn;
  const { columns, missing } = await resolve(state.columns, state.image, catalogue);
  if (own !== turn) return;
  showSet();
  const lost = missing.length > 0 && columns.length > 0;
  setText(byId("board-missing"), lost ? `Not there any more: ${missing.join(", ")}.` : "");
  show(byId("board-missing"), lost);
  byId("exports").disabled = !columns.some(({ mask }) => mask);
  board.build(columns, state);
  readout.setColumns(columns);
  readout.clear();
  if (columns.length === 0) placeholder(byId("board-state"), "empty", ...nothing());
  else placeholder(byId("board-state"), null);
  layOut();
  slots.show(board.views, state.image);
  await content.fill(columns, photograph, () => pointing.renew());
}

function nothing() {
  if (state.columns.length > 0) {
    const link = el("a", { class: "button", href: "/compare" }, "Show what there is");
    return ["None of these masks is there any more.", el("p", {}, link)];
  }
  if (catalogue.models.length === 0) {
    return ["There is no trained model, so there are no masks yet.", el("p", {}, el("code", {}, "./fourier-masks train-models"))];
  }
  return ["No column. Choose a set of masks above, or add single ones."];
}

function failed(error) {
  const again = el("button", { type: "button", class: "button" }, "Try again");
  again.addEventListener("click", start);
  placeholder(byId("board-state"), "failed", error.message, again);
}

function showPhotograph() {
  const image = byId("photo-now");
  if (show(image, photograph !== null)) image.src = `/api/images/${encodeURIComponent(photograph.id)}/input.png`;
  setText(byId("photo-name"), photograph?.name ?? "Choose a photograph");
}

/** Columns are as wide as there is room for all of them, within reason. */
function layOut() {
  const box = byId("board-box");
  const room = box.clientWidth / Math.max(1, state.columns.length) - 16;
  table.style.setProperty("--cell", `${Math.floor(Math.max(SMALLEST, Math.min(LARGEST, room)))}px`);
  box.classList.toggle("narrow", room < SMALLEST);
}

function fold(row) {
  const { folded } = state;
  state.set({ folded: folded.includes(row) ? folded.filter((each) => each !== row) : [...folded, row] });
}

function move(from, to) {
  const names = [...state.columns];
  names.splice(to, 0, ...names.splice(from, 1));
  state.set({ columns: names });
  announce(`Moved to place ${to + 1}`);
}

function remove(name) {
  const columns = state.columns.filter((each) => each !== name);
  removed.push({ name, place: state.columns.indexOf(name) });
  state.set({ columns, baseline: state.baseline === name ? (columns[0] ?? null) : state.baseline });
  announce("Column removed. Press u to bring it back");
}

function restore() {
  const last = removed.pop();
  if (!last || state.columns.includes(last.name)) return;
  const columns = [...state.columns];
  columns.splice(last.place, 0, last.name);
  state.set({ columns, baseline: state.baseline ?? last.name });
}

state.addEventListener("change", ({ detail }) => {
  if (!catalogue) return;
  if (detail.has("columns") || detail.has("image") || detail.has("baseline")) build().catch(failed);
  if (detail.has("folded")) board.fold(state.folded);
  if (detail.has("map") || detail.has("differenceMap") || detail.has("scale")) content.rescale();
  if (detail.has("scale")) content.drawBars();
});

const dialogs = {
  photographs: photographDialog((image) => {
    photograph = image;
    showPhotograph();
    state.set({ image: image.id });
  }),
  masks: maskDialog(state, () => catalogue),
};
setUpToolbar({ state, cursor: new Cursor(table, state), dialogs, restore });
setUpExports({ board, content, state, photograph: () => photograph });
new ResizeObserver(layOut).observe(byId("board-box"));
document.addEventListener("themechange", () => content.drawBars());
start();
