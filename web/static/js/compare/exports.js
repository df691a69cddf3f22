// What leaves a board: pictures drawn here, numbers from the API.
import { announce, byId, download } from "../dom.js";
import { boardSvg, rasterise } from "./board-svg.js";

/** Wires the list of exports; `photograph` tells which one is shown. */
export function setUpExports({ board, content, state, photograph }) {
  const ids = () => content.columns.filter(({ mask }) => mask).map(({ mask }) => mask.id).join();
  const query = () => `masks=${ids()}&baseline=${content.baseline()}`;
  const drawn = () =>
    boardSvg({
      views: board.views,
      figures: content.figures,
      folded: state.folded,
      baseline: state.baseline,
      photograph: photograph(),
      scales: content.scales,
    });
  const kinds = {
    png: async () => download("fourier-masks.png", await rasterise(await drawn())),
    svg: async () => download("fourier-masks.svg", (await drawn()).svg, "image/svg+xml"),
    csv: () => location.assign(`/api/comparisons/energies.csv?${query()}`),
    npz: () => location.assign(`/api/comparisons/masks.npz?masks=${ids()}`),
    html: () => location.assign(`/api/comparisons/report.html?${query()}`),
  };
  byId("exports").addEventListener("change", async (event) => {
    const kind = event.target.value;
    event.target.value = "";
    await kinds[kind]?.();
    announce("The export is ready");
  });
}
