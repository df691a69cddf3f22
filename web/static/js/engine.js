// The engine's state, asked for until it is ready and now and then afterwards.
import { getJson } from "./api.js";
import { el, placeholder } from "./dom.js";
import { bytes, count } from "./format.js";

const SOON_MS = 1500;
const LATER_MS = 15000;

/** Keeps a container showing `/api/system`. */
export async function watchEngine(container) {
  let wait = LATER_MS;
  try {
    const system = await getJson("/api/system");
    render(container, system);
    if (system.engine.state === "loading") wait = SOON_MS;
  } catch (error) {
    placeholder(container, "failed", error.message);
  }
  setTimeout(() => watchEngine(container), document.hidden ? LATER_MS * 4 : wait);
}

function render(container, system) {
  const { engine, queue, memory } = system;
  const state = engine.state;
  const words = { loading: "Engine loading", ready: "Engine ready", failed: "Engine failed" };
  const rows = [
    ["State", el("span", { class: "engine-state", data: { state } }, words[state] ?? state)],
    engine.detail && state !== "ready" ? ["Detail", engine.detail] : null,
    engine.name ? ["Runs on", `${engine.name} ${engine.version ?? ""}, ${engine.device ?? "?"}`] : null,
    ["Queue", `${count(queue.running, "job")} running, ${queue.queued} waiting`],
    ["Memory", `${bytes(memory.resident)} resident, ${bytes(memory.heapUsed)} of ${bytes(memory.heapMax)} heap`],
    ["Version", `${system.version}, Java ${system.java}`],
  ];
  const list = el(
    "dl",
    { class: "facts" },
    ...rows.filter(Boolean).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
  );
  // replaced only when something changed, so that a live region does not repeat itself
  if (list.textContent !== container.textContent) container.replaceChildren(list);
}
