// A job's progress in words and as a share. Where a stopping rule decides, the time left is never more
// than "if nothing moves any more" and "at most".
import { count, duration, whole } from "./format.js";

const PHASES = { decoding: "reading", attacking: "attacking", measuring: "measuring" };

/** Share of the work that is done, between 0 and 1; null while nothing is known. */
export function progressShare(progress) {
  if (!progress?.total) return null;
  if (progress.unit !== "mask") return Math.min(1, progress.done / progress.total);
  const step = progress.maxSteps ? Math.min(1, progress.step / progress.maxSteps) : 0;
  const quiet = progress.quietNeeded ? Math.min(1, progress.quietSteps / progress.quietNeeded) : 0;
  const current = progress.done < progress.total ? Math.max(step, quiet) : 0;
  // all images that are left are trained side by side
  const left = progress.total - progress.done;
  return Math.min(1, (progress.done + left * current) / progress.total);
}

/** How long it will take, as far as anybody can know. */
export function timeLeft(progress) {
  const { secondsLeft, secondsLeftAtMost } = progress;
  const known = (seconds) => seconds !== null && seconds !== undefined;
  const mayEndEarly = progress.quietNeeded !== null && progress.quietNeeded !== undefined;
  if (known(secondsLeft)) {
    return `about ${duration(secondsLeft)} left${mayEndEarly ? " if nothing moves any more" : ""}`;
  }
  if (known(secondsLeftAtMost)) return `still moving; at most ${duration(secondsLeftAtMost)} left`;
  return "time left not known yet";
}

/** One line about a job that has not ended. */
export function progressText(job) {
  if (job.waitsFor?.length > 0) return `Waits for job ${job.waitsFor.join(", ")}, which makes its model`;
  if (job.state === "QUEUED") return job.startedAt ? "Waiting to go on" : "Waiting for its turn";
  if (job.state === "PAUSED") return "Paused; what it has reached is kept";
  const progress = job.progress;
  if (!progress) return "Starting";
  const { phase, unit, done, total } = progress;
  if (phase !== "training") {
    const left = progress.secondsLeft === null ? "" : `, ${timeLeft(progress)}`;
    return `${PHASES[phase] ?? phase} ${whole(done)} of ${count(total, unit)}${left}`.replace(/^./, (first) => first.toUpperCase());
  }
  if (unit === "mask") {
    const masks = total > 1 ? `${whole(done)} of ${whole(total)} done, ` : "";
    return `${masks}step ${whole(progress.step)}, ${timeLeft(progress)}`;
  }
  const epoch = progress.epochs ? `epoch ${whole(progress.epoch)} of ${whole(progress.epochs)}, ` : "";
  const most = progress.quietNeeded ? " at most" : "";
  return `${epoch}step ${whole(done)} of ${whole(total)}${most}, ${timeLeft(progress)}`;
}
