// The masks of a model: of the whole, of its classes, and how many of photographs.
import { getJson } from "./api.js";
import { byId, el, placeholder } from "./dom.js";
import { count, percent, sparsity } from "./format.js";

const MOST = 500;
const MOST_COLUMNS = 24;

/** Shows them as they are now. */
export async function showModelMasks(model) {
  const box = byId("masks");
  const ofKind = (kind) => getJson(`/api/masks?model=${encodeURIComponent(model)}&kind=${kind}&limit=${MOST}`);
  try {
    const [whole, classes, images] = await Promise.all(["model-mask", "class-mask", "image-mask"].map(ofKind));
    const kinds = [section("Of the whole model", whole.items, wholeTitle), section("Of classes", classes.items, ({ labelName }) => labelName), photographs(model, images)];
    const shown = kinds.filter((each) => each !== null);
    if (shown.length === 0) placeholder(box, "empty", "No mask of this model yet. The forms below start one.");
    else box.replaceChildren(...shown);
  } catch (error) {
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", () => showModelMasks(model));
    placeholder(box, "failed", error.message, again);
  }
}

const wholeTitle = ({ job }) => (job ? `job ${job}` : "from a file");

function section(title, masks, name) {
  if (masks.length === 0) return null;
  const columns = masks.slice(0, MOST_COLUMNS).map(({ id }) => id);
  const side = masks.length > 1 ? el("a", { href: `/compare?columns=${columns.join()}`, "aria-label": `${title}: side by side` }, "Side by side") : null;
  return el(
    "div",
    { class: "mask-kind" },
    el("div", { class: "section-head" }, el("h3", {}, title, " ", el("span", { class: "muted" }, String(masks.length))), side),
    el("div", { class: "tiles" }, ...masks.map((mask) => tile(mask, name(mask)))),
  );
}

function tile(mask, name) {
  const address = `/api/masks/${encodeURIComponent(mask.id)}`;
  const alt = `Mask, ${name}: ${sparsity(mask.sparsity)} of the spectrum is left`;
  const picture = el("img", { src: `${address}.png?map=turbo&shift=true`, alt, width: 128, height: 128, loading: "lazy" });
  const through = mask.maskedAccuracy === null ? null : el("p", {}, `accuracy ${percent(mask.unmaskedAccuracy)}, through it ${percent(mask.maskedAccuracy)}`);
  return el(
    "div",
    { class: "tile" },
    el("a", { href: `/compare?columns=${encodeURIComponent(mask.id)}` }, picture),
    el("p", {}, mask.job ? el("a", { href: `/jobs/${encodeURIComponent(mask.job)}` }, name) : name),
    el("p", { class: "muted" }, `${sparsity(mask.sparsity)} left${mask.converged ? "" : ", not converged"}`),
    through,
    el("p", {}, el("a", { href: `${address}.npz`, download: `mask-${mask.id}.npz`, "aria-label": `Mask, ${name}, as .npz` }, ".npz")),
  );
}

function photographs(model, { items, next }) {
  if (items.length === 0) return null;
  const known = next ? `more than ${MOST} masks` : count(items.length, "mask");
  const columns = items.slice(0, 8).map(({ id }) => id);
  return el(
    "div",
    { class: "mask-kind" },
    el("h3", {}, "Of photographs"),
    el(
      "p",
      {},
      `${known}. `,
      el("a", { href: `/compare?columns=${columns.join()}` }, columns.length < items.length ? `The newest ${columns.length} side by side` : "Side by side"),
      ", ",
      el("a", { href: `/embedding?model=${encodeURIComponent(model)}` }, "their map"),
      ", ",
      el("a", { href: `/images?model=${encodeURIComponent(model)}` }, "make more"),
    ),
  );
}
