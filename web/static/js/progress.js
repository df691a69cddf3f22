// A job's progress in words and as a share. The stopping rule decides when a mask is done, so the
// time left is never more than "if nothing moves any more" and "at most".
import { duration, whole } from "./format.js";

/** Share of the work that is done, between 0 and 1; null while nothing is known. */
export function progressShare(progress) {
  if (!progress || !progress.images) return null;
  const step = progress.maxSteps ? Math.min(1, progress.step / progress.maxSteps) : 0;
  const quiet = progress.quietNeeded ? Math.min(1, progress.quietSteps / progress.quietNeeded) : 0;
  const current = progress.imagesDone < progress.images ? Math.max(step, quiet) : 0;
  // all images that are left are trained side by side
  const left = progress.images - progress.imagesDone;
  return Math.min(1, (progress.imagesDone + left * current) / progress.images);
}

/** How long it will take, as far as anybody can know. */
export function timeLeft(progress) {
  const { secondsLeft, secondsLeftAtMost } = progress;
  if (secondsLeft !== null && secondsLeft !== undefined) {
    return `about ${duration(secondsLeft)} left if nothing moves any more`;
  }
  if (secondsLeftAtMost !== null && secondsLeftAtMost !== undefined) {
    return `still moving; at most ${duration(secondsLeftAtMost)} left`;
  }
  return "time left not known yet";
}

/** One line about a job that has not ended. */
export function progressText(job) {
  if (job.state === "QUEUED") return "Waiting for its turn";
  if (job.state === "PAUSED") return "Paused";
  const progress = job.progress;
  if (!progress) return "Starting";
  const images = progress.images > 1 ? `${progress.imagesDone} of ${progress.images} done, ` : "";
  return `${images}step ${whole(progress.step)}, ${timeLeft(progress)}`;
}
