// Which photographs are selected, kept in the address so that it can be shared and reloaded.

// an address of this many ids is still one that every server and chat window takes
const MOST_IN_ADDRESS = 100;

/** An ordered set of image ids that tells its listeners about changes. */
export class Selection extends EventTarget {
  constructor() {
    super();
    const ids = new URLSearchParams(location.search).get("images");
    this.ids = new Set(ids ? ids.split(",").filter((id) => /^[\w-]+$/.test(id)) : []);
  }

  has(id) {
    return this.ids.has(id);
  }

  get size() {
    return this.ids.size;
  }

  /** Selects or deselects ids. */
  set(ids, selected) {
    for (const id of ids) {
      if (selected) this.ids.add(id);
      else this.ids.delete(id);
    }
    this.changed();
  }

  clear() {
    this.ids.clear();
    this.changed();
  }

  changed() {
    const list = [...this.ids];
    setParameter("images", list.length <= MOST_IN_ADDRESS ? list.join(",") : "");
    this.dispatchEvent(new Event("change"));
  }
}

/** Keeps one value in the address without a new entry in the history. */
export function setParameter(name, value) {
  const url = new URL(location.href);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  // commas need no escape in a query, and ids stay readable
  history.replaceState(history.state, "", url.pathname + url.search.replaceAll("%2C", ",") + url.hash);
}

/** One value of the address. */
export const parameter = (name) => new URLSearchParams(location.search).get(name);
