// What is shipped and under which licence, with a search that stays in the address.
import { getJson } from "./api.js";
import { byId, el, placeholder, setText, show } from "./dom.js";
import { parameter, setParameter } from "./selection.js";

/** Fills the table of licences. */
export async function showLicences() {
  const search = byId("licence-search");
  let parts;
  try {
    parts = (await getJson("/api/licences")).items;
  } catch (error) {
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", showLicences);
    placeholder(byId("licences-state"), "failed", error.message, el("p", {}, again));
    return;
  }
  placeholder(byId("licences-state"), null);
  show(byId("licences-table"), true);
  const update = () => {
    const wanted = search.value.trim().toLowerCase();
    const found = parts.filter((part) => text(part).includes(wanted));
    byId("licences").replaceChildren(...found.map(row));
    setText(byId("licences-count"), wanted === "" ? `${parts.length} parts` : `${found.length} of ${parts.length} parts`);
    placeholder(byId("licences-state"), found.length === 0 ? "empty" : null, "No part and no licence has that in its name.");
    setParameter("q", search.value.trim());
  };
  search.disabled = false;
  search.value = parameter("q") ?? "";
  search.addEventListener("input", update);
  update();
}

const text = (part) => [part.name, part.artefact, ...part.licences].join(" ").toLowerCase();

function row(part) {
  const name = part.url ? el("a", { href: part.url, rel: "noreferrer" }, part.name) : part.name;
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, name, el("span", { class: "artefact" }, [part.artefact, part.version].filter(Boolean).join(" "))),
    el("td", {}, part.licences.join(" or ")),
  );
}
