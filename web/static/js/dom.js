// Building elements. Data only ever enters as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * A new element. Properties are set as properties where the element has them, else as attributes;
 * children are elements or text.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name in element && !name.startsWith("aria-")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A decorative icon from the sprite. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Sets text only when it changes, so that live regions stay quiet otherwise. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows or hides an element, and says whether it is shown. */
export function show(element, shown) {
  element.hidden = !shown;
  return shown;
}

/** A coloured word for a job's state. */
export function badge(state) {
  return setBadge(el("span", { class: "badge" }), state);
}

/** Lets an existing badge show another state. */
export function setBadge(element, state) {
  element.dataset.state = state;
  setText(element, state.charAt(0) + state.slice(1).toLowerCase());
  return element;
}

/** Four different sights: loading, empty, failed, and the content itself (then nothing is shown). */
export function placeholder(container, kind, text, ...extra) {
  if (kind === null) {
    container.replaceChildren();
    return;
  }
  const paragraph = el("p", { class: `placeholder ${kind}` }, text);
  if (kind === "failed") paragraph.setAttribute("role", "alert");
  container.replaceChildren(paragraph, ...extra);
}

let announced = 0;

/** Tells screen readers, politely, and not more often than every `pause` milliseconds. */
export function announce(text, pause = 0) {
  const now = Date.now();
  if (now - announced < pause) return;
  announced = now;
  setText(byId("announcer"), text);
}

/** Offers text or a blob as a file. */
export function download(name, content, type = "text/plain") {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
