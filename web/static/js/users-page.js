// The users: adding them, their roles, another token, shutting them out.
import { getAll, getJson, patch, post } from "./api.js";
import { announce, byId, el, placeholder, setText, show } from "./dom.js";
import { ago, dateTime } from "./format.js";
import { jobsText, storageText } from "./use.js";

const ROLES = { viewer: "Viewer", researcher: "Researcher", admin: "Administrator" };

async function load() {
  try {
    const [users, { limits }] = await Promise.all([getAll("/api/users"), getJson("/api/me")]);
    render(users, limits);
  } catch (error) {
    show(byId("users-box"), false);
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", load);
    placeholder(byId("users-state"), "failed", error.message, ...(error.status === 403 ? [] : [again]));
  }
}

function render(users, limits) {
  byId("users").replaceChildren(...users.map((user) => row(user, limits)));
  show(byId("users-box"), users.length > 0);
  if (users.length === 0) placeholder(byId("users-state"), "empty", "Nobody has a token of their own yet.");
  else placeholder(byId("users-state"), null);
}

function row(user, limits) {
  const time = (iso) => el("td", {}, iso === null ? "never" : el("time", { dateTime: iso, title: dateTime(iso) }, ago(iso)));
  const use = (text) => el("td", { class: "use" }, text);
  const isOut = user.disabledAt !== null;
  const role = el("select", { class: "small", "aria-label": `Role of ${user.name}` }, ...Object.entries(ROLES).map(([value, text]) => el("option", { value, selected: value === user.role }, text)));
  role.addEventListener("change", () => change(user, { role: role.value }, `${user.name} is ${role.value} now`));
  const renew = el("button", { type: "button", class: "button small" }, "New token", el("span", { class: "hidden" }, ` for ${user.name}`));
  renew.addEventListener("click", () => askRenew(user));
  const shut = el("button", { type: "button", class: isOut ? "button small" : "button small danger" }, isOut ? "Let in" : "Shut out", el("span", { class: "hidden" }, ` ${user.name}`));
  shut.addEventListener("click", () => (isOut ? change(user, { disabled: false }, `${user.name} is let in`) : askShutOut(user)));
  const name = el("th", { scope: "row" }, user.name, isOut ? el("span", { class: "hidden" }, " (shut out)") : null);
  return el("tr", { data: isOut ? { disabled: "" } : {} }, name, el("td", {}, role), use(jobsText(user.use, limits)), use(storageText(user.use, limits)), time(user.seenAt), time(user.createdAt), el("td", {}, el("div", { class: "actions" }, renew, shut)));
}

async function change(user, body, text) {
  try {
    await patch(`/api/users/${user.id}`, body);
    announce(text);
  } catch (error) {
    placeholder(byId("users-state"), "failed", error.message);
    return;
  }
  await load();
}

async function askShutOut(user) {
  if (await isSure(`Shut out ${user.name}?`, "Their token opens nothing any more, within seconds. What they made stays, and you can let them in again.", "Shut out")) {
    await change(user, { disabled: true }, `${user.name} is shut out`);
  }
}

async function askRenew(user) {
  if (!(await isSure(`Draw a new token for ${user.name}?`, "The one that they have opens nothing any more, also in their scripts and browsers.", "Draw a new one"))) return;
  try {
    showToken((await post(`/api/users/${user.id}/token`)).json);
  } catch (error) {
    placeholder(byId("users-state"), "failed", error.message);
  }
}

function isSure(title, text, yes) {
  const dialog = byId("sure");
  setText(byId("sure-title"), title);
  setText(byId("sure-text"), text);
  setText(byId("sure-yes"), yes);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

function showToken({ user, token }) {
  setText(byId("token-title"), `The token of ${user.name}`);
  setText(byId("token-text"), `With it ${user.name} opens the dashboard once in each browser, and scripts as “Authorization: Bearer”.`);
  setText(byId("token"), token);
  setText(byId("token-copy"), "Copy");
  byId("token-dialog").showModal();
}

byId("token-dialog").addEventListener("close", () => setText(byId("token"), ""));

byId("token-copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(byId("token").textContent);
    setText(byId("token-copy"), "Copied");
  } catch {
    // a page without TLS may not: the text is there to be selected
    getSelection().selectAllChildren(byId("token"));
    setText(byId("token-copy"), "Selected");
  }
});

byId("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name, role } = event.target.elements;
  show(byId("add-name-error"), false);
  name.removeAttribute("aria-invalid");
  try {
    const { json } = await post("/api/users", { name: name.value.trim(), role: role.value });
    event.target.reset();
    showToken(json);
    await load();
  } catch (error) {
    setText(byId("add-name-error"), error.message);
    show(byId("add-name-error"), true);
    name.setAttribute("aria-invalid", "true");
    name.focus();
  }
});

load();
