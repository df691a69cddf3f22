// The map of single-image masks: which models and classes are on it is in the address.
import { getJson, remove } from "./api.js";
import { announce, byId, download, el, placeholder, setText, show } from "./dom.js";
import { colorOf, EmbeddingMap, GLYPHS } from "./embedding-map.js";
import { number, percent, sparsity, whole } from "./format.js";
import { parameter, setParameter } from "./selection.js";

const ASK_AGAIN_MS = 500;
const ANNOUNCE_EVERY_MS = 10000;
const PHASES = {
  waiting: "Another map is computed first",
  masks: "Reading masks",
  classifier: "Training the classifier, epoch",
  chance: "Training it on permuted labels, epoch",
  map: "Laying out the map; this takes seconds and cannot be cut short",
};

const map = new EmbeddingMap(byId("map"), { onShow: showPoint, onKeep: keep });
const modelNames = new Map();
let embedding = null;
let asked = null;
let timer = null;

const listed = (name) => (parameter(name) ?? "").split(",").filter(Boolean);

async function loadModels() {
  const box = byId("models");
  try {
    const { items } = await getJson("/api/embeddings/models");
    byId("model-choice").disabled = items.length === 0;
    if (items.length === 0) {
      placeholder(box, "empty", "No model has a mask of a single photograph yet.");
      placeholder(byId("map-state"), "empty", "There is nothing to map yet: a map needs the masks of at least 10 photographs of two classes or more.", imagesLink());
      return;
    }
    const wanted = new Set(listed("model"));
    const known = items.some(({ model }) => wanted.has(model.id));
    const most = items.reduce((a, b) => (b.masks > a.masks ? b : a));
    let family = null;
    const rows = [];
    for (const { model, masks } of items) {
      modelNames.set(model.id, model.name);
      if (model.family !== family) rows.push(el("h3", {}, (family = model.family)));
      const isChosen = known ? wanted.has(model.id) : model.id === most.model.id;
      rows.push(choice("model", model.id, isChosen, null, model.name.replace(` (${family})`, ""), `${whole(masks)} masks`, chooseModels));
    }
    box.replaceChildren(...rows);
    chooseModels();
  } catch (error) {
    placeholder(box, "failed", error.message, again(loadModels));
    placeholder(byId("map-state"), "failed", "Without the models there is no map.");
  }
}

function choice(name, value, checked, mark, text, note, changed) {
  const input = el("input", { type: "checkbox", name, value, checked });
  input.addEventListener("change", changed);
  return el("label", {}, input, mark, el("span", { class: "name" }, text), note ? el("span", { class: "muted" }, note) : null);
}

const checked = (id) => [...byId(id).querySelectorAll("input:checked")].map((input) => input.value);

function chooseModels() {
  const models = checked("models");
  setParameter("model", models.join(","));
  embedding = null;
  hideMap();
  if (models.length === 0) {
    placeholder(byId("map-state"), "empty", "Choose at least one model.");
    clearTimeout(timer);
    asked = null;
    return;
  }
  asked = `/api/embeddings?${models.map((id) => `model=${encodeURIComponent(id)}`).join("&")}`;
  placeholder(byId("map-state"), "loading", "Asking the server");
  ask(asked);
}

async function ask(path) {
  clearTimeout(timer);
  try {
    const answer = await getJson(path);
    if (path !== asked) return;
    if (answer.state === "running") {
      showProgress(answer);
      timer = setTimeout(() => ask(path), ASK_AGAIN_MS);
    } else if (answer.state === "impossible") {
      hideMap();
      placeholder(byId("map-state"), "empty", answer.detail, imagesLink());
    } else {
      showMap(answer);
    }
  } catch (error) {
    if (path !== asked) return;
    hideMap();
    placeholder(byId("map-state"), "failed", error.message, again(() => tryAgain(path)));
  }
}

