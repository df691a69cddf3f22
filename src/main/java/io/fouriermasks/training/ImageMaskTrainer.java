package io.fouriermasks.training;

import io.fouriermasks.network.Fingerprint;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private static final String WAITING = "waiting";

  private final FrozenNetwork network;
  private final SearchSettings settings;
  private final OptionalInt wanted;
  private final PassSize passes;
  private final boolean onCallingThread;

  /** Trains as many masks at once as is best for the device. */
  public ImageMaskTrainer(FrozenNetwork network, SearchSettings settings) {
    this(network, settings, OptionalInt.empty(), new PassSize(), false);
  }

  /**
   * Trains up to {@code atOnce} masks at once; the result does not depend on it beyond rounding.
   */
  public ImageMaskTrainer(FrozenNetwork network, SearchSettings settings, int atOnce) {
    this(network, settings, atOnce, new PassSize());
  }

  ImageMaskTrainer(FrozenNetwork network, SearchSettings settings, int atOnce, PassSize passes) {
    this(network, settings, OptionalInt.of(atOnce), passes, false);
    if (atOnce < 1) {
      throw new IllegalArgumentException(
          "At least one mask must be trained at once, not " + atOnce);
    }
  }

  private ImageMaskTrainer(
      FrozenNetwork network,
      SearchSettings settings,
      OptionalInt wanted,
      PassSize passes,
      boolean onCallingThread) {
    this.network = network;
    this.settings = settings;
    this.wanted = wanted;
    this.passes = passes;
    this.onCallingThread = onCallingThread;
  }

  /**
   * The same with all passes through the network on the thread that calls {@link #train}, each
   * operation with all processors. It is slower for light networks; for a profiler that sees only
   * its own thread.
   */
  public ImageMaskTrainer onCallingThread() {
    return new ImageMaskTrainer(network, settings, wanted, passes, true);
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
    long steps = from.steps();
    int unfinished = images.size() - done.size();
    int atOnce = atOnce(images, unfinished, from);
    listener.onAtOnce(atOnce);
    try (MaskLanes lanes = lanes(Math.min(atOnce, unfinished), from)) {
      if (from.isNone()) {
        IntStream.range(0, images.size()).filter(i -> !done.contains(i)).forEach(waiting::add);
      } else {
        lanes.restore(from);
        new Scanner(from.text(WAITING))
            .forEachRemaining(image -> waiting.add(Integer.valueOf(image)));
      }
      while (!waiting.isEmpty() || lanes.size() > 0) {
        boolean cancelled = listener.isCancelled();
        if (listener.wantsCheckpoint()) {
          listener.onCheckpoint(checkpoint(specification, steps, atOnce, lanes, waiting));
        }
        if (cancelled) {
          break;
        }
        lanes.admit(next(waiting, atOnce - lanes.size()), images);
        lanes.step(results, listener);
        steps++;
      }
      lanes.cancel(results);
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

  private MaskLanes lanes(int inTraining, Checkpoint from) {
    if (onCallingThread) {
      return MaskLanes.onCallingThread(network, settings, passes);
    }
    int number = from.isNone() ? MaskLanes.number(network, inTraining) : MaskLanes.number(from);
    return MaskLanes.of(network, settings, passes, number);
  }

  private static List<Integer> next(Deque<Integer> waiting, int most) {
    List<Integer> next = new ArrayList<>();
    while (next.size() < most && !waiting.isEmpty()) {
      next.add(waiting.remove());
    }
    return next;
  }

  private static Checkpoint checkpoint(
      String specification, long steps, int atOnce, MaskLanes lanes, Deque<Integer> waiting) {
    Map<String, String> state = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    state.put(Checkpoint.STEPS, Long.toString(steps));
    state.put(AT_ONCE, Integer.toString(atOnce));
    state.put(WAITING, waiting.stream().map(image -> image + " ").collect(Collectors.joining()));
    lanes.save(state, tensors);
    return new Checkpoint(specification, state, tensors);
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
}
