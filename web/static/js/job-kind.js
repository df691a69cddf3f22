// What a job is about, in words.
import { count } from "./format.js";

const KINDS = {
  "image-mask": "Masks of photographs",
  "model-mask": "Mask of a model",
  "class-mask": "Masks of classes",
  "train-model": "Training of a model",
  "heat-map": "Heat map",
};

/** The kind for people. */
export const kindName = (kind) => KINDS[kind] ?? kind;

/** What it works on, in a few words. */
export function jobTitle(job) {
  const { kind, images, specification } = job;
  if (kind === "image-mask") {
    const what = images.length === 1 ? images[0].name : count(images.length, "photograph");
    return specification.attacked ? `${what}, attacked` : what;
  }
  if (kind === "class-mask") return count(job.series.length, "class mask");
  return kindName(kind);
}

/** The network that it looks at or makes. */
export const modelName = (job) => job.model?.name ?? job.modelId ?? "unknown model";
