// A chart as a file.
const EXPORT_PIXEL_RATIO = 3;

/** A token of the current theme. */
export const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A chart as a PNG on the page's background, sharp enough for print, under a title. */
export async function chartPicture(chart, title) {
  const ratio = chart.options.devicePixelRatio;
  chart.options.devicePixelRatio = EXPORT_PIXEL_RATIO;
  chart.resize();
  const head = 32 * EXPORT_PIXEL_RATIO;
  const copy = document.createElement("canvas");
  copy.width = chart.canvas.width;
  copy.height = chart.canvas.height + head;
  const context = copy.getContext("2d");
  context.fillStyle = css("--panel");
  context.fillRect(0, 0, copy.width, copy.height);
  context.fillStyle = css("--ink");
  context.font = `${13 * EXPORT_PIXEL_RATIO}px system-ui, sans-serif`;
  context.fillText(title, head / 4, head * 0.65, copy.width - head / 2);
  context.drawImage(chart.canvas, 0, head);
  chart.options.devicePixelRatio = ratio;
  chart.resize();
  return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
}
