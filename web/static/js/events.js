// Server-sent events of jobs. The browser reconnects by itself and says where it stopped.

const KINDS = ["snapshot", "point", "mask", "artefact", "state", "progress"];
const REOPEN_AFTER_MS = 3000;

/** Most jobs that one stream follows. */
export const MOST_FOLLOWED = 50;

/**
 * Follows jobs, without points and previews if `curves` is false. `handlers` has a function for each kind of event, and `status`, which is told
 * "connecting", "live", "reconnecting" or "closed".
 */
export function follow(jobs, handlers, { curves = true } = {}) {
  const url = `/api/events?jobs=${jobs.map(encodeURIComponent).join(",")}${curves ? "" : "&curves=false"}`;
  let source = null;
  let timer = null;
  let closed = false;

  function open(status) {
    handlers.status?.(status);
    source = new EventSource(url);
    source.onopen = () => handlers.status?.("live");
    source.onerror = () => {
      if (closed) return;
      handlers.status?.("reconnecting");
      // after an HTTP error the browser gives up; a server that restarts answers one now and then
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(() => open("reconnecting"), REOPEN_AFTER_MS);
      }
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => handlers[kind]?.(JSON.parse(event.data)));
    }
  }

  open("connecting");
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      source.close();
      handlers.status?.("closed");
    },
  };
}

const WORDS = { connecting: "Connecting", live: "Live", reconnecting: "Reconnecting", closed: "" };

/** Lets an element show how the stream is. */
export function showStatus(element, status) {
  element.dataset.status = status;
  element.hidden = status === "closed";
  if (element.textContent !== WORDS[status]) element.textContent = WORDS[status];
}

/** A job that will not change any more. */
export const hasEnded = (job) => ["SUCCEEDED", "FAILED", "CANCELLED"].includes(job.state);
