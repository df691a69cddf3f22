// Jobs that were deleted and can be had back: the one just deleted, and all others.
import { getJson, post } from "./api.js";
import { announce, byId, el, show } from "./dom.js";
import { ago, count, dateTime } from "./format.js";
import { kindName } from "./job-kind.js";

const just = new URLSearchParams(location.search).get("deleted");

async function load() {
  try {
    const { items } = await getJson("/api/jobs/deleted");
    byId("deleted").replaceChildren(...items.map(row));
    show(byId("deleted-section"), items.length > 0);
    const job = items.find(({ id }) => id === just);
    if (job && byId("deleted-note").hidden) say(`Job ${job.id} is deleted. `, undo(job));
  } catch (error) {
    show(byId("deleted-section"), true);
    const again = el("button", { type: "button", class: "button small" }, "Try again");
    again.addEventListener("click", load);
    byId("deleted").replaceChildren(el("li", {}, el("p", { class: "field-error" }, error.message), again));
  }
}

function row(job) {
  const by = job.deletedBy === null ? "" : ` by ${job.deletedBy}`;
  const gone = job.removedAt === null ? null : el("span", {}, ", gone for good ", el("time", { dateTime: job.removedAt, title: dateTime(job.removedAt) }, ago(job.removedAt)));
  const made = job.masks > 0 ? ` with ${count(job.masks, "mask")}` : "";
  return el(
    "li",
    {},
    el("div", {}, el("strong", {}, `Job ${job.id}`), ` ${kindName(job.kind)}${made}`, el("span", { class: "muted detail" }, job.names)),
    el("span", { class: "muted" }, el("time", { dateTime: job.deletedAt, title: dateTime(job.deletedAt) }, `deleted ${ago(job.deletedAt)}`), by, gone),
    job.mayRestore ? undo(job) : el("span", { class: "muted" }, "An administrator can restore it"),
  );
}

function undo(job) {
  const button = el("button", { type: "button", class: "button small", data: { needs: "researcher" } }, "Restore", el("span", { class: "hidden" }, ` job ${job.id}`));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await post(`/api/jobs/${job.id}/restore`);
      say(`Job ${job.id} is back: `, el("a", { href: `/jobs/${encodeURIComponent(job.id)}` }, "open it"));
      announce(`Job ${job.id} is back`);
      document.dispatchEvent(new CustomEvent("restored"));
    } catch (error) {
      say(error.message);
      button.disabled = false;
    }
    load();
  });
  return button;
}

function say(...content) {
  const note = byId("deleted-note");
  note.replaceChildren(el("p", {}, ...content));
  show(note, true);
}

load();
