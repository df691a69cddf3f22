// The controls above a board, and its keyboard.
import { announce, byId, el, setText } from "../dom.js";
import { isShortcut } from "../shell.js";
import { MASK_MAPS, ROWS } from "./state.js";

const ZOOM_STEP = 1.5;
const GO_WITHIN_MS = 1200;
const GROUPS = { "model-mask": "Whole models", "class-mask": "One class", "image-mask": "One photograph" };

/** Wires the controls. `dialogs` are those that open; `restore` brings back a removed column. */
export function setUpToolbar({ state, cursor, dialogs, restore }) {
  const show = () => {
    byId("map").value = state.map;
    byId("diffmap").value = state.differenceMap;
    byId("log").checked = state.scale === "log";
    setText(byId("zoom-value"), `${Math.round(state.zoom * 100)}\u00a0%`);
    byId("zoom-reset").disabled = state.zoom === 1;
  };
  const log = (on) => state.set({ scale: on ? "log" : "linear" });
  byId("map").addEventListener("change", (event) => state.set({ map: event.target.value }));
  byId("diffmap").addEventListener("change", (event) => state.set({ differenceMap: event.target.value }));
  byId("log").addEventListener("change", (event) => log(event.target.checked));
  byId("zoom-in").addEventListener("click", () => cursor.zoomBy(ZOOM_STEP));
  byId("zoom-out").addEventListener("click", () => cursor.zoomBy(1 / ZOOM_STEP));
  byId("zoom-reset").addEventListener("click", () => cursor.reset());
  byId("photo-choose").addEventListener("click", () => dialogs.photographs.open());
  byId("masks-add").addEventListener("click", () => dialogs.masks.open());
  byId("link-copy").addEventListener("click", () => copyLink(state));
  state.addEventListener("change", show);
  show();
  setUpKeys(state, {
    "+": () => cursor.zoomBy(ZOOM_STEP),
    "=": () => cursor.zoomBy(ZOOM_STEP),
    "-": () => cursor.zoomBy(1 / ZOOM_STEP),
    0: () => cursor.reset(),
    l: () => log(state.scale !== "log"),
    c: () => state.set({ map: MASK_MAPS[(MASK_MAPS.indexOf(state.map) + 1) % MASK_MAPS.length] }),
    m: () => dialogs.masks.open(),
    p: () => dialogs.photographs.open(),
    x: () => byId("exports").focus(),
    u: restore,
    f: () => state.set({ folded: state.folded.length === 0 ? ROWS.filter((row) => row !== "mask" && row !== "statistics") : [] }),
    Escape: () => state.set({ at: null, band: null }),
  });
}

function setUpKeys(state, keys) {
  let went = 0;
  document.addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    // "g" and a letter leads to another page
    if (event.key === "g") went = Date.now();
    if (Date.now() - went < GO_WITHIN_MS) return;
    const column = /^[1-9]$/.test(event.key) ? state.columns[event.key - 1] : null;
    const act = column ? () => state.set({ baseline: column }) : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

async function copyLink(state) {
  state.write();
  const said = await navigator.clipboard.writeText(state.address()).then(
    () => "Copied",
    () => "It is in the address bar",
  );
  setText(byId("link-said"), said);
  announce(said);
  setTimeout(() => setText(byId("link-said"), ""), 2000);
}

/** Lets somebody choose a set of columns; gives a function that shows which one is chosen. */
export function setUpSets(sets, state) {
  const select = byId("sets");
  const groups = Object.entries(GROUPS).map(([kind, label]) => {
    const options = sets.flatMap((set, i) => (set.kind === kind ? [el("option", { value: String(i) }, set.label)] : []));
    return options.length > 0 ? el("optgroup", { label }, ...options) : null;
  });
  select.replaceChildren(el("option", { value: "" }, "Chosen masks"), ...groups.filter(Boolean));
  select.disabled = false;
  select.onchange = () => {
    const set = sets[select.value];
    if (set) state.set({ columns: set.columns, baseline: set.columns[0] });
  };
  const sorted = (names) => [...names].sort().join();
  return () => {
    const index = sets.findIndex(({ columns }) => sorted(columns) === sorted(state.columns));
    select.value = index < 0 ? "" : String(index);
  };
}
