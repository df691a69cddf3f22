// The photographs of a job as a row of radio buttons: one is looked at.
import { byId, el, setText, show } from "./dom.js";
import { sparsity } from "./format.js";
import { isShortcut } from "./shell.js";

const WORDS = { waiting: "waiting", training: "training", done: "done", stopped: "no mask" };

/** The strip; `choose` hears which image the reader wants to see. */
export class Strip {
  constructor(data, choose) {
    this.data = data;
    this.choose = choose;
    this.items = new Map();
    byId("strip").addEventListener("change", (event) => choose(event.target.value));
    document.addEventListener("keydown", (event) => {
      if (isShortcut(event) && (event.key === "j" || event.key === "k")) this.step(event.key === "j" ? 1 : -1);
    });
  }

  step(by) {
    const ids = [...this.items.keys()];
    const next = ids[ids.indexOf(this.selected) + by];
    if (next) this.choose(next);
  }

  /** Shows the images and which one is selected. */
  show(selected) {
    const images = this.data.job.images;
    show(byId("strip-section"), images.length > 1);
    show(byId("all-images-label"), images.length > 1);
    if (this.items.size === 0) {
      for (const image of images) this.items.set(image.id, item(image));
      byId("strip").replaceChildren(...[...this.items.values()].map((each) => each.element));
    }
    if (this.selected !== selected) {
      this.selected = selected;
      const { input, element } = this.items.get(selected);
      input.checked = true;
      // only sideways: the page itself must not jump
      const strip = byId("strip");
      const left = element.offsetLeft - strip.offsetLeft;
      if (left < strip.scrollLeft || left + element.offsetWidth > strip.scrollLeft + strip.clientWidth) {
        strip.scrollLeft = left - strip.clientWidth / 2 + element.offsetWidth / 2;
      }
    }
    this.update();
  }

  /** Shows what each image's mask is doing. */
  update() {
    for (const [id, { element, state }] of this.items) {
      const kind = this.data.imageState(id);
      element.dataset.state = kind;
      const share = this.data.mask(id)?.sparsity ?? this.data.curves.get(id)?.last("sparsity");
      const left = share === null || share === undefined ? "" : ` ${sparsity(share)}`;
      setText(state, kind === "done" || kind === "training" ? `${WORDS[kind]}${left}` : WORDS[kind]);
    }
  }
}

function item(image) {
  const input = el("input", { type: "radio", name: "image", value: image.id, class: "hidden" });
  const state = el("span", { class: "strip-state" });
  const element = el(
    "label",
    { class: "strip-item", title: image.name },
    input,
    el("img", { src: `/api/images/${image.id}/input.png`, alt: "", width: 72, height: 72, loading: "lazy" }),
    el("span", { class: "strip-name" }, image.name),
    state,
  );
  return { element, input, state };
}
