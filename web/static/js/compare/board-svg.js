// The whole board as one SVG that needs nothing else: planes as pictures, bars and text as vectors.
import { BANDS } from "./bands.js";
import { titleOf } from "./columns.js";

const CELL = 288;
const GAP = 24;
const MARGIN = 32;
const HEAD = 132;
const ROW_HEAD = 34;
const CHART = 120;
const LINE = 20;
const LEGEND_WIDTH = 320;

const NAMES = {
  mask: "Mask",
  through: "Photograph through the mask",
  complement: "Complement",
  rest: "Photograph through the complement",
  difference: "Difference from the baseline",
  radial: "Radial energy, 0 to 90.5 cycles per image",
  angular: "Angular energy, 0 to 360 degrees",
  accuracy: "Prediction",
  statistics: "Statistics",
};

const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The drawing under construction. */
class Drawing {
  constructor() {
    this.parts = [];
    this.ink = css("--ink");
    this.muted = css("--muted");
  }

  text(x, y, text, { size = 14, weight = 400, color = this.ink, anchor = "start" } = {}) {
    this.parts.push(`<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${color}" text-anchor="${anchor}">${escape(text)}</text>`);
  }

  image(x, y, size, address) {
    this.parts.push(`<image x="${x}" y="${y}" width="${size}" height="${size}" href="${address}" preserveAspectRatio="none" style="image-rendering:pixelated"/>`);
  }

  rect(x, y, width, height, color) {
    this.parts.push(`<rect x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${width.toFixed(2)}" height="${height.toFixed(2)}" fill="${color}"/>`);
  }

  line(points, color) {
    const path = points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ");
    this.parts.push(`<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`);
  }
}

/**
 * Draws a board: `columns` with their `views` and `figures`, the rows that are not folded, and the
 * two scales. Gives the text of the SVG and its size in pixels.
 */
export async function boardSvg({ views, figures, folded, baseline, photograph, scales }) {
  const drawing = new Drawing();
  const left = (i) => MARGIN + i * (CELL + GAP);
  const width = MARGIN * 2 + Math.max(views.length * (CELL + GAP) - GAP, 2 * LEGEND_WIDTH + GAP);
  drawing.text(MARGIN, 40, "Fourier masks, side by side", { size: 20, weight: 650 });
  if (photograph) drawing.text(MARGIN, 60, `Photograph: ${photograph.name}`, { color: drawing.muted });
  legend(drawing, MARGIN, 78, "mask value", scales.mask);
  legend(drawing, MARGIN + LEGEND_WIDTH + GAP, 78, "difference from the baseline", scales.difference);
  let y = HEAD + 16;
  views.forEach(({ column }, i) => {
    const { code, training, detail } = titleOf(column);
    drawing.text(left(i), y, `${code} ${training}${column.name === baseline ? " (baseline)" : ""}`, { weight: 650, size: 16 });
    drawing.text(left(i), y + 18, detail, { color: drawing.muted });
  });
  y += 28;
  for (const [row, title] of Object.entries(NAMES)) {
    if (folded.includes(row)) continue;
    drawing.text(MARGIN, y + 22, title, { weight: 650 });
    y += ROW_HEAD;
    const heights = await Promise.all(views.map((view, i) => cell(drawing, row, view, figures[i], left(i), y, figures)));
    y += Math.max(0, ...heights) + 12;
  }
  const height = Math.ceil(y + MARGIN);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif">` +
    `<rect width="100%" height="100%" fill="${css("--panel")}"/>${drawing.parts.join("")}</svg>`;
  return { svg, width, height };
}

async function cell(drawing, row, view, figures, x, y, all) {
  if (!view.column.mask) {
    drawing.text(x, y + 16, "no mask yet", { color: drawing.muted });
    return LINE;
  }
  if (row === "mask" || row === "complement" || row === "difference") {
    drawing.image(x, y, CELL, view[row].canvas.toDataURL("image/png"));
    return CELL;
  }
  if (row === "through" || row === "rest") {
    const picture = view[row].querySelector("img");
    if (!picture) return 0;
    drawing.image(x, y, CELL, asData(picture));
    return CELL;
  }
  if (row === "radial" || row === "angular") {
    bars(drawing, row, figures, all, x, y);
    return CHART + LINE;
  }
  const lines = [...view[row].querySelectorAll("dl > div")].map((line) => [...line.children].map((part) => part.textContent));
  lines.forEach(([name, value], i) => {
    drawing.text(x, y + 14 + i * LINE, name, { size: 13, color: drawing.muted });
    drawing.text(x + CELL, y + 14 + i * LINE, value, { size: 13, anchor: "end" });
  });
  return lines.length * LINE;
}

function asData(picture) {
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/png");
}

function bars(drawing, direction, figures, all, x, y) {
  const most = Math.max(...all.filter(Boolean).flatMap(({ energies }) => energies[direction]));
  const step = CELL / BANDS;
  const top = (value) => y + CHART * (1 - value / most);
  figures.energies[direction].forEach((value, band) => drawing.rect(x + band * step, top(value), step * 0.9, y + CHART - top(value), css("--line-1")));
  const baseline = figures.energies[direction].map((value, band) => value - figures.energyDifferences[direction][band]);
  drawing.line(baseline.map((value, band) => [x + (band + 0.5) * step, top(value)]), css("--line-2"));
  drawing.text(x, y + CHART + 14, `0 to ${most.toPrecision(3)}`, { size: 12, color: drawing.muted });
}

function legend(drawing, x, y, title, scale) {
  const canvas = document.createElement("canvas");
  scale.paintLegend(canvas);
  const inner = LEGEND_WIDTH - 32;
  drawing.text(x, y, title + (scale.log ? ", logarithmic" : ""), { size: 13 });
  drawing.parts.push(`<image x="${x}" y="${y + 8}" width="${inner}" height="12" href="${canvas.toDataURL("image/png")}" preserveAspectRatio="none"/>`);
  for (const [at, text] of scale.ticks()) drawing.text(x + at * inner, y + 34, text, { size: 12, color: drawing.muted, anchor: at === 0 ? "start" : "middle" });
}


/** An SVG as a PNG, twice as sharp. */
export async function rasterise({ svg, width, height }) {
  const picture = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    const ratio = 2;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
