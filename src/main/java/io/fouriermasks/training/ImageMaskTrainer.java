package io.fouriermasks.training;

import io.fouriermasks.network.Fingerprint;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Scanner;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains the masks of single images, many at once. The images are independent: each has its own
 * label, clean loss, schedule, step count and stopping rule, and an image that is done makes room
 * for the next one. The objective of an image {@code x} with label {@code y} is {@code
 * exp((CE(f(x_M), y) - CE(f(x), y))^2) + decay / ||M_0||_1 ||M||_1} (arXiv 2203.08822); the label
 * is what the network predicts for the image without mask.
 */
public final class ImageMaskTrainer {

  /**
   * Masks trained at once on a CPU, which more do not make faster (docs/benchmarks.md), and the
   * least on a GPU, which is measured. On a CPU nothing is measured: another number rounds
   * otherwise, and a training that is repeated there gives the same bits.
   */
  public static final int DEFAULT_AT_ONCE = 16;

  private static final String AT_ONCE = "atOnce";

  private final FrozenNetwork network;
  private final SearchSettings settings;
  private final OptionalInt wanted;
  private final PassSize passes;

  /** Trains as many masks at once as is best for the device. */
  public ImageMaskTrainer(FrozenNetwork network, SearchSettings settings) {
    this(network, settings, OptionalInt.empty(), new PassSize());
  }

  /**
   * Trains up to {@code atOnce} masks at once; the result does not depend on it beyond rounding.
   */
  public ImageMaskTrainer(FrozenNetwork network, SearchSettings settings, int atOnce) {
    this(network, settings, atOnce, new PassSize());
  }

  ImageMaskTrainer(FrozenNetwork network, SearchSettings settings, int atOnce, PassSize passes) {
    this(network, settings, OptionalInt.of(atOnce), passes);
    if (atOnce < 1) {
      throw new IllegalArgumentException(
          "At least one mask must be trained at once, not " + atOnce);
    }
  }

  private ImageMaskTrainer(
      FrozenNetwork network, SearchSettings settings, OptionalInt wanted, PassSize passes) {
    this.network = network;
    this.settings = settings;
    this.wanted = wanted;
    this.passes = passes;
  }

  /**
   * Trains one mask for each image and returns them in the order of the images. Blocks until all
   * are done. After a cancellation the masks are those reached by then; images that had not begun
   * have masks of 1 and no steps.
   *
   * @param images normalised, size x size each, row-major
   */
  public List<ImageMask> train(List<float[]> images, TrainingListener listener) {
    return List.copyOf(train(images, Set.of(), Checkpoint.NONE, listener).values());
  }

  /**
   * What is trained on what, as text: a checkpoint continues only the training whose text is equal.
   */
  public String specification(List<float[]> images) {
    Fingerprint fingerprint = new Fingerprint();
    images.forEach(fingerprint::add);
    return "image masks %s, %s at once, network %s %s %s, %d images %s"
        .formatted(
            settings,
            isMeasured() ? "the best number" : wanted.orElse(DEFAULT_AT_ONCE),
            network.card().architecture().cliName(),
            network.card().augmentation(),
            network.fingerprint(),
            images.size(),
            fingerprint.hex());
  }

  /**
   * Trains a mask for each image that is not done, or goes on from a checkpoint of the same
   * training, which knows itself what was done. Images that finish together share a pass, and so do
   * those of a continued training: its masks are the undisturbed ones' bit for bit.
   *
   * @param images all images, normalised, size x size each, row-major
   * @param done numbers of images whose masks are not needed
   * @param from where to go on, {@link Checkpoint#NONE} to begin
   * @return by the image's number, the masks that were finished or, by a cancellation, left
   */
  public SortedMap<Integer, ImageMask> train(
      List<float[]> images, Set<Integer> done, Checkpoint from, TrainingListener listener) {
    String specification = specification(images);
    SortedMap<Integer, ImageMask> results = new TreeMap<>();
    Deque<Integer> waiting = new ArrayDeque<>();
    List<ImageRun> runs = new ArrayList<>();
    long steps = from.steps();
    int atOnce = atOnce(images, images.size() - done.size(), from);
    listener.onAtOnce(atOnce);
    try (MaskBatch batch = new MaskBatch(network, settings, passes)) {
      if (from.isNone()) {
        IntStream.range(0, images.size()).filter(i -> !done.contains(i)).forEach(waiting::add);
      } else {
        restore(from, batch, runs, waiting);
      }
      while (!waiting.isEmpty() || !runs.isEmpty()) {
        boolean cancelled = listener.isCancelled();
        if (listener.wantsCheckpoint()) {
          listener.onCheckpoint(checkpoint(specification, steps, atOnce, batch, runs, waiting));
        }
        if (cancelled) {
          break;
        }
        admit(images, atOnce, batch, runs, waiting);
        step(batch, runs, results, listener);
        steps++;
      }
      for (int row = 0; row < runs.size(); row++) {
        results.put(
            runs.get(row).image(),
            finish(batch, runs.get(row), row, batch.mask(row), StopReason.CANCELLED));
      }
    }
    for (int image : waiting) {
      results.put(image, untouched(image, images.get(image)));
    }
    return results;
  }

