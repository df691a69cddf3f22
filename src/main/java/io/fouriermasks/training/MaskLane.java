package io.fouriermasks.training;

import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.GradientLease;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Some of the images in training, which share the passes through the network: their masks on the
 * device and the record of each. Lanes have nothing in common, so that several can {@link #step}
 * side by side; everything else is for one thread.
 */
final class MaskLane implements AutoCloseable {

  private static final String RUNS = "runs";

  private final FrozenNetwork network;
  private final SearchSettings settings;
  private final MaskBatch batch;
  private final List<ImageRun> runs = new ArrayList<>();
  private MaskBatch.Observation seen;

  MaskLane(FrozenNetwork network, SearchSettings settings, PassSize passes) {
    this.network = network;
    this.settings = settings;
    this.batch = new MaskBatch(network, settings, passes);
  }

  /** Number of images in it. */
  int size() {
    return runs.size();
  }

  /**
   * Begins with more images.
   *
   * @param numbers of those that begin
   * @param images all of the training, normalised, size x size each, row-major
   */
  void admit(List<Integer> numbers, List<float[]> images) {
    List<MaskBatch.Clean> cleans = batch.admit(numbers.stream().map(images::get).toList());
    for (int i = 0; i < numbers.size(); i++) {
      runs.add(new ImageRun(numbers.get(i), settings, cleans.get(i), System.nanoTime()));
    }
  }

  /** Takes a step with every mask, to be followed by {@link #judge}. */
  void step(GradientLease lease) {
    seen = batch.step(runs, lease);
  }

  /**
   * Judges the step. The pass that computes the gradient also tells what is predicted through the
   * mask that the step before led to, so that step's stopping rule is judged now; an image that is
   * done keeps the mask that was judged.
   *
   * @param results takes the masks that are done, by the image's number
   */
  void judge(Map<Integer, ImageMask> results, TrainingListener listener) {
    int[] staying = new int[runs.size()];
    List<ImageRun> stayingRuns = new ArrayList<>();
    for (int row = 0; row < runs.size(); row++) {
      ImageRun run = runs.get(row);
      batch.search().judge(row, run, Logits.argmax(seen.logits()[row]));
      StopReason reason = reasonToStop(run, row);
      if (reason != null) {
        ImageMask result = finish(run, row, batch.search().result(row, reason), reason);
        results.put(run.image(), result);
        listener.onImageFinished(run.image(), result);
        continue;
      }
      float invariance = seen.invariance(row);
      run.record(invariance, seen.sparsity()[row], invariance > MaskObjective.MAX_EXPONENT);
      staying[stayingRuns.size()] = row;
      stayingRuns.add(run);
      report(run, row, listener);
    }
    batch.retain(Arrays.copyOf(staying, stayingRuns.size()));
    runs.retainAll(stayingRuns);
  }

  private StopReason reasonToStop(ImageRun run, int row) {
    if (!seen.isFinite(row)) {
      return StopReason.NON_FINITE;
    }
    if (batch.search().hasConverged(row, run)) {
      return StopReason.CONVERGED;
    }
    return run.isAtStepLimit() ? StopReason.STEP_LIMIT : null;
  }

  private ImageMask finish(ImageRun run, int row, FourierMask mask, StopReason reason) {
    float[] logits = network.logits(List.of(batch.through(mask, row)))[0];
    return run.finish(mask, logits, reason, System.nanoTime());
  }

  private void report(ImageRun run, int row, TrainingListener listener) {
    float[] logits = seen.logits()[row];
    listener.onImageStep(
        new ImageStep(
            run.image(),
            run.steps(),
            seen.invariance(row),
            seen.sparsity()[row],
            batch.search().stepLength(row, run),
            Logits.argmax(logits),
            Logits.probabilities(logits)[run.label()],
            run.quietSteps()));
    if (listener.wantsSnapshot(run.image(), run.steps())) {
      FourierMask mask = batch.mask(row);
      listener.onSnapshot(
          new MaskSnapshot(run.image(), run.steps(), mask, batch.through(mask, row)));
    }
  }

  /**
   * Ends every image where it is.
   *
   * @param results takes the masks, by the image's number
   */
  void cancel(Map<Integer, ImageMask> results) {
    for (int row = 0; row < runs.size(); row++) {
      ImageRun run = runs.get(row);
      results.put(run.image(), finish(run, row, batch.mask(row), StopReason.CANCELLED));
    }
  }

  /** Puts all of this into a checkpoint. */
  void save(Map<String, String> state, Map<String, Tensor> tensors) {
    state.put(RUNS, Integer.toString(runs.size()));
    for (int row = 0; row < runs.size(); row++) {
      runs.get(row).save("run/" + row + "/", state, tensors, System.nanoTime());
    }
    batch.save(state, tensors);
  }

  /** Takes over what {@link #save} has put there; only once, at the start. */
  void restore(Checkpoint from) {
    int rows = Math.toIntExact(from.number(RUNS));
    for (int row = 0; row < rows; row++) {
      runs.add(ImageRun.restore("run/" + row + "/", from, settings, System.nanoTime()));
    }
    batch.restore(from, rows);
  }

  @Override
  public void close() {
    batch.close();
  }
}
