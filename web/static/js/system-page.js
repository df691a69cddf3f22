// What the program runs on, asked for again every few seconds while somebody looks.
import { getJson } from "./api.js";
import { byId, el, placeholder, setText, show } from "./dom.js";
import { showStatus } from "./events.js";
import { ago, bytes, count, dateTime, duration, number, percent, whole } from "./format.js";
import { showLicences } from "./licences.js";
import { jobsText, storageText } from "./use.js";

const REFRESH_MS = 3000;
const RETRY_MS = 5000;
const WORDS = { loading: "Loading", ready: "Ready", failed: "Failed" };

let isShown = false;

let timer = null;

async function refresh() {
  if (document.hidden) return; // the page asks again when it is looked at
  let wait = REFRESH_MS;
  try {
    const [system, me] = await Promise.all([getJson("/api/system"), getJson("/api/me")]);
    render(system);
    showUse(me);
    placeholder(byId("system-state"), null);
    isShown = show(byId("system"), true);
    showStatus(byId("system-live"), "live");
  } catch (error) {
    wait = RETRY_MS;
    // numbers that were there stay, marked as those of before
    if (isShown) showStatus(byId("system-live"), "reconnecting");
    else placeholder(byId("system-state"), "failed", `${error.message} Trying again every ${RETRY_MS / 1000} seconds.`);
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, wait);
}

function render(system) {
  const { engine, queue, processor, devices, memory, disk, paths, versions } = system;
  facts("engine-facts", [
    ["State", WORDS[engine.state] ?? engine.state],
    ["Detail", engine.state === "ready" ? null : engine.detail],
    ["Computes on", engine.device],
    ["Threads", engine.threads === null ? null : `${engine.threads} share an operation`],
    ["Queue", `${count(queue.running, "job")} running, ${queue.queued} waiting`],
    ["Masks in folders", system.folders === "ready" ? "taken in" : "being looked for"],
    ["Running since", `${dateTime(system.startedAt)}, ${duration(system.uptimeSeconds)}`],
  ]);
  facts("processor-facts", [
    ["Model", processor.model],
    ["Cores", processor.cores],
    ["Threads", `${processor.processors} for this program`],
    ["Used by it", share(processor.used, 1, processor.used === null ? null : percent(processor.used, 0))],
    ["Load", processor.load === null ? null : `${number(processor.load)} runnable threads, mean of a minute`],
    ["System", processor.system],
  ]);
  showDevices(engine, devices);
  showWorkers(system.workers);
  const taken = memory.machineTotal === null ? null : memory.machineTotal - memory.machineAvailable;
  facts("memory-facts", [
    ["This program", bytes(memory.resident)],
    ["Java heap", share(memory.heapUsed, memory.heapMax, `${bytes(memory.heapUsed)} of ${bytes(memory.heapMax)}`)],
    ["Machine", share(taken, memory.machineTotal, `${bytes(taken)} of ${bytes(memory.machineTotal)} taken, by all programs`)],
  ]);
  facts("disk-facts", [
    ["Data", paths.data],
    ["Samples", paths.samples ?? "none"],
    ["Disk", disk && share(disk.total - disk.available, disk.total, `${bytes(disk.available)} of ${bytes(disk.total)} free`)],
  ]);
  facts("version-facts", [
    ["Fourier masks", versions.program],
    ["Java", versions.java],
    [engine.name ?? "Engine", engine.version ?? "not loaded yet"],
    ["DJL", versions.djl],
    ["Quarkus", versions.quarkus],
    ["Database", versions.database],
  ]);
}

/** What the visitor uses and may use; nothing where all are one. */
function showUse({ use, limits }) {
  if (!show(byId("use-section"), use !== null)) return;
  const of = (used, most, text) => (most === null ? text : share(used, most, text));
  facts("use-facts", [
    ["Unfinished jobs", of(use.jobs, limits.jobs, jobsText(use, limits))],
    ["Storage", of(use.storage, limits.storage, storageText(use, limits))],
    ["Requests", limits.requestsPerMinute === null ? "as many as you like" : `up to ${whole(limits.requestsPerMinute)} a minute`],
  ]);
}

function showDevices(engine, devices) {
  const box = byId("devices");
  if (devices.length === 0) {
    setText(box, engine.state === "ready" ? "None: the engine computes on the processor." : "Not known before the engine is ready.");
    return;
  }
  box.replaceChildren(
    ...devices.map((device) =>
      el(
        "div",
        { class: "device" },
        el("p", {}, `${device.name}, compute capability ${device.computeCapability}`),
        share(device.memoryUsed, device.memoryTotal, `${bytes(device.memoryUsed)} of ${bytes(device.memoryTotal)} taken, by all programs`),
      ),
    ),
  );
}

/** A row for each process; nothing where this one is alone. */
function showWorkers(workers) {
  show(byId("workers-section"), workers.length > 0);
  byId("workers").replaceChildren(...workers.map(workerRow));
}

function workerRow({ name, device, version, isWorking, startedAt, seenAt, job, waitsFor }) {
  const cell = (content) => el("td", {}, content);
  const time = (iso) => cell(el("time", { dateTime: iso, title: dateTime(iso) }, ago(iso)));
  const free = waitsFor === null ? "waits for jobs" : `does no jobs: ${waitsFor} uses ${device}`;
  const idle = isWorking ? free : "no jobs: it serves pages";
  const work = job === null ? idle : el("a", { href: `/jobs/${encodeURIComponent(job)}` }, `job ${job}`);
  return el("tr", {}, el("th", { scope: "row" }, name), cell(work), cell(device ?? "not known yet"), cell(version), time(startedAt), time(seenAt));
}

/** A text over a bar; null where the numbers are not known. */
function share(used, total, text) {
  if (used === null || total === null || text === null) return null;
  return el("span", {}, text, el("meter", { min: 0, max: total, value: used, "aria-label": text }));
}

function facts(id, rows) {
  const known = rows.filter(([, value]) => value !== null && value !== undefined);
  byId(id).replaceChildren(...known.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value instanceof Node ? value : String(value)))));
}

document.addEventListener("visibilitychange", refresh);
refresh();
showLicences();
