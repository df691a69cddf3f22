// Which masks stand side by side: sets to choose from, and what a column's name in the address means.
import { getAll, getJson } from "../api.js";

export const AUGMENTATIONS = new Map([
  ["n", "plain"],
  ["adv", "adversarial"],
  ["sn", "scaled"],
  ["tn", "translated"],
  ["rn", "rotated"],
]);
const ARCHITECTURES = { compact: "Compact", resnet: "ResNet18", vgg: "VGG11" };
const ATTACKED = "~attacked";
const MOST_OF_IMAGE = 500;

const isMask = (name) => /^[0-9]+$/.test(name);
const rank = (augmentation) => ([...AUGMENTATIONS.keys()].indexOf(augmentation) + 1 || 99);
const byAugmentation = (a, b) => rank(a.model.augmentation) - rank(b.model.augmentation);

/** Name of an architecture for people. */
export const architectureName = (model) => ARCHITECTURES[model.architecture] ?? model.architecture;

/** Models and masks that there are, without those of single photographs. */
export async function loadCatalogue() {
  const [models, whole, classes] = await Promise.all([
    getAll("/api/models?limit=500"),
    getAll("/api/masks?kind=model-mask&limit=500"),
    getAll("/api/masks?kind=class-mask&limit=500"),
  ]);
  return { models, whole, classes };
}

/**
 * Sets of columns: the whole-model masks of an architecture, its masks of a class, and its masks of
 * one photograph. Those with most columns come first within their kind.
 */
export function columnSets({ models, whole, classes }) {
  const families = groups(models, (model) => `${model.family} · ${architectureName(model)}`);
  const sets = [];
  for (const [family, members] of families) {
    const masks = newestByModel(whole, members);
    if (masks.length > 0) sets.push({ kind: "model-mask", label: family, columns: masks.map(({ mask }) => mask.id) });
    for (const [name, ofClass] of groups(classes, (mask) => mask.labelName ?? "unnamed class")) {
      const found = newestByModel(ofClass, members);
      if (found.length > 0) sets.push({ kind: "class-mask", label: `${family} · ${name}`, columns: found.map(({ mask }) => mask.id) });
    }
    sets.push({ kind: "image-mask", label: family, columns: slotsOf(members) });
  }
  return sets.sort((a, b) => b.columns.length - a.columns.length);
}

/**
 * The set of a kind to begin with: that of the models under which the photograph has masks, since
 * those were trained on such photographs; else the first.
 */
export async function defaultSet(kind, sets, photograph, { models, whole }) {
  const candidates = sets.filter((set) => set.kind === kind);
  if (photograph && candidates.length > 1) {
    const { items } = await getJson(`/api/masks?image=${encodeURIComponent(photograph.id)}&limit=1`);
    const family = models.find((model) => model.id === items[0]?.model)?.family;
    const modelOf = (name) => (isMask(name) ? whole.find((mask) => mask.id === name)?.model : name.replace(ATTACKED, ""));
    const fits = (name) => models.find((model) => model.id === modelOf(name))?.family === family;
    const fitting = family && candidates.find(({ columns }) => columns.every(fits));
    if (fitting) return fitting;
  }
  return candidates[0] ?? sets[0] ?? null;
}

/** A photograph's columns: every model, and the plain one on the attacked photograph. */
function slotsOf(models) {
  const slots = models.map((model) => ({ model, name: model.id })).sort(byAugmentation);
  const plain = models.find((model) => model.augmentation === "n");
  return [...slots.map(({ name }) => name), ...(plain ? [plain.id + ATTACKED] : [])];
}

function newestByModel(masks, models) {
  const found = models.map((model) => ({ model, mask: masks.find((mask) => mask.model === model.id) }));
  return found.filter(({ mask }) => mask).sort(byAugmentation);
}

function groups(items, key) {
  const found = new Map();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return found;
}

/**
 * What the columns of a board are: `{name, model, attacked, mask}`, the mask null where there is
 * none yet. `missing` has the names of which nothing is known.
 */
export async function resolve(names, image, { models }) {
  const slots = names.some((name) => !isMask(name));
  const masks = slots && image ? (await getJson(`/api/masks?image=${encodeURIComponent(image)}&limit=${MOST_OF_IMAGE}`)).items : [];
  const columns = await Promise.all(names.map((name) => (isMask(name) ? ofMask(name, models) : ofSlot(name, models, masks))));
  return { columns: columns.filter((column) => column !== null), missing: names.filter((_, i) => columns[i] === null) };
}

async function ofMask(name, models) {
  const mask = await getJson(`/api/masks/${name}`).catch((error) => {
    if (error.status === 404) return null;
    throw error;
  });
  const model = mask && models.find((each) => each.id === mask.model);
  return model ? { name, model, attacked: mask.variant === "attacked", mask, slot: false } : null;
}

function ofSlot(name, models, masks) {
  const attacked = name.endsWith(ATTACKED);
  const model = models.find((each) => each.id === (attacked ? name.slice(0, -ATTACKED.length) : name));
  if (!model) return null;
  const mask = masks.find((each) => each.model === model.id && (each.variant === "attacked") === attacked) ?? null;
  return { name, model, attacked, mask, slot: true };
}

/** Two lines that name a column. */
export function titleOf({ model, mask, attacked }) {
  const training = AUGMENTATIONS.get(model.augmentation);
  const subject = mask?.kind === "class-mask" ? `${mask.labelName}, ` : "";
  return {
    code: attacked ? `${model.augmentation}, attacked` : model.augmentation,
    training: training ?? "",
    detail: `${subject}${model.family} · ${architectureName(model)}`,
  };
}

/** One line that names a column. */
export function nameOf(column) {
  const { code, detail } = titleOf(column);
  return `${code}, ${detail}`;
}
