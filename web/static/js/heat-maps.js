// The heat maps of a model on canvases with one scale.
import { getJson } from "./api.js";
import { paintLegend } from "./colormap.js";
import { byId, el, placeholder, show } from "./dom.js";
import { count, dateTime, number, percent } from "./format.js";
import { MaskCanvas } from "./mask-canvas.js";

const MOST = 12;

/** Shows them as they are now. */
export async function showHeatMaps(model) {
  const box = byId("heat-maps");
  try {
    const { items } = await getJson(`/api/heat-maps?model=${encodeURIComponent(model)}&limit=${MOST}`);
    show(byId("heat-legend"), items.length > 0);
    if (items.length === 0) {
      placeholder(box, "empty", "No heat map of this model yet. The form below starts one.");
      return;
    }
    await paintLegend(byId("heat-scale"), "turbo");
    box.replaceChildren(el("div", { class: "tiles large" }, ...items.map(tile)));
  } catch (error) {
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", () => showHeatMaps(model));
    placeholder(box, "failed", error.message, again);
  }
}

/** A heat map: as a mask, with errors for values. */
class HeatMapCanvas extends MaskCanvas {
  describe({ images, dataset, radius }) {
    const text = `Heat map over ${count(images, "image")} of ${dataset}, up to ${radius} cycles per image. Zero frequency is in the middle.`;
    this.canvas.setAttribute("aria-label", text);
  }
}

function tile(map) {
  const address = `/api/heat-maps/${encodeURIComponent(map.id)}`;
  const canvas = el("canvas", { width: 128, height: 128, role: "img", tabIndex: 0, "aria-label": "Heat map: nothing yet" });
  const readout = el("p", { class: "readout" }, "Point at a frequency, or use the arrow keys");
  new HeatMapCanvas(canvas, readout).show(`${address}.bin`, map).catch((error) => (readout.textContent = error.message));
  return el(
    "div",
    { class: "tile" },
    canvas,
    readout,
    el("p", {}, el("a", { href: `/jobs/${encodeURIComponent(map.job)}` }, `Job ${map.job}`), `, ${dateTime(map.createdAt)}`),
    el("p", { class: "muted" }, `${count(map.images, "image")} of ${map.dataset}, ${map.split}; norm ${number(map.norm)}, radius ${map.radius}; ${percent(map.cleanError)} wrong undisturbed`),
    el("p", {}, el("a", { href: `${address}.npz`, download: `heat-map-${map.id}.npz`, "aria-label": `Heat map of job ${map.job} as .npz` }, ".npz")),
  );
}
