// The gallery: pages of pictures, selected with mouse or keyboard.
import { getJson } from "./api.js";
import { byId, el, placeholder, show } from "./dom.js";
import { dateTime } from "./format.js";
import { isShortcut } from "./shell.js";

const PAGE = 48;

/** The grid of pictures with their checkboxes. */
export class Gallery {
  constructor(selection, predictions, masks) {
    this.selection = selection;
    this.predictions = predictions;
    this.masks = masks;
    this.grid = byId("gallery");
    this.state = byId("gallery-state");
    this.more = byId("gallery-more");
    this.boxes = new Map();
    this.cursor = null;
    this.last = null;
    this.loading = false;
    this.shift = false;
    this.listen();
  }

  /** The next page, or the first. */
  async load() {
    if (this.loading) return;
    this.loading = true;
    try {
      const from = this.cursor ? `&cursor=${encodeURIComponent(this.cursor)}` : "";
      const page = await getJson(`/api/images?limit=${PAGE}${from}`);
      this.cursor = page.next ?? null;
      this.grid.append(...page.items.filter((image) => !this.boxes.has(image.id)).map((image) => this.card(image)));
      this.settle();
    } catch (error) {
      const again = el("button", { type: "button", class: "button" }, "Try again");
      again.addEventListener("click", () => this.load());
      placeholder(this.state, "failed", error.message, again);
    }
    this.loading = false;
  }

  /** New uploads come first, selected, whether they are new or known already. */
  add(images) {
    for (const image of [...images].reverse()) {
      const known = this.boxes.get(image.id)?.closest("li");
      this.grid.prepend(known ?? this.card(image));
    }
    this.selection.set(images.map((image) => image.id), true);
    this.settle();
  }

  /** One that is there no more. */
  remove(id) {
    this.boxes.get(id)?.closest("li").remove();
    this.boxes.delete(id);
    this.selection.set([id], false);
    this.settle();
  }

  settle() {
    this.grid.setAttribute("aria-busy", "false");
    const empty = this.boxes.size === 0;
    placeholder(this.state, empty && this.cursor === null ? "empty" : null, "No photograph yet. Drop some above, or choose files.");
    show(this.more, this.cursor !== null);
    byId("select-all").disabled = empty;
  }

  card(image) {
    const id = `pick-${image.id}`;
    const box = el("input", { type: "checkbox", id, value: image.id, checked: this.selection.has(image.id) });
    this.boxes.set(image.id, box);
    const predictions = el("div", { class: "prediction-box" });
    this.predictions.watch(image, predictions);
    const masks = el("div", { class: "mask-box" });
    this.masks.watch(image, masks);
    const picture = el("img", {
      src: `/api/images/${image.id}/input.png`,
      alt: "",
      width: 128,
      height: 128,
      loading: "lazy",
      decoding: "async",
    });
    picture.addEventListener("error", () => picture.classList.add("broken"));
    const title = `${image.name}\n${image.width} × ${image.height}, uploaded ${dateTime(image.createdAt)}`;
    return el(
      "li",
      { class: "card" },
      el("label", { for: id, title }, picture, el("span", { class: "card-name" }, box, el("span", { class: "name-text" }, image.name))),
      predictions,
      masks,
    );
  }

  listen() {
    this.more.addEventListener("click", () => this.load());
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting) && this.cursor !== null) this.load();
    }, { rootMargin: "400px" }).observe(this.more);

    // a click on a label reaches the checkbox as a second click that may have lost the shift key
    this.grid.addEventListener("pointerdown", (event) => (this.shift = event.shiftKey));
    this.grid.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault());
    this.grid.addEventListener("keydown", (event) => {
      this.shift = event.shiftKey;
      this.move(event);
    });
    this.grid.addEventListener("change", (event) => this.picked(event.target));
    this.selection.addEventListener("change", () => this.showSelection());

    byId("select-all").addEventListener("click", () => this.selection.set(this.boxes.keys(), true));
    byId("select-none").addEventListener("click", () => this.selection.clear());
    byId("select-none").disabled = this.selection.size === 0;
    document.addEventListener("keydown", (event) => {
      if (!isShortcut(event)) return;
      if (event.key === "a") {
        if ([...this.boxes.keys()].every((id) => this.selection.has(id))) this.selection.clear();
        else this.selection.set(this.boxes.keys(), true);
      } else if (event.key === "u") {
        byId("upload-button").click();
      }
    });
  }

  order() {
    return [...this.grid.querySelectorAll("input[type=checkbox]")];
  }

  picked(box) {
    let range = [box];
    if (this.shift && this.last?.isConnected) {
      const boxes = this.order();
      const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b);
      range = boxes.slice(from, to + 1);
    }
    this.last = box;
    this.selection.set(range.map((each) => each.value), box.checked);
  }

  showSelection() {
    for (const [id, box] of this.boxes) box.checked = this.selection.has(id);
    byId("select-none").disabled = this.selection.size === 0;
  }

  move(event) {
    if (event.target.type !== "checkbox") return;
    const boxes = this.order();
    const at = boxes.indexOf(event.target);
    const top = (box) => box.closest("li").offsetTop;
    const columns = boxes.filter((box) => top(box) === top(boxes[0])).length;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    boxes[at + step]?.focus();
  }
}
