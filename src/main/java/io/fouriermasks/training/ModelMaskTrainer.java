package io.fouriermasks.training;

import ai.djl.ndarray.NDManager;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Trains one mask for all images of a set: a whole-model mask over every image of the evaluation
 * split, a class mask over those of one class. The objective of an image is {@code exp((CE(f(x_M),
 * y) - CE(f(x), y))^2)}, plus {@code decay / ||M_0||_1 ||M||_1}, with the true label {@code y}
 * (arXiv 2203.08822).
 *
 * <p>After each epoch the accuracy through the mask is measured. The result is the mask of the last
 * epoch in which it was at least {@link ModelMaskSettings#accuracyRatio} of the accuracy without.
 */
public final class ModelMaskTrainer {

  /** On a GPU every read of a value waits for the device, so the values of some steps share one. */
  private static final int STEPS_A_READ_ON_GPU = 16;

  private final FrozenNetwork network;
  private final ModelMaskSettings settings;
  private final Order order;
  private final int stepsARead;
  private final PassSize passes;

  /** Shuffles the images by the seed of the settings. */
  public ModelMaskTrainer(FrozenNetwork network, ModelMaskSettings settings) {
    this(network, settings, Order.shuffled(settings.seed()));
  }

  /** Visits the images in the given order. */
  public ModelMaskTrainer(FrozenNetwork network, ModelMaskSettings settings, Order order) {
    this(network, settings, order, network.device().isGpu() ? STEPS_A_READ_ON_GPU : 1);
  }

  ModelMaskTrainer(FrozenNetwork network, ModelMaskSettings settings, Order order, int stepsARead) {
    this(network, settings, order, stepsARead, new PassSize());
  }

  ModelMaskTrainer(
      FrozenNetwork network,
      ModelMaskSettings settings,
      Order order,
      int stepsARead,
      PassSize passes) {
    this.passes = passes;
    this.network = network;
    this.settings = settings;
    this.order = order;
    this.stepsARead = stepsARead;
  }

  /**
   * What is trained, as text: settings, order and SHA-256 of weights and images. A checkpoint
   * continues only the training that has the very same.
   */
  public String specification(MaskImages images) {
    return "model-mask %s order=%s weights=%s images=%s"
        .formatted(settings, order, network.fingerprint(), images.fingerprint());
  }

  /**
   * Trains the mask. Blocks until it is done or cancelled; a cancelled training returns the mask
   * that it had reached.
   *
   * @param images all with their true labels
   * @param from where to go on; {@link Checkpoint#NONE} for the beginning. On a CPU the result is
   *     bit for bit that of a training that was never interrupted
   * @throws IllegalArgumentException if the checkpoint is of another training, or a label is no
   *     class of the network
   */
  public ModelMask train(MaskImages images, Checkpoint from, TrainingListener listener) {
    requireLabels(images);
    String specification = specification(images);
    if (!from.isNone() && !from.specification().equals(specification)) {
      throw new IllegalArgumentException(
          "The checkpoint is of another training: it says \"%s\", this is \"%s\""
              .formatted(from.specification(), specification));
    }
    try (ImageSpectra spectra = new ImageSpectra(network, images);
        SharedMask mask =
            from.isNone()
                ? SharedMask.ones(network, settings.decay(), passes)
                : SharedMask.of(network, settings.decay(), passes, from)) {
      return new Work(spectra, mask, from, specification, listener).run();
    }
  }

  private void requireLabels(MaskImages images) {
    int classes = network.card().classes().size();
    for (int i = 0; i < images.size(); i++) {
      Objects.checkIndex(images.label(i), classes);
    }
  }

  /** One training. */
  private final class Work {

    private final ImageSpectra images;
    private final SharedMask mask;
    private final ModelMaskRun run;
    private final String specification;
    private final TrainingListener listener;
    private final OneCycle schedule;
    private final double secondsBefore;
    private final long startNanos = System.nanoTime();
    private int[] indices;

    Work(
        ImageSpectra images,
        SharedMask mask,
        Checkpoint from,
        String specification,
        TrainingListener listener) {
      this.images = images;
      this.mask = mask;
      this.specification = specification;
      this.listener = listener;
      if (from.isNone()) {
        this.run = new ModelMaskRun(settings, images.size());
        this.secondsBefore = 0;
      } else {
        this.run = ModelMaskRun.of(settings, images.size(), network.card().size(), from);
        this.secondsBefore = from.real("seconds");
        images.restore(from.tensor("cleanLosses").values(), (int) from.number("right"));
      }
      this.schedule =
          new OneCycle(
              settings.maxLearningRate(),
              (long) settings.epochs() * images.size(),
              settings.warmUp());
      this.indices = order.indices(images.size(), run.epoch());
    }

    ModelMask run() {
      if (Double.isNaN(images.accuracy())
          && !images.measure(settings.batchSize(), listener::isCancelled)) {
        return cancelled();
      }
      while (true) {
        if (listener.isCancelled()) {
          return stop();
        }
        if (run.position() + mask.unread() < run.stepsAnEpoch()) {
          step();
        } else if (!readAll()) {
          return notFinite();
        } else {
          FourierMask reached = mask.mask();
          if (!Double.isFinite(reached.sparsity())) {
            return notFinite();
          }
          int right = images.rightThrough(mask.array(), listener::isCancelled);
          if (right < 0) {
            return stop();
          }
          closeEpoch(reached, (double) right / images.size());
          StopReason reason = run.reasonToStop();
          if (reason != null) {
            return run.finish(reached, images.accuracy(), reason, seconds());
          }
        }
        if (mask.unread() >= stepsARead && !readAll()) {
          return notFinite();
        }
        if (mask.unread() == 0 && listener.wantsMask(run.steps())) {
          listener.onMask(run.steps(), mask.mask());
        }
        if (listener.wantsCheckpoint() && !checkpoint()) {
          return notFinite();
        }
      }
    }

    private void step() {
      int ahead = mask.unread();
      mask.step(images, run.next(indices, ahead), schedule, run.imagesSeen(ahead));
    }

    /** Notes and reports what the device knows; false if something in it is not finite. */
    private boolean readAll() {
      for (SharedMask.Observation seen : mask.read()) {
        if (!seen.isFinite()) {
          return false;
        }
        run.record(seen);
        listener.onMaskStep(
            new MaskStep(
                run.steps(),
                settings.epochs() * run.stepsAnEpoch(),
                run.epoch(),
                seen.invariance().length,
                seen.meanInvariance(),
                seen.sparsity(),
                schedule.learningRate(run.imagesSeen(0) - 1)));
      }
      return true;
    }

    private void closeEpoch(FourierMask reached, double accuracy) {
      listener.onMaskEpoch(run.close(reached, accuracy, images.accuracy(), seconds()));
      indices = order.indices(images.size(), run.epoch());
    }

    /** False if something was not finite, so that there is nothing to go on from. */
    private boolean checkpoint() {
      if (!readAll()) {
        return false;
      }
      Map<String, String> state = new LinkedHashMap<>();
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      run.save(state, tensors);
      mask.save(tensors);
      tensors.put("cleanLosses", Tensor.of(images.cleanLosses()));
      state.put("right", Integer.toString(images.right()));
      state.put("seconds", Double.toString(seconds()));
      listener.onCheckpoint(new Checkpoint(specification, state, tensors));
      return true;
    }

    private ModelMask stop() {
      boolean finite = listener.wantsCheckpoint() ? checkpoint() : readAll();
      return finite ? cancelled() : notFinite();
    }

    private ModelMask cancelled() {
      return run.breakOff(
          mask.mask(), images.accuracy(), Double.NaN, StopReason.CANCELLED, seconds());
    }

    private ModelMask notFinite() {
      FourierMask last = mask.finiteMask();
      try (NDManager scratch = network.newManager()) {
        int right = images.rightThrough(HalfPlane.array(scratch, last), () -> false);
        return run.breakOff(
            last,
            images.accuracy(),
            (double) right / images.size(),
            StopReason.NON_FINITE,
            seconds());
      }
    }

    private double seconds() {
      return secondsBefore + (System.nanoTime() - startNanos) / 1e9;
    }
  }
}
