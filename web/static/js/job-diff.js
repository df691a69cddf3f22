// In what the specifications of jobs differ, and only that.
import { getJson } from "./api.js";
import { byId, el, placeholder, setText, show } from "./dom.js";
import { kindName } from "./job-kind.js";

const MOST_LISTED = 12;

/** Shows the differences of these jobs; none hides them. */
export async function showDifferences(ids) {
  if (!show(byId("diff"), ids.length > 1)) return;
  placeholder(byId("diff-state"), "loading", "Comparing");
  byId("diff-table").replaceChildren();
  setText(byId("diff-same"), "");
  try {
    const { jobs, same, differences } = await getJson(`/api/jobs/differences?jobs=${ids.map(encodeURIComponent).join(",")}`);
    placeholder(byId("diff-state"), differences.length === 0 ? "empty" : null, "These jobs have the same specification.");
    if (differences.length > 0) byId("diff-table").replaceChildren(table(jobs, differences));
    setText(byId("diff-same"), same.length === 0 ? "Nothing is alike." : `Alike: ${same.join(", ")}.`);
  } catch (error) {
    placeholder(byId("diff-state"), "failed", error.message);
  }
}

function table(jobs, differences) {
  const head = jobs.map((job) => el("th", { scope: "col" }, el("a", { href: `/jobs/${encodeURIComponent(job.id)}` }, `Job ${job.id}`), el("br"), kindName(job.kind)));
  return el(
    "table",
    {},
    el("caption", { class: "hidden" }, "Fields in which the specifications differ"),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Field"), ...head)),
    el("tbody", {}, ...differences.map(row)),
  );
}

function row({ field, shared, values }) {
  const note = shared ? el("span", { class: "muted" }, ` ${shared} shared`) : null;
  return el("tr", {}, el("th", { scope: "row" }, el("code", {}, field), note), ...values.map((value) => el("td", {}, cell(value))));
}

function cell(value) {
  if (value === null) return el("span", { class: "absent" }, "not there");
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return el("span", { class: "absent" }, "nothing else");
  const more = value.length > MOST_LISTED ? [el("li", { class: "absent" }, `and ${value.length - MOST_LISTED} more`)] : [];
  return el("ul", {}, ...value.slice(0, MOST_LISTED).map((entry) => el("li", {}, String(entry))), ...more);
}
