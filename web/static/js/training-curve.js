// The curves of the training that made a model: of the job that did, else of the record beside it.
import { getJson } from "./api.js";
import { LineChart } from "./charts.js";
import { byId, el, placeholder } from "./dom.js";
import { number, percent } from "./format.js";

/** Shows the newest training of the model that has succeeded. */
export async function showTraining(model) {
  const box = byId("training");
  try {
    const { items } = await getJson(`/api/jobs?kind=train-model&state=SUCCEEDED&model=${encodeURIComponent(model)}&limit=1`);
    if (items.length === 0) {
      await showRecord(box, model);
      return;
    }
    const [job] = items;
    const points = (await getJson(`/api/jobs/${encodeURIComponent(job.id)}/points`)).items;
    render(box, job, points);
  } catch (error) {
    const again = el("button", { type: "button", class: "button" }, "Try again");
    again.addEventListener("click", () => showTraining(model));
    placeholder(box, "failed", error.message, again);
  }
}

const OF_RECORD = [
  [{ name: "trainLoss", title: "Loss in training", format: "number" }, { name: "evaluationLoss", title: "Loss of the evaluation images", format: "number" }],
  [{ name: "evaluationAccuracy", title: "Accuracy", format: "percent" }],
];

async function showRecord(box, model) {
  const address = `/api/models/${encodeURIComponent(model)}`;
  const { recorded } = await getJson(address);
  if (!recorded) {
    placeholder(box, "empty", "No curve: neither a job of this server nor a record beside the weights tells of its training.");
    return;
  }
  const record = await getJson(`${address}/record`);
  const points = record.trainLoss.map((_, i) => ({ step: i + 1, values: Object.fromEntries(OF_RECORD.flat().map(({ name }) => [name, record[name]?.[i]])) }));
  const about = `${record.epochs} epochs, ${record.batchSize} images a step, peak learning rate ${record.maxLearningRate}, seed ${record.seed}; by epoch.`;
  draw(box, el("p", {}, about), OF_RECORD, points, "epoch");
}

function render(box, job, points) {
  const { dataset, preset, epochs, batchSize, learningRate } = job.specification;
  const link = el("a", { href: `/jobs/${encodeURIComponent(job.id)}` }, `job ${job.id}`);
  const about = el("p", {}, "By ", link, ` on ${dataset}, ${preset}: ${epochs} epochs, ${batchSize} images a step, peak learning rate ${learningRate}.`);
  draw(box, about, groups(job.metrics), points, "step");
}

function draw(box, about, groups, points, unit) {
  const charts = groups.map((metrics) => chart(metrics, points, unit));
  box.replaceChildren(about, el("div", { class: "curves" }, ...charts.map(({ element }) => element)));
  // a chart has its size once it is in the page
  for (const each of charts) each.draw();
}

/** The metrics of a chart belong together; those without group are not drawn. */
function groups(metrics) {
  const byGroup = new Map();
  for (const metric of metrics) if (metric.group) byGroup.set(metric.group, [...(byGroup.get(metric.group) ?? []), metric]);
  return [...byGroup.values()];
}

function chart(metrics, points, unit) {
  const title = metrics.map((metric) => metric.title).join(", ");
  const canvas = el("canvas", { role: "img" });
  const element = el("div", { class: "curve" }, el("h3", {}, title), el("div", { class: "plot" }, canvas));
  const isShare = metrics[0].format === "percent";
  const draw = () => {
    const format = isShare ? (value) => percent(value, 0) : number;
    const line = new LineChart(canvas, { title, format, logarithmic: metrics[0].scale === "logarithmic", max: isShare ? 1 : undefined, unit });
    line.setLines(metrics.map(({ name, title: label }) => ({ id: name, label, ...curve(points, name) })));
    line.describe(metrics.map(({ name, title: label }) => `${label} ${last(points, name, format)} at the end`).join("; "));
    document.addEventListener("themechange", () => line.restyle());
  };
  return { element, draw };
}

function curve(points, name) {
  const known = points.filter(({ values }) => values[name] !== undefined);
  return { steps: known.map(({ step }) => step), values: known.map(({ values }) => values[name]) };
}

const last = (points, name, format) => format(curve(points, name).values.at(-1));