  private boolean isMeasured() {
    return wanted.isEmpty() && network.device().isGpu();
  }

  /** A training that goes on keeps its number. */
  private int atOnce(List<float[]> images, int waiting, Checkpoint from) {
    if (from.state().containsKey(AT_ONCE)) {
      return Math.toIntExact(from.number(AT_ONCE));
    }
    return isMeasured() && waiting > 0
        ? BatchTrial.of(network, images.get(0)).choose(DEFAULT_AT_ONCE, waiting)
        : wanted.orElse(DEFAULT_AT_ONCE);
  }

  private void admit(
      List<float[]> images,
      int atOnce,
      MaskBatch batch,
      List<ImageRun> runs,
      Deque<Integer> waiting) {
    List<Integer> next = new ArrayList<>();
    while (runs.size() + next.size() < atOnce && !waiting.isEmpty()) {
      next.add(waiting.remove());
    }
    if (!next.isEmpty()) {
      List<MaskBatch.Clean> cleans = batch.admit(next.stream().map(images::get).toList());
      for (int i = 0; i < next.size(); i++) {
        runs.add(new ImageRun(next.get(i), settings, cleans.get(i), System.nanoTime()));
      }
    }
  }

  private static Checkpoint checkpoint(
      String specification,
      long steps,
      int atOnce,
      MaskBatch batch,
      List<ImageRun> runs,
      Deque<Integer> waiting) {
    Map<String, String> state = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    state.put(Checkpoint.STEPS, Long.toString(steps));
    state.put(AT_ONCE, Integer.toString(atOnce));
    state.put("runs", Integer.toString(runs.size()));
    state.put("waiting", waiting.stream().map(image -> image + " ").collect(Collectors.joining()));
    for (int row = 0; row < runs.size(); row++) {
      runs.get(row).save("run/" + row + "/", state, tensors, System.nanoTime());
    }
    batch.save(state, tensors);
    return new Checkpoint(specification, state, tensors);
  }

  private void restore(
      Checkpoint from, MaskBatch batch, List<ImageRun> runs, Deque<Integer> waiting) {
    int rows = Math.toIntExact(from.number("runs"));
    for (int row = 0; row < rows; row++) {
      runs.add(ImageRun.restore("run/" + row + "/", from, settings, System.nanoTime()));
    }
    batch.restore(from, rows);
    new Scanner(from.text("waiting"))
        .forEachRemaining(image -> waiting.add(Integer.valueOf(image)));
  }

  /** An image whose training a cancellation kept from beginning. */
  private ImageMask untouched(int image, float[] pixels) {
    float[] logits = network.logits(List.of(pixels))[0];
    int label = Logits.argmax(logits);
    MaskBatch.Clean clean =
        new MaskBatch.Clean(logits, label, (float) Logits.crossEntropy(logits, label));
    long now = System.nanoTime();
    return new ImageRun(image, settings, clean, now)
        .finish(FourierMask.ones(network.card().size()), logits, StopReason.CANCELLED, now);
  }

  /**
   * Takes a step with every mask. The pass that computes the gradient also tells what is predicted
   * through the mask that the step before led to, so that step's stopping rule is judged now; an
   * image that is done keeps the mask that was judged.
   */
  private void step(
      MaskBatch batch,
      List<ImageRun> runs,
      Map<Integer, ImageMask> results,
      TrainingListener listener) {
    MaskBatch.Observation seen = batch.step(runs);
    int[] staying = new int[runs.size()];
    List<ImageRun> stayingRuns = new ArrayList<>();
    for (int row = 0; row < runs.size(); row++) {
      ImageRun run = runs.get(row);
      batch.search().judge(row, run, Logits.argmax(seen.logits()[row]));
      StopReason reason = reasonToStop(batch, run, seen, row);
      if (reason != null) {
        ImageMask result = finish(batch, run, row, batch.search().result(row, reason), reason);
        results.put(run.image(), result);
        listener.onImageFinished(run.image(), result);
        continue;
      }
      float invariance = seen.invariance(row);
      run.record(invariance, seen.sparsity()[row], invariance > MaskObjective.MAX_EXPONENT);
      staying[stayingRuns.size()] = row;
      stayingRuns.add(run);
      report(batch, run, row, seen, listener);
    }
    batch.retain(Arrays.copyOf(staying, stayingRuns.size()));
    runs.retainAll(stayingRuns);
  }

  private static StopReason reasonToStop(
      MaskBatch batch, ImageRun run, MaskBatch.Observation seen, int row) {
    if (!seen.isFinite(row)) {
      return StopReason.NON_FINITE;
    }
    if (batch.search().hasConverged(row, run)) {
      return StopReason.CONVERGED;
    }
    return run.isAtStepLimit() ? StopReason.STEP_LIMIT : null;
  }

  private ImageMask finish(
      MaskBatch batch, ImageRun run, int row, FourierMask mask, StopReason reason) {
    float[] logits = network.logits(List.of(batch.through(mask, row)))[0];
    return run.finish(mask, logits, reason, System.nanoTime());
  }

  private void report(
      MaskBatch batch,
      ImageRun run,
      int row,
      MaskBatch.Observation seen,
      TrainingListener listener) {
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
}
