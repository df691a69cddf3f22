// What a board shows, from the API; every file is fetched once.
import { getBlob, getFloats, getJson } from "../api.js";
import { SIZE } from "./plane.js";

const CELLS = SIZE * SIZE;
const RETRY_MS = 2000;
const MOST_KEPT = 200;

const files = new Map();

/** The result of `load` for this address, kept for the next time it is asked for. */
function once(address, load) {
  if (!files.has(address)) {
    if (files.size >= MOST_KEPT) files.delete(files.keys().next().value);
    const loading = load(address);
    // what failed is asked for again next time
    loading.catch(() => files.delete(address));
    files.set(address, loading);
  }
  return files.get(address);
}

/** Asks again while the engine is still being loaded. */
async function patiently(load) {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (error.status !== 503 || error.retryAfter === null) throw error;
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfter * 1000) || RETRY_MS));
    }
  }
}

const mask = (id) => `/api/masks/${encodeURIComponent(id)}`;

/** A plane of a mask: "mask", "complement" or "difference" from a baseline. */
export function plane(kind, id, baseline) {
  const address = {
    mask: `${mask(id)}.bin`,
    complement: `${mask(id)}/complement.bin`,
    difference: `${mask(id)}/difference.bin?baseline=${baseline}`,
  }[kind];
  return once(address, getFloats);
}

/** A preview of a mask in training. */
export const preview = (address) => getFloats(address);

/** The address of an image through a mask, or through its complement. */
export function throughAddress(column, image, complement) {
  // the attacked photograph itself is kept with the mask, where the mask was made here
  if (column.attacked && column.mask.job && !complement) return `${mask(column.mask.id)}/masked.png`;
  return `${mask(column.mask.id)}/through.png?image=${encodeURIComponent(image)}${complement ? "&complement=true" : ""}`;
}

/** A picture at an address, as an address that can be shown. */
export const picture = (address) => once(`picture ${address}`, () => patiently(async () => URL.createObjectURL(await getBlob(address))));

/** What a mask's network says about an image with and without the mask. */
export const looks = (id, image) => {
  const address = `${mask(id)}/through?image=${encodeURIComponent(image)}`;
  return once(address, () => patiently(() => getJson(address)));
};

/** Statistics, energies and differences of masks. */
export const comparison = (ids, baseline) => once(`/api/comparisons?masks=${ids.join()}&baseline=${baseline}`, (address) => getJson(address));

/** What the cells of a plane stand for. */
export const frequencies = () =>
  once(`/api/frequencies/${SIZE}.bin`, async (address) => {
    const all = await getFloats(address);
    const part = (i) => all.subarray(i * CELLS, (i + 1) * CELLS);
    return { radius: part(0), orientation: part(1), period: part(2), radial: part(3), angular: part(4) };
  });
