// Finished masks as a table, and the specification.
import { byId, el, icon, setText, show } from "./dom.js";
import { duration, number, percent, sparsity, whole } from "./format.js";

const STOPPED = {
  CONVERGED: "nothing moved any more",
  STEP_LIMIT: "step limit",
  CANCELLED: "cancelled",
  NON_FINITE: "the objective became infinite",
};
/** Why a mask was done, in words. */
export const stopped = (reason) => STOPPED[String(reason).toUpperCase().replaceAll("-", "_")] ?? reason;

/** Shows a row for each finished mask; `choose` selects its image. */
export function showResults(data, selected, choose) {
  const { job } = data;
  show(byId("result-section"), job.images.length > 0 && job.masks.length > 0);
  const rows = job.images.map((image) => [image, data.mask(image.id)]).filter(([, mask]) => mask);
  const body = byId("result-table").tBodies[0];
  const key = rows.map(([, mask]) => mask.id).join();
  if (body.dataset.key !== key) {
    body.dataset.key = key;
    body.replaceChildren(...rows.map(([image, mask]) => row(image, mask, choose)));
  }
  for (const each of body.rows) each.classList.toggle("selected", each.dataset.image === selected);
}

function row(image, mask, choose) {
  const name = el("button", { type: "button", class: "text-button" }, image.name);
  name.addEventListener("click", () => choose(image.id));
  const kept = el("span", { class: "kept", data: { kept: mask.predictionKept } }, icon(mask.predictionKept ? "check" : "cross"), mask.predictionKept ? "yes" : "no");
  const cell = (content, kind) => el("td", { class: kind }, content);
  return el(
    "tr",
    { data: { image: image.id } },
    el("th", { scope: "row" }, name),
    cell(`${mask.labelName} ${percent(mask.cleanProbability)}`),
    cell(`${mask.predictionName} ${percent(mask.probability)}`),
    cell(kept),
    cell(sparsity(mask.sparsity), "number"),
    cell(number(mask.invariance), "number"),
    cell(whole(mask.steps), "number"),
    cell(stopped(mask.stopReason)),
    cell(duration(mask.seconds), "number"),
    el("td", { class: "downloads" }, compare(image), ...["npy", "npz", "png"].map((type) => link(image, mask, type))),
  );
}

/** To the photograph's masks under all models of the family. */
function compare(image) {
  const href = `/compare?set=photograph&image=${encodeURIComponent(image.id)}`;
  return el("a", { href, "aria-label": `Compare the masks of ${image.name}` }, "Compare");
}

function link(image, mask, type) {
  const query = type === "png" ? "?map=turbo&shift=true" : "";
  const href = `/api/masks/${encodeURIComponent(mask.id)}.${type}${query}`;
  return el("a", { href, download: `mask-${mask.id}.${type}`, "aria-label": `Mask of ${image.name} as .${type}` }, `.${type}`);
}

/** Shows the specification, with a button that copies it. */
export function showSpecification(specification) {
  const pre = byId("spec-json");
  const text = JSON.stringify(specification, null, 2);
  if (pre.textContent === text) return;
  pre.textContent = text;
  byId("spec-copy").onclick = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setText(byId("spec-copied"), "Copied");
    } catch {
      // without a secure connection a page may not write to the clipboard
      getSelection().selectAllChildren(pre);
      setText(byId("spec-copied"), "Selected: copy it with the keyboard");
    }
    setTimeout(() => setText(byId("spec-copied"), ""), 4000);
  };
}