// what failed is forgotten, so that it is computed again
async function tryAgain(path) {
  await remove(path).catch(() => {});
  chooseModels();
}

function showProgress({ phase, done, of }) {
  placeholder(byId("map-state"), null);
  show(byId("map-progress"), true);
  const text = of > 0 ? `${PHASES[phase]} ${whole(done)} of ${whole(of)}` : PHASES[phase];
  setText(byId("map-text"), text);
  announce(text, ANNOUNCE_EVERY_MS);
  const bar = byId("map-bar");
  if (of > 0) bar.value = done / of;
  else bar.removeAttribute("value");
}

byId("map-cancel").addEventListener("click", async () => {
  const path = asked;
  asked = null;
  clearTimeout(timer);
  hideMap();
  const start = el("button", { type: "button", class: "button" }, "Compute it");
  start.addEventListener("click", chooseModels);
  placeholder(byId("map-state"), "empty", "Cancelled.", el("p", {}, start));
  start.focus();
  await remove(path).catch((error) => placeholder(byId("map-state"), "failed", error.message));
});

function hideMap() {
  for (const id of ["map-progress", "map-box", "map-readout", "class-choice", "probe", "table-details"]) show(byId(id), false);
  for (const id of ["map-csv", "map-png"]) byId(id).disabled = true;
  setText(byId("map-note"), "");
}

function showMap(answer) {
  embedding = answer;
  placeholder(byId("map-state"), null);
  show(byId("map-progress"), false);
  for (const id of ["map-box", "class-choice", "probe", "table-details", "map-readout"]) show(byId(id), true);
  for (const id of ["map-csv", "map-png"]) byId(id).disabled = false;
  const { probe } = answer;
  setText(
    byId("probe-text"),
    `A linear classifier tells the class from the mask for ${percent(probe.testAccuracy)} of ${probe.heldOut} masks that it has not seen, and for ${percent(probe.trainAccuracy)} of those it learned from. With the labels in one random order it gets ${percent(probe.chanceAccuracy)} of the unseen ones right: that is chance. The map is UMAP of its outputs, ${answer.neighbours} neighbours, seed ${answer.seed}.`,
  );
  const wanted = new Set(listed("class"));
  byId("classes").replaceChildren(
    ...answer.classes.map((name, index) => {
      const mark = el("span", { class: `mark mark-${colorOf(index)}`, "aria-hidden": "true" }, GLYPHS[index % GLYPHS.length]);
      const masks = answer.points.filter((point) => point.className === name).length;
      return choice("class", name, wanted.size === 0 || wanted.has(name), mark, name, `${whole(masks)} masks`, () => chooseClasses());
    }),
  );
  chooseClasses();
  const kept = answer.points.find((point) => point.mask.id === parameter("mask"));
  if (kept) showPoint(kept);
}

const shownPoints = () => {
  const classes = new Set(checked("classes"));
  return embedding.points.filter((point) => classes.has(point.className));
};

function chooseClasses() {
  const classes = checked("classes");
  setParameter("class", classes.length === embedding.classes.length ? "" : classes.join(","));
  const points = shownPoints();
  map.show(points, embedding.classes);
  setText(byId("map-note"), `${whole(points.length)} of ${whole(embedding.points.length)} masks`);
  byId("map").setAttribute("aria-label", `Map of ${points.length} masks in ${classes.length} classes. The arrow keys go from mask to mask; the table below has all of them.`);
  fillTable();
}

