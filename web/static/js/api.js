// The API as promises. Errors are the problem details that the server sends.

/** An answer that is not a success; `message` is text for people. */
export class ApiError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail || problem.title || `The server answered ${status}.`);
    this.status = status;
    this.field = problem.field ?? null;
    this.retryAfter = retryAfter;
  }
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, { detail: "The server cannot be reached. Is it still running?" }, null);
  }
  if (response.ok) return response;
  // the cookie has run out, or the lab has another token now
  if (response.status === 401) location.assign(`/access?next=${encodeURIComponent(location.pathname + location.search)}`);
  const problem = await response.json().catch(() => ({}));
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  throw new ApiError(response.status, problem, Number.isFinite(seconds) ? seconds : null);
}

/** The JSON at a path. */
export async function getJson(path, signal) {
  const response = await request(path, { headers: { Accept: "application/json" }, signal });
  return response.json();
}

/** The float32 numbers at a path, little endian whatever the machine is. */
export async function getFloats(path, signal) {
  const response = await request(path, { signal });
  const view = new DataView(await response.arrayBuffer());
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(i * 4, true));
}

/** The file at a path. */
export async function getBlob(path, signal) {
  const response = await request(path, { signal });
  return response.blob();
}

/** Posts JSON, or nothing; gives the answer's JSON and where it says the new thing is. */
export async function post(path, body) {
  const options = { method: "POST", headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await request(path, options);
  return { json: await response.json(), location: response.headers.get("Location") };
}

/** Changes what is at a path; gives it as it is then. */
export async function patch(path, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  const response = await request(path, { method: "PATCH", headers, body: JSON.stringify(body) });
  return response.json();
}

/** Posts text of a type that is not JSON; gives the answer's JSON. */
export async function postText(path, text, type) {
  const response = await request(path, { method: "POST", headers: { Accept: "application/json", "Content-Type": type }, body: text });
  return response.json();
}

/** Deletes what is at a path. */
export async function remove(path) {
  await request(path, { method: "DELETE", headers: { Accept: "application/json" } });
}

/** All pages of a list, one after another. */
export async function getAll(path) {
  const items = [];
  let cursor = null;
  do {
    const url = new URL(path, location.origin);
    if (cursor) url.searchParams.set("cursor", cursor);
    const page = await getJson(url.pathname + url.search);
    items.push(...page.items);
    cursor = page.next ?? null;
  } while (cursor);
  return items;
}
