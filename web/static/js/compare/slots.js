// Places without a mask yet: starting its training there, and showing it while it is learned.
import { post, getJson } from "../api.js";
import { el, setText } from "../dom.js";
import { follow } from "../events.js";
import { duration, sparsity } from "../format.js";
import { preview } from "./data.js";

/** What is trained for the empty columns of a board. */
export class Slots {
  /** `finished` hears when a column has its mask; `scale` gives the colours of the masks. */
  constructor({ finished, scale }) {
    this.finished = finished;
    this.scale = scale;
    this.places = new Map();
    this.stream = null;
    this.generation = 0;
  }

  /** Shows the empty columns of a new board, and goes on following what is trained for them. */
  async show(views, image) {
    const generation = ++this.generation;
    this.close();
    this.places = new Map();
    const empty = views.filter(({ column }) => column.mask === null);
    if (empty.length === 0 || !image) return;
    for (const view of empty) this.places.set(view.column.name, this.offer(view, image));
    const running = await unfinished(image);
    if (generation !== this.generation) return;
    for (const job of running) {
      const place = [...this.places.values()].find(({ view: { column } }) => serves(job, column));
      if (place) this.begin(place, job);
    }
    this.followAll();
  }

  offer(view, image) {
    const button = el("button", { type: "button", class: "button primary", data: { needs: "researcher" } }, "Learn this mask");
    const text = el("p", { class: "slot-text", role: "status" }, view.column.attacked ? "No mask of the attacked photograph yet" : "No mask yet");
    const box = el("div", { class: "slot" }, text, button);
    const place = { view, image, box, text, button, job: null };
    button.addEventListener("click", () => this.start(place));
    // beside the plane, not in it: a picture has no buttons
    view.mask.element.after(box);
    return place;
  }

  async start(place) {
    place.button.disabled = true;
    const { model, attacked } = place.view.column;
    const specification = { kind: "image-mask", model: model.id, images: [place.image] };
    if (attacked) specification.attacked = true;
    try {
      const { json } = await post("/api/jobs", specification);
      this.begin(place, json);
      this.followAll();
    } catch (error) {
      place.button.disabled = false;
      setText(place.text, error.message);
    }
  }

  begin(place, job) {
    place.job = job.id;
    place.button.remove();
    place.link ??= el("a", { href: `/jobs/${encodeURIComponent(job.id)}` }, `Job ${job.id}`);
    place.box.append(place.link);
    place.box.classList.add("running");
    this.state(place, job);
  }

  state(place, job) {
    if (job.state === "QUEUED") setText(place.text, "Waiting for its turn");
    if (job.state === "RUNNING") this.progress(place, job.progress);
    if (job.state === "FAILED" || job.state === "CANCELLED") setText(place.text, job.error ?? "It ended without a mask");
    if (job.state === "SUCCEEDED") this.finished(place.view.column.name);
  }

  progress(place, progress) {
    const left = progress?.secondsLeft ?? progress?.secondsLeftAtMost;
    const most = progress?.secondsLeft === null ? "at most " : "";
    setText(place.text, left ? `Learning, ${most}${duration(left)} left` : "Learning");
  }

  followAll() {
    this.close();
    const places = [...this.places.values()].filter(({ job }) => job !== null);
    if (places.length === 0) return;
    const of = (job) => places.filter((place) => place.job === String(job));
    const update = (job) => of(job.id).forEach((place) => this.state(place, job));
    this.stream = follow(
      places.map(({ job }) => job),
      {
        snapshot: ({ jobs }) => jobs.forEach(({ job, previews }) => {
          update(job);
          previews.forEach((each) => this.preview(of(job.id), each));
        }),
        state: update,
        progress: ({ job, progress }) => of(job).forEach((place) => this.progress(place, progress)),
        mask: (each) => this.preview(of(each.job), each),
        artefact: ({ job }) => of(job).forEach((place) => this.finished(place.view.column.name)),
      },
    );
  }

  async preview(places, { mask, step, sparsity: share }) {
    for (const place of places) {
      const values = await preview(mask).catch(() => null);
      if (values && this.places.get(place.view.column.name) === place) {
        place.view.mask.draw(values, this.scale());
        place.view.mask.element.setAttribute("aria-label", `Mask in training at step ${step}: ${sparsity(share)} left`);
      }
    }
  }

  close() {
    this.stream?.close();
    this.stream = null;
  }
}

async function unfinished(image) {
  const states = ["RUNNING", "QUEUED"];
  const pages = await Promise.all(states.map((state) => getJson(`/api/jobs?state=${state}&limit=100`).catch(() => ({ items: [] }))));
  return pages.flatMap(({ items }) => items).filter((job) => job.kind === "image-mask" && job.specification.images.includes(image));
}

/** Whether a job makes the mask of this column. */
const serves = ({ specification }, { model, attacked }) => specification.model === model.id && (specification.attacked ?? false) === attacked;
