// Forms that send one file: progress, stop, errors at their field, and a link to what came of it.
import { announce, byId, el, setText, show } from "./dom.js";

/** Wires a form with `data-action`, the address, and `data-page`, where the new thing is shown. */
function wire(form) {
  const part = (name) => byId(`${form.id}-${name}`);
  let request = null;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (request) return;
    clear();
    if (!part("file").files[0]) {
      fail("file", "Choose a file.");
      return;
    }
    send();
  });
  part("stop").addEventListener("click", () => request?.abort());

  // XMLHttpRequest, because fetch does not tell how much of a body has left
  function send() {
    request = new XMLHttpRequest();
    request.open("POST", form.dataset.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) progress(loaded / total);
    };
    request.onabort = () => end(() => fail("file", "The upload was stopped; nothing was kept."));
    request.onerror = () => end(() => fail("file", "The server cannot be reached."));
    request.onload = () => end(() => answered(request.status, parse(request.responseText)));
    progress(0);
    show(part("progress"), true);
    request.send(new FormData(form));
  }

  function progress(share) {
    part("bar").value = share;
    setText(part("text"), share < 1 ? `Uploading, ${Math.round(share * 100)} %` : "Uploaded; the server is checking it");
  }

  function end(then) {
    show(part("progress"), false);
    then();
    request = null;
  }

  function answered(status, answer) {
    if (status === 201 && answer) {
      const link = el("a", { href: form.dataset.page.replace("ID", encodeURIComponent(answer.id)) }, answer.name ?? answer.id);
      part("done").replaceChildren("Added: ", link);
      form.reset();
      announce("Added");
      form.dispatchEvent(new CustomEvent("added", { bubbles: true, detail: answer }));
    } else {
      fail(answer?.field, answer?.detail ?? answer?.title ?? `The server answered ${status}.`);
    }
  }

  function fail(field, text) {
    const name = form.elements[field] ? field : "file";
    const error = part(`${name}-error`);
    setText(error, text);
    show(error, true);
    form.elements[name].setAttribute("aria-invalid", "true");
    form.elements[name].focus();
    announce(text);
  }

  function clear() {
    part("done").replaceChildren();
    for (const field of form.querySelectorAll("input")) {
      field.removeAttribute("aria-invalid");
      show(part(`${field.name}-error`), false);
    }
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

document.querySelectorAll("form[data-action]").forEach(wire);
