// The server's own colour tables, so that canvas and exported pictures agree.
import { getJson } from "./api.js";

const tables = new Map();

/** A table of 256 colours as bytes, red green blue after one another. */
export function colormap(name) {
  if (!tables.has(name)) {
    const table = getJson(`/api/colormaps/${name}`).then(({ colors }) => {
      const bytes = new Uint8ClampedArray(256 * 3);
      colors.forEach((color, i) => {
        const value = Number.parseInt(color.slice(1), 16);
        bytes.set([value >> 16, (value >> 8) & 255, value & 255], i * 3);
      });
      return bytes;
    });
    // a table that failed to load is asked for again by the next picture
    table.catch(() => tables.delete(name));
    tables.set(name, table);
  }
  return tables.get(name);
}

/** Paints a horizontal scale from 0 to 1. */
export async function paintLegend(canvas, name) {
  const table = await colormap(name);
  const context = canvas.getContext("2d");
  const row = context.createImageData(256, 1);
  for (let i = 0; i < 256; i++) {
    row.data.set(table.subarray(i * 3, i * 3 + 3), i * 4);
    row.data[i * 4 + 3] = 255;
  }
  context.putImageData(row, 0, 0);
}
