// Choosing a photograph, and adding masks to a board.
import { getJson } from "../api.js";
import { byId, el, placeholder, show } from "../dom.js";
import { ago, sparsity } from "../format.js";
import { nameOf } from "./columns.js";

const PAGE = 60;
const KINDS = { "model-mask": "Whole model", "class-mask": "One class", "image-mask": "One photograph" };

/** A dialog with a paged list; `load(cursor)` gives a page, `item(each)` an element of it. */
class ListDialog {
  constructor(prefix, load, item, none) {
    this.dialog = byId(`${prefix}-dialog`);
    this.list = byId(`${prefix}-list`);
    this.state = byId(`${prefix}-state`);
    this.more = byId(`${prefix}-more`);
    Object.assign(this, { load, item, none });
    this.more.addEventListener("click", () => this.next());
  }

  open() {
    this.list.replaceChildren();
    this.cursor = null;
    this.dialog.showModal();
    this.next();
  }

  async next() {
    placeholder(this.state, "loading", "Loading");
    try {
      const page = await this.load(this.cursor ? `&cursor=${encodeURIComponent(this.cursor)}` : "");
      this.list.append(...page.items.map((each) => el("li", {}, this.item(each))));
      this.cursor = page.next;
      if (this.list.childElementCount === 0) placeholder(this.state, "empty", ...this.none());
      else placeholder(this.state, null);
    } catch (error) {
      placeholder(this.state, "failed", error.message);
    }
    show(this.more, Boolean(this.cursor));
  }
}

/** Lets somebody choose a photograph. */
export function photographDialog(chosen) {
  const dialog = new ListDialog(
    "photo",
    (from) => getJson(`/api/images?limit=${PAGE}${from}`),
    (image) => {
      const picture = el("img", { src: `/api/images/${encodeURIComponent(image.id)}/input.png`, alt: "", width: 128, height: 128, loading: "lazy" });
      const button = el("button", { type: "button", class: "tile" }, picture, el("span", { class: "tile-name" }, image.name));
      button.addEventListener("click", () => {
        dialog.dialog.close();
        chosen(image);
      });
      return button;
    },
    () => ["There is no photograph yet.", el("p", {}, el("a", { href: "/images" }, "Upload one"))],
  );
  return dialog;
}

/** Lets somebody add masks, and take them away again. */
export function maskDialog(state, catalogue) {
  const filter = byId("masks-kind");
  const dialog = new ListDialog(
    "masks",
    (from) => getJson(`/api/masks?limit=${PAGE}${filter.value ? `&kind=${filter.value}` : ""}${from}`),
    (mask) => {
      const model = catalogue().models.find((each) => each.id === mask.model);
      const box = el("input", { type: "checkbox", checked: state.columns.includes(mask.id), disabled: !model });
      box.addEventListener("change", () => {
        const others = state.columns.filter((name) => name !== mask.id);
        const columns = box.checked ? [...others, mask.id] : others;
        state.set({ columns, baseline: columns.includes(state.baseline) ? state.baseline : (columns[0] ?? null) });
      });
      const picture = el("img", { src: `/api/masks/${encodeURIComponent(mask.id)}.png?map=turbo&shift=true`, alt: "", width: 64, height: 64, loading: "lazy" });
      const name = model ? nameOf({ model, mask, attacked: mask.variant === "attacked" }) : `${mask.model}, which is no longer there`;
      const facts = `${KINDS[mask.kind]}${mask.labelName ? `, ${mask.labelName}` : ""} · ${sparsity(mask.sparsity)} left · ${ago(mask.createdAt)}`;
      return el("label", { class: "mask-choice" }, box, picture, el("span", {}, el("span", { class: "choice-name" }, name), el("span", { class: "muted" }, facts)));
    },
    () => ["There is no such mask yet."],
  );
  filter.addEventListener("change", () => {
    dialog.list.replaceChildren();
    dialog.cursor = null;
    dialog.next();
  });
  return dialog;
}