function showPoint(point) {
  if (map.at === point) return;
  map.mark(point);
  const { mask } = point;
  const address = `/api/masks/${encodeURIComponent(mask.id)}`;
  const rows = [
    ["Class", point.isTrueClass ? point.className : `${point.className}, as the network sees it`],
    ["Held", mask.labelName === point.className ? null : `${mask.labelName}, the network’s prediction`],
    ["Model", modelNames.get(mask.model) ?? mask.model],
    ["Variant", mask.variant],
    ["Spectrum left", sparsity(mask.sparsity)],
    ["Prediction", `${mask.predictionName} ${percent(mask.probability)}, ${mask.predictionKept ? "kept" : "changed"}`],
    ["Steps", `${whole(mask.steps)}${mask.converged ? "" : ", not converged"}`],
    ["Classifier", point.heldOut ? "has not seen it" : "learned from it"],
  ].filter(([, value]) => value !== null);
  const picture = (src, alt, caption) => el("figure", {}, el("img", { src, alt, width: 128, height: 128 }), el("figcaption", {}, caption));
  const files = ["npz", "png"].map((type) => el("a", { class: "button small", href: `${address}.${type}`, download: `mask-${mask.id}.${type}` }, `.${type}`));
  const job = mask.job === null ? null : el("a", { class: "button small", href: `/jobs/${encodeURIComponent(mask.job)}?image=${encodeURIComponent(mask.image)}` }, `Open job ${mask.job}`);
  byId("shown").replaceChildren(
    el(
      "div",
      { class: "pair" },
      picture(`${address}.png?map=turbo&shift=true`, `Mask, ${sparsity(mask.sparsity)} of the spectrum is left`, "Mask"),
      picture(`/api/images/${encodeURIComponent(mask.image)}/input.png`, `Photograph ${point.imageName}`, "Photograph"),
    ),
    el("h3", {}, point.imageName ?? mask.image),
    el("dl", { class: "facts" }, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    el("p", { class: "actions" }, job, ...files),
  );
  setText(byId("map-readout"), `${point.imageName}, ${point.className}, ${sparsity(mask.sparsity)} of the spectrum left, at (${number(point.x)}, ${number(point.y)})`);
}

/** Opens a mask: it stays, also in the address. */
function keep(point) {
  showPoint(point);
  setParameter("mask", point.mask.id);
  byId("shown-title").scrollIntoView({ block: "nearest" });
  announce(`Kept in the address: ${point.imageName}`);
}

function fillTable() {
  if (!byId("table-details").open || !embedding) return;
  byId("points").replaceChildren(
    ...shownPoints().map((point) => {
      const name = el("button", { type: "button", class: "text-button" }, point.imageName ?? point.mask.image);
      name.addEventListener("click", () => keep(point));
      const cells = [point.className, modelNames.get(point.mask.model) ?? point.mask.model, point.heldOut ? "not seen" : "learned from"];
      const numbers = [number(point.x), number(point.y), sparsity(point.mask.sparsity)];
      return el("tr", {}, el("th", { scope: "row" }, name), ...cells.map((text) => el("td", {}, text)), ...numbers.map((text) => el("td", { class: "number" }, text)));
    }),
  );
}

function exportCsv() {
  const head = "mask,image,image_name,model,variant,class,class_is_true,split,x,y,sparsity,prediction_kept";
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = shownPoints().map(({ mask, imageName, className, isTrueClass, heldOut, x, y }) =>
    [mask.id, mask.image, imageName ?? "", mask.model, mask.variant ?? "", className, isTrueClass, heldOut ? "test" : "train", x, y, mask.sparsity, mask.predictionKept].map((value) => quoted(String(value))).join(","),
  );
  download("embedding.csv", `${[head, ...lines].join("\n")}\n`, "text/csv");
}

function imagesLink() {
  return el("p", {}, el("a", { class: "button", href: "/images" }, "Train masks of photographs"));
}

function again(action) {
  const button = el("button", { type: "button", class: "button" }, "Try again");
  button.addEventListener("click", action);
  return el("p", {}, button);
}

byId("table-details").addEventListener("toggle", fillTable);
byId("map-csv").addEventListener("click", exportCsv);
byId("map-png").addEventListener("click", async () => {
  const names = checked("models").map((id) => modelNames.get(id));
  download("embedding.png", await map.toBlob(`Map of masks, ${names.join("; ")}`));
});
loadModels();
