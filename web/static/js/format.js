// Numbers and times as people read them.

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const absolute = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

const known = (value) => value !== null && value !== undefined && !Number.isNaN(value);

/** 0.0589 becomes "5.9 %", with a space that does not break. */
export function percent(share, digits = 1) {
  return known(share) ? `${(share * 100).toFixed(digits)}\u00a0%` : "–";
}

/** Sparsities are small: two digits below 10 %, one above. */
export const sparsity = (share) => percent(share, share < 0.1 ? 2 : 1);

/** Small numbers in scientific notation, others with three digits. */
export function number(value) {
  if (!known(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e5 ? value.toExponential(2) : value.toPrecision(3);
}

/** A whole number with thin spaces between the thousands. */
export const whole = (value) => (known(value) ? value.toLocaleString("en").replaceAll(",", "\u202f") : "–");

/** Seconds as "42 s", "3 min 20 s" or "2 h 5 min". */
export function duration(seconds) {
  if (!known(seconds)) return "–";
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const total = Math.round(seconds);
  if (total < 90) return `${total} s`;
  if (total < 5400) return `${Math.floor(total / 60)} min ${total % 60} s`;
  const minutes = Math.floor((total % 3600) / 60);
  return `${Math.floor(total / 3600)} h${minutes === 0 ? "" : ` ${minutes} min`}`;
}

/** "3 minutes ago". */
export function ago(iso, now = Date.now()) {
  const seconds = (Date.parse(iso) - now) / 1000;
  const size = Math.abs(seconds);
  if (size < 45) return relative.format(Math.round(seconds), "second");
  if (size < 2700) return relative.format(Math.round(seconds / 60), "minute");
  if (size < 79200) return relative.format(Math.round(seconds / 3600), "hour");
  return relative.format(Math.round(seconds / 86400), "day");
}

/** Date and time of the reader's zone. */
export const dateTime = (iso) => absolute.format(new Date(iso));

/** Time of day of the reader's zone. */
export const timeOfDay = (iso) => clock.format(new Date(iso));

/** 1 photograph, 2 photographs. */
export const count = (n, noun) => `${whole(n)} ${noun}${n === 1 ? "" : "s"}`;

/** Bytes as MB or GB. */
export function bytes(n) {
  if (!known(n)) return "–";
  return n < 1e9 ? `${Math.round(n / 1e6)} MB` : `${(n / 1e9).toFixed(1)} GB`;
}
