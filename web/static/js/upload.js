// Uploading: a few files a request, so that a hundred photographs come in steadily and one refused
// file never stops the others.
import { announce, byId, el, setText, show } from "./dom.js";
import { count } from "./format.js";

const FILES_PER_REQUEST = 10;
// a request stays well below what the server accepts
const BYTES_PER_REQUEST = 12e6;

/** Wires the drop zone; `onStored` gets each batch of stored images. */
export function setUpUpload(onStored) {
  const zone = byId("drop-zone");
  const input = byId("upload-input");
  const uploader = new Uploader(onStored);

  byId("upload-button").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    uploader.add([...input.files]);
    input.value = "";
  });
  // the whole page takes drops: missing the zone must not make the browser open the picture
  let depth = 0;
  const over = (on) => zone.classList.toggle("over", on);
  document.addEventListener("dragenter", (event) => {
    if (event.dataTransfer?.types.includes("Files")) over(++depth > 0);
  });
  document.addEventListener("dragleave", () => over((depth = Math.max(0, depth - 1)) > 0));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    over(false);
    uploader.add([...(event.dataTransfer?.files ?? [])]);
  });
  byId("upload-stop").addEventListener("click", () => uploader.stop());
  byId("refused-close").addEventListener("click", () => {
    byId("refused-list").replaceChildren();
    show(byId("upload-refused"), false);
  });
}

class Uploader {
  constructor(onStored) {
    this.onStored = onStored;
    this.waiting = [];
    this.busy = false;
    this.reset();
  }

  reset() {
    this.total = 0;
    this.done = 0;
    this.stored = 0;
    this.refused = 0;
  }

  add(files) {
    if (files.length === 0) return;
    if (!this.busy) this.reset();
    this.waiting.push(...files);
    this.total += files.length;
    if (!this.busy) this.run();
  }

  stop() {
    this.total -= this.waiting.length;
    this.waiting = [];
    this.current?.abort();
  }

  async run() {
    this.busy = true;
    show(byId("upload-progress"), true);
    while (this.waiting.length > 0) {
      const batch = takeBatch(this.waiting);
      this.progress(0, batch.length);
      try {
        const answer = await this.send(batch);
        const images = answer.files.filter((file) => file.image).map((file) => file.image);
        for (const file of answer.files) {
          if (file.problem) this.refuse(file.name, file.problem.detail || file.problem.title);
        }
        this.stored += images.length;
        if (images.length > 0) this.onStored(images);
      } catch (error) {
        for (const file of batch) this.refuse(file.name, error.message);
      }
      this.done += batch.length;
    }
    this.busy = false;
    show(byId("upload-progress"), false);
    announce(this.summary());
  }

  summary() {
    const refused = this.refused > 0 ? `, ${this.refused} not` : "";
    return `${count(this.stored, "photograph")} uploaded${refused}`;
  }

  progress(share, batch) {
    byId("upload-bar").value = (this.done + share * batch) / this.total;
    setText(byId("upload-text"), `Uploading ${count(this.total, "photograph")}: ${this.done} done`);
  }

  refuse(name, reason) {
    this.refused++;
    const list = byId("refused-list");
    list.append(el("li", {}, el("strong", {}, name), ` ${reason}`));
    show(byId("upload-refused"), true);
    const files = list.childElementCount === 1 ? "file was" : "files were";
    setText(byId("refused-title"), `${list.childElementCount} ${files} not uploaded`);
  }

  // XMLHttpRequest, because fetch does not tell how much of a body has left
  send(batch) {
    const form = new FormData();
    for (const file of batch) form.append("files", file, file.name);
    const request = new XMLHttpRequest();
    this.current = request;
    request.open("POST", "/api/images");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) this.progress(event.loaded / event.total, batch.length);
    };
    return new Promise((resolve, reject) => {
      request.onabort = () => reject(new Error("The upload was stopped."));
      request.onerror = () => reject(new Error("The server cannot be reached."));
      request.onload = () => {
        const answer = parse(request.responseText);
        // 422 lists every file with its reason, just as 200 does
        if (answer?.files) resolve(answer);
        else reject(new Error(answer?.detail ?? answer?.title ?? reason(request.status)));
      };
      request.send(form);
    });
  }
}

function takeBatch(waiting) {
  const batch = [];
  let size = 0;
  while (waiting.length > 0 && batch.length < FILES_PER_REQUEST) {
    if (batch.length > 0 && size + waiting[0].size > BYTES_PER_REQUEST) break;
    size += waiting[0].size;
    batch.push(waiting.shift());
  }
  return batch;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reason(status) {
  return status === 413 ? "The file is too large." : `The server answered ${status}.`;
}
