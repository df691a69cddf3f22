// The job page: one job's data, shown by its parts, fed by its events.
import { getJson } from "./api.js";
import { byId, el, placeholder, show } from "./dom.js";
import { follow, hasEnded, showStatus } from "./events.js";
import { JobCharts } from "./job-charts.js";
import { JobData } from "./job-data.js";
import { setUpHeader, showHeader, showProgress } from "./job-header.js";
import { JobHistory } from "./job-history.js";
import { JobPictures } from "./job-pictures.js";
import { setUpReplay } from "./job-replay.js";
import { showResults, showSpecification } from "./job-result.js";
import { SharedView } from "./job-shared.js";
import { Strip } from "./job-strip.js";
import { parameter, setParameter } from "./selection.js";

// after its end a job has nothing more to say, but its last artefacts may come just behind its state
const CLOSE_AFTER_MS = 1000;

const id = byId("job").dataset.job;
const data = new JobData();
const happened = new JobHistory(encodeURIComponent(id));
const charts = new JobCharts(data);
const pictures = new JobPictures(data);
const strip = new Strip(data, select);
// of a job that is not about photographs
const shared = new SharedView();
let selected = null;
let stream = null;
let wasReconnecting = false;
// a long history may take longer than the job's state says that there is something to wait for
let hasCurves = false;

function select(image) {
  selected = image;
  if (data.job.images.length > 1) setParameter("image", image);
  strip.show(image);
  charts.select(image);
  pictures.select(data.job.images.find((each) => each.id === image));
  showResults(data, image, select);
}

/** Shows what changes with the job's state. */
function showJob(job) {
  data.job = job;
  showHeader(job);
  showSpecification(job.specification);
  happened.job(job);
  if (job.kind !== "image-mask") shared.job(job);
  if (selected === null && job.images.length > 0) {
    const wanted = parameter("image");
    select(job.images.some((image) => image.id === wanted) ? wanted : job.images[0].id);
  } else if (selected !== null) {
    strip.update();
    pictures.update();
    showResults(data, selected, select);
  }
  if (hasEnded(job) && hasCurves) setTimeout(() => stream?.close(), CLOSE_AFTER_MS);
}

function connect() {
  stream = follow([id], {
    status(status) {
      showStatus(byId("stream-state"), status);
      if (status === "reconnecting" && !wasReconnecting) happened.note("Connection lost, reconnecting");
      if (status === "live" && wasReconnecting) happened.note("Connected again");
      wasReconnecting = status === "reconnecting";
    },
    snapshot({ jobs }) {
      hasCurves = true;
      for (const entry of jobs) {
        data.snapshot(entry);
        showJob(entry.job);
        if (entry.job.kind !== "image-mask") shared.snapshot(entry);
      }
      charts.update();
      pictures.update();
    },
    point(point) {
      if (data.job.kind !== "image-mask") {
        shared.point(point);
        return;
      }
      data.point(point);
      later();
    },
    mask(preview) {
      if (data.job.kind !== "image-mask") return;
      data.preview(preview);
      pictures.preview(preview);
    },
    artefact({ mask, heatMap }) {
      if (data.job.kind !== "image-mask") {
        if (mask) data.artefact(mask);
        if (heatMap) data.job.heatMaps = [...data.job.heatMaps.filter((known) => known.id !== heatMap.id), heatMap];
        if (mask) happened.mask(data.job, mask);
        shared.job(data.job);
        showProgress(data.job);
        return;
      }
      data.artefact(mask);
      happened.mask(data.job, mask);
      strip.update();
      pictures.update();
      showResults(data, selected, select);
    },
    state: showJob,
    progress({ progress }) {
      data.job.progress = progress;
      showProgress(data.job);
    },
  });
}

let frame = null;

// many points arrive between two frames; all are drawn at once
function later() {
  frame ??= requestAnimationFrame(() => {
    frame = null;
    charts.update();
    strip.update();
    pictures.showPredictions();
  });
}

async function load() {
  try {
    showJob(await getJson(`/api/jobs/${encodeURIComponent(id)}`));
    show(byId("job-missing"), false);
    connect();
  } catch (error) {
    missing(error);
  }
}

function missing(error) {
  show(byId("job-body"), false);
  show(byId("state-badge"), false);
  show(byId("job-missing"), true);
  if (error.status === 404) {
    byId("job-subtitle").textContent = "There is no such job";
    const links = el("p", { class: "actions" }, el("a", { class: "button", href: "/" }, "Back to the overview"), el("a", { class: "button", href: "/images" }, "Images"));
    byId("job-missing").replaceChildren(el("p", {}, error.message), links);
    return;
  }
  byId("job-subtitle").textContent = "The job could not be loaded";
  const again = el("button", { type: "button", class: "button" }, "Try again");
  again.addEventListener("click", () => {
    show(byId("job-body"), true);
    show(byId("state-badge"), true);
    load();
  });
  placeholder(byId("job-missing"), "failed", error.message, again);
}

setUpHeader(encodeURIComponent(id), showJob);
setUpReplay(pictures, charts);
load();
