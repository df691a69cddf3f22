// The grid of models: a row for each family and architecture, a column for each augmentation, in
// each cell the mask of the whole model.
import { getAll, getJson } from "./api.js";
import { paintLegend } from "./colormap.js";
import { byId, el, placeholder, show } from "./dom.js";
import { percent, sparsity, whole } from "./format.js";

const AUGMENTATIONS = new Map([
  ["n", "plain"],
  ["adv", "adversarial"],
  ["sn", "scaled"],
  ["tn", "translated"],
  ["rn", "rotated"],
]);
/** Names of the architectures for people. */
export const ARCHITECTURES = { compact: "Compact", resnet: "ResNet18", vgg: "VGG11" };
const SOON_MS = 1500;

const container = byId("models");
let shown = "";

/** Shows the models and their masks; asks again soon while the server still takes masks in. */
export async function showModels() {
  try {
    // asked for first: what was taken in by then is in the list that is fetched afterwards
    const loading = (await getJson("/api/system")).folders === "loading";
    const [models, masks] = await Promise.all([
      getAll("/api/models?limit=500"),
      getAll("/api/masks?kind=model-mask&limit=500"),
    ]);
    // drawn again only when something changed, so that focus and scroll position stay
    const now = JSON.stringify([models, masks, loading]);
    if (now !== shown) render(models, newest(masks), loading);
    shown = now;
    if (loading) setTimeout(showModels, SOON_MS);
  } catch (error) {
    // a grid that is there stays there while the server is away
    if (shown !== "") return;
    const button = el("button", { type: "button", class: "button small" }, "Try again");
    button.addEventListener("click", showModels);
    placeholder(container, "failed", error.message, button);
  }
}

/** Of each model the mask that was stored last: lists are newest first. */
function newest(masks) {
  const byModel = new Map();
  for (const mask of masks) if (!byModel.has(mask.model)) byModel.set(mask.model, mask);
  return byModel;
}

function render(models, masks, loading) {
  show(byId("models-note"), masks.size > 0);
  show(byId("models-legend"), masks.size > 0);
  if (models.length === 0) {
    const command = el("code", {}, "./fourier-masks train-models");
    placeholder(container, "empty", "No trained model was found. Train one:", el("p", {}, command));
    return;
  }
  if (masks.size > 0) paintLegend(byId("models-scale"), "turbo").catch(() => show(byId("models-legend"), false));
  const extra = models.map((model) => model.augmentation).filter((name) => !AUGMENTATIONS.has(name));
  const columns = [...AUGMENTATIONS.keys(), ...new Set(extra)];
  const head = el("tr", {}, el("th", { scope: "col" }, "Model"), ...columns.map(columnHead));
  const rows = [...groupBy(models, (model) => `${model.family}/${model.architecture}`).values()];
  container.replaceChildren(
    el(
      "table",
      { class: "model-grid" },
      el("caption", { class: "hidden" }, "Masks of the models, by architecture and augmentation"),
      el("thead", {}, head),
      el("tbody", {}, ...rows.map((row) => gridRow(row, columns, masks, loading))),
    ),
  );
}

function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function columnHead(augmentation) {
  const name = AUGMENTATIONS.get(augmentation);
  return el("th", { scope: "col" }, el("span", { class: "code" }, augmentation), name ? ` ${name}` : null);
}

function gridRow(models, columns, masks, loading) {
  const { family, architecture, parameters, classes } = models[0];
  const title = el(
    "th",
    { scope: "row" },
    el("span", { class: "model-name" }, ARCHITECTURES[architecture] ?? architecture),
    el("span", {}, family),
    el("span", { class: "muted detail" }, `${whole(parameters)} weights`),
    el("span", { class: "muted detail" }, classes.join(", ")),
    sideBySide(models.map((model) => masks.get(model.id)).filter(Boolean), `${family}, ${architecture}`),
    el("a", { data: { needs: "researcher" }, href: `/models?${new URLSearchParams({ row: `${family}/${architecture}` })}#row-title`, "aria-label": `Learn the masks of all models of ${family}, ${architecture}` }, "Learn masks"),
  );
  const cells = columns.map((augmentation) => {
    const model = models.find((each) => each.augmentation === augmentation);
    if (!model) return absent(family, architecture, augmentation);
    const mask = masks.get(model.id);
    return el("td", {}, mask ? withMask(model, mask) : withoutMask(model, loading));
  });
  return el("tr", {}, title, ...cells);
}

/** The way to the comparison of a row's masks. */
function sideBySide(masks, name) {
  if (masks.length < 2) return null;
  const columns = masks.map(({ id }) => id).join();
  return el("a", { href: `/compare?columns=${columns}`, "aria-label": `Compare the masks of ${name}` }, "Compare");
}

function modelLink(model) {
  return el("a", { href: `/models/${encodeURIComponent(model.id)}`, "aria-label": `The model ${model.name}` }, "Open");
}

function withMask(model, mask) {
  const address = `/api/masks/${encodeURIComponent(mask.id)}`;
  const alt = `Mask of ${model.name}: ${sparsity(mask.sparsity)} of the spectrum is left`;
  const picture = el("img", { src: `${address}.png?map=turbo&shift=true`, alt, width: 128, height: 128, loading: "lazy" });
  const files = ["npz", "npy", "png"].map((type) =>
    el("a", { href: `${address}.${type}`, download: `mask-${mask.id}.${type}`, "aria-label": `Mask of ${model.name} as .${type}` }, `.${type}`),
  );
  return el(
    "div",
    { class: "grid-cell" },
    picture,
    el(
      "div",
      { class: "grid-facts" },
      facts([
        ["Accuracy", percent(mask.unmaskedAccuracy ?? model.accuracy)],
        ["Through mask", percent(mask.maskedAccuracy)],
        ["Spectrum left", sparsity(mask.sparsity)],
      ]),
      mask.converged ? null : el("p", { class: "unconverged" }, "not converged"),
      el("p", { class: "grid-files" }, modelLink(model), ...files),
    ),
  );
}

function withoutMask(model, loading) {
  const text = loading ? "looking for its mask" : "no mask yet";
  return el(
    "div",
    { class: "grid-cell" },
    el("p", { class: "no-mask" }, text),
    el("div", { class: "grid-facts" }, facts([["Accuracy", percent(model.accuracy)]]), el("p", { class: "grid-files" }, modelLink(model))),
  );
}

function absent(family, architecture, augmentation) {
  const words = ["./fourier-masks", "train-models", `--architecture ${architecture}`, `--augmentation ${augmentation}`, "…"];
  const command = el("code", {}, ...words.flatMap((word) => [el("span", {}, word), " "]));
  const wanted = new URLSearchParams({ family, architecture, augmentation });
  const form = el("a", { data: { needs: "researcher" }, href: `/models?${wanted}#train-title`, "aria-label": `Train ${architecture} ${augmentation} of ${family} here` }, "Train it here");
  return el("td", { class: "absent" }, el("p", {}, "No such model. ", form, ", or:"), command);
}

function facts(rows) {
  return el("dl", {}, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}
