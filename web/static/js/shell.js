// What every page has: current place in the navigation, theme, shortcuts.
import { remove } from "./api.js";
import { announce, byId } from "./dom.js";

const GO = { o: "/", i: "/images", m: "/models", d: "/datasets", j: "/jobs", t: "/studies", c: "/compare", e: "/embedding", s: "/system", u: "/users" };
const GO_WITHIN_MS = 1200;

for (const link of document.querySelectorAll("[data-nav]")) {
  if (link.dataset.nav === location.pathname) link.setAttribute("aria-current", "page");
}

const theme = byId("theme");
theme.value = document.documentElement.dataset.theme ?? "system";
theme.addEventListener("change", () => {
  const root = document.documentElement;
  if (theme.value === "system") delete root.dataset.theme;
  else root.dataset.theme = theme.value;
  try {
    localStorage.setItem("theme", theme.value);
  } catch {
    // it holds for this page at least
  }
  document.dispatchEvent(new CustomEvent("themechange"));
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
  document.dispatchEvent(new CustomEvent("themechange")),
);

byId("sign-out")?.addEventListener("click", async () => {
  try {
    await remove("/api/access");
    location.assign("/access");
  } catch (error) {
    announce(error.message);
  }
});

const sheet = byId("shortcuts");
byId("shortcuts-open").addEventListener("click", () => sheet.showModal());

let goPressed = 0;
document.addEventListener("keydown", (event) => {
  if (!isShortcut(event)) return;
  if (event.key === "?") {
    if (!sheet.open) sheet.showModal();
    event.preventDefault();
  } else if (event.key === "g") {
    goPressed = Date.now();
  } else if (event.key in GO && Date.now() - goPressed < GO_WITHIN_MS) {
    location.assign(GO[event.key]);
  }
});

/** Whether a key press is meant for the page and not for a field or the browser. */
export function isShortcut(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  const target = event.target;
  const typing = target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=range])");
  return !typing && !document.querySelector("dialog[open]");
}
