// Jobs that were deleted and can be had back: the one just deleted, and all others.
import { post } from "./api.js";
import { deletion, restoreButton, say, showDeleted } from "./deleted.js";
import { announce, byId, el } from "./dom.js";
import { count } from "./format.js";
import { kindName } from "./job-kind.js";

const just = new URLSearchParams(location.search).get("deleted");

async function load() {
  const items = await showDeleted("/api/jobs/deleted", row);
  const job = items?.find(({ id }) => id === just);
  if (job && byId("deleted-note").hidden) say(`Job ${job.id} is deleted. `, undo(job));
}

function row(job) {
  const made = job.masks > 0 ? ` with ${count(job.masks, "mask")}` : "";
  return [
    el("div", {}, el("strong", {}, `Job ${job.id}`), ` ${kindName(job.kind)}${made}`, el("span", { class: "muted detail" }, job.names)),
    deletion(job),
    undo(job),
  ];
}

function undo(job) {
  return restoreButton(job, `job ${job.id}`, async () => {
    await post(`/api/jobs/${job.id}/restore`);
    say(`Job ${job.id} is back: `, el("a", { href: `/jobs/${encodeURIComponent(job.id)}` }, "open it"));
    announce(`Job ${job.id} is back`);
    document.dispatchEvent(new CustomEvent("restored"));
    load();
  });
}

load();
