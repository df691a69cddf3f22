// The finished masks of a photograph, below its predictions: those of jobs and those of the samples.
import { getAll, getJson } from "./api.js";
import { el } from "./dom.js";
import { sparsity } from "./format.js";

const MOST = 50;

/** Fetches the masks of gallery cards as they become visible. */
export class ImageMasks {
  constructor() {
    this.images = new Map();
    this.models = null;
    this.observer = new IntersectionObserver((entries) => this.seen(entries), { rootMargin: "200px" });
  }

  /** Shows this image's masks in the box once it is near the screen; nothing if it has none. */
  watch(image, box) {
    this.images.set(box, image);
    this.observer.observe(box);
  }

  seen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.observer.unobserve(target);
      this.load(target);
    }
  }

  async load(box) {
    const image = this.images.get(box);
    try {
      const page = await getJson(`/api/masks?image=${encodeURIComponent(image.id)}&limit=${MOST}`);
      if (page.items.length > 0) box.replaceChildren(details(image, page, await this.names()));
    } catch {
      const again = el("button", { type: "button", class: "text-button" }, "Its masks could not be loaded. Try again");
      again.addEventListener("click", () => this.load(box));
      box.replaceChildren(again);
    }
  }

  names() {
    this.models ??= getAll("/api/models?limit=500").then(
      (models) => new Map(models.map((model) => [model.id, model.name])),
      () => {
        this.models = null;
        return new Map();
      },
    );
    return this.models;
  }
}

function details(image, { items, next }, names) {
  const known = `${items.length}${next ? " newest" : ""} ${items.length === 1 ? "mask" : "masks"}`;
  // in the order of the models, plain first
  const order = [...names.keys()];
  const sorted = [...items].sort((a, b) => order.indexOf(a.model) - order.indexOf(b.model));
  const summary = el("summary", {}, known, el("span", { class: "hidden" }, ` of ${image.name}`));
  const side = el("a", { href: `/compare?set=photograph&image=${encodeURIComponent(image.id)}`, "aria-label": `Masks of ${image.name} side by side` }, "Side by side");
  return el("details", {}, summary, el("p", {}, side), el("ul", {}, ...sorted.map((mask) => row(mask, names.get(mask.model) ?? mask.model))));
}

function row(mask, model) {
  const address = `/api/masks/${encodeURIComponent(mask.id)}`;
  const kept = mask.predictionKept ? "kept" : `became ${mask.predictionName}`;
  const attacked = mask.variant === "attacked";
  const name = attacked ? `${model}, attacked photograph` : model;
  // what was attacked is not stored, so there is nothing to look at through the mask
  const through = attacked ? null : picture(`${address}/masked.png`, `The photograph through the mask of ${name}`);
  const link = mask.job
    ? el("a", { href: `/jobs/${encodeURIComponent(mask.job)}?image=${encodeURIComponent(mask.image)}` }, `job ${mask.job}`)
    : el("span", { class: "muted" }, "from a file");
  return el(
    "li",
    {},
    el("div", { class: "mask-pair" }, picture(`${address}.png?map=turbo&shift=true`, `Mask of ${name}`), through),
    el("p", {}, name),
    el("p", { class: "muted" }, `${sparsity(mask.sparsity)} left, ${mask.labelName} ${kept}`),
    el("p", {}, link, " ", el("a", { href: `${address}.npz`, download: `mask-${mask.id}.npz`, "aria-label": `Mask of ${name} as .npz` }, ".npz")),
  );
}

function picture(source, alt) {
  return el("img", { src: source, alt, width: 128, height: 128, loading: "lazy" });
}
