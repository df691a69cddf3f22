// All that a board shows, kept in the address: whoever opens the link sees the same.

/** The rows in their order. */
export const ROWS = ["mask", "through", "complement", "rest", "difference", "radial", "angular", "accuracy", "statistics"];

export const MASK_MAPS = ["turbo", "viridis", "gray"];
export const DIFFERENCE_MAPS = ["coolwarm", "viridis", "gray"];
export const MOST_ZOOM = 16;

const ADDRESS_AFTER_MS = 250;

const DEFAULTS = {
  columns: [], // masks by id, or "MODEL" and "MODEL~attacked": the mask of the photograph under that model
  baseline: null, // one of the columns
  image: null, // the photograph shown through the masks
  folded: [],
  map: "turbo",
  differenceMap: "coolwarm",
  scale: "linear",
  zoom: 1,
  centre: [0, 0], // frequency in the middle of the view: across, down
  at: null, // frequency under the cursor: across, down
  band: null, // a radial or angular band: ["radial", 12]
};

const list = (text) => (text ? text.split(",").filter((part) => part !== "") : []);
const among = (values, value, otherwise) => (values.includes(value) ? value : otherwise);

function pair(text, least, most) {
  const numbers = list(text).map(Number);
  const fits = numbers.length === 2 && numbers.every((n) => Number.isFinite(n) && n >= least && n <= most);
  return fits ? numbers : null;
}

function band(text) {
  const [direction, number] = (text ?? "").split(":");
  const index = Number(number);
  const known = ["radial", "angular"].includes(direction) && Number.isInteger(index) && index >= 0 && index < 64;
  return known ? [direction, index] : null;
}

/** Reads a query; what does not fit takes its default. */
export function parse(query) {
  const given = new URLSearchParams(query);
  const columns = [...new Set(list(given.get("columns")))];
  return {
    columns,
    baseline: among(columns, given.get("baseline"), columns[0] ?? null),
    image: given.get("image"),
    folded: list(given.get("fold")).filter((row) => ROWS.includes(row)),
    map: among(MASK_MAPS, given.get("map"), DEFAULTS.map),
    differenceMap: among(DIFFERENCE_MAPS, given.get("diffmap"), DEFAULTS.differenceMap),
    scale: among(["linear", "log"], given.get("scale"), DEFAULTS.scale),
    zoom: Math.min(MOST_ZOOM, Math.max(1, Number(given.get("zoom")) || 1)),
    centre: pair(given.get("centre"), -64, 64) ?? [0, 0],
    at: pair(given.get("at"), -64, 63),
    band: band(given.get("band")),
  };
}

/** The query of a state; defaults are left out. */
export function format(state) {
  const query = new URLSearchParams();
  const set = (name, value, plain) => value !== plain && value !== null && value !== "" && query.set(name, value);
  set("columns", state.columns.join(), "");
  set("baseline", state.baseline, state.columns[0] ?? null);
  set("image", state.image, null);
  set("fold", state.folded.join(), "");
  set("map", state.map, DEFAULTS.map);
  set("diffmap", state.differenceMap, DEFAULTS.differenceMap);
  set("scale", state.scale, DEFAULTS.scale);
  set("zoom", String(Number(state.zoom.toFixed(2))), "1");
  set("centre", state.centre.map((n) => Number(n.toFixed(1))).join(), "0,0");
  set("at", state.at?.join() ?? null, null);
  set("band", state.band?.join(":") ?? null, null);
  // commas and tildes are legible in a query, and need no escape there
  return query.toString().replaceAll("%2C", ",").replaceAll("%7E", "~").replaceAll("%3A", ":");
}

/** The state of the page; tells what changed with an event "change". */
export class BoardState extends EventTarget {
  constructor() {
    super();
    Object.assign(this, parse(location.search));
    this.timer = null;
    addEventListener("popstate", () => this.set(parse(location.search)));
  }

  /** Changes some of it; the event's `detail` is the set of names that changed. */
  set(changes) {
    const changed = Object.keys(changes).filter((name) => JSON.stringify(this[name]) !== JSON.stringify(changes[name]));
    if (changed.length === 0) return;
    Object.assign(this, changes);
    this.dispatchEvent(new CustomEvent("change", { detail: new Set(changed) }));
    // a pointer moves a hundred times a second, which browsers refuse to write down
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), ADDRESS_AFTER_MS);
  }

  write() {
    const query = format(this);
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  /** The address of exactly this view. */
  address() {
    return `${location.origin}${location.pathname}?${format(this)}`;
  }
}
