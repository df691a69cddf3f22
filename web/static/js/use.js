// What a user uses of the lab, and how much they may, in words.
import { bytes, whole } from "./format.js";

/** "3 of 20", or "3" where there is no limit; the words of a limit may be null as a whole. */
export const jobsText = (use, limits) => text(use.jobs, limits?.jobs, whole);

/** "120 MB of 1.0 GB", or "120 MB". */
export const storageText = (use, limits) => text(use.storage, limits?.storage, bytes);

const text = (used, most, words) => (most === null || most === undefined ? words(used) : `${words(used)} of ${words(most)}`);
