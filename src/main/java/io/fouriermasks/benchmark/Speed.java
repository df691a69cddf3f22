package io.fouriermasks.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.GradientLease;
import io.fouriermasks.training.ImageMaskSettings;
import io.fouriermasks.training.ImageMaskTrainer;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast the masks of so many images take their steps together.
 *
 * @param architecture short name, such as {@code resnet}
 * @param preset of the training
 * @param batch images in training at once
 * @param secondsAStep median over the steps, for all images together
 * @param secondsOfNetwork the same of the network's pass and its gradient alone, on the same images
 * @param outsideProducts share of a step in which libtorch computes neither a convolution nor a
 *     matrix product; null on a GPU
 * @param peakMemory most bytes that the process held, or null where nobody knows
 */
public record Speed(
    String architecture,
    String preset,
    int batch,
    double secondsAStep,
    double secondsOfNetwork,
    Double outsideProducts,
    Long peakMemory) {

  private static final int WARM_UP = 10;

  /** What one image's step costs. */
  public double secondsAnImageStep() {
    return secondsAStep / batch;
  }

  /** Steps of an image in a second. */
  public double imageStepsASecond() {
    return batch / secondsAStep;
  }

  /** Share of a step that is not the network's: masks, transforms, objective, Adam, reading. */
  public double outsideNetwork() {
    return Math.max(0, 1 - secondsOfNetwork / secondsAStep);
  }

  /**
   * Measures. Takes {@code steps} steps after some to warm up, twice.
   *
   * @param images normalised, size x size each; are taken in turn until there are {@code batch}
   */
  public static Speed measure(
      FrozenNetwork network,
      ImageMaskSettings settings,
      List<float[]> images,
      int batch,
      int steps) {
    List<float[]> taken = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      taken.add(images.get(i % images.size()));
    }
    ResidentMemory.forgetPeak();
    StepClock clock = new StepClock(WARM_UP, steps, System::nanoTime);
    new ImageMaskTrainer(network, endless(settings), batch).train(taken, clock);
    Long peak = ResidentMemory.peak().isPresent() ? ResidentMemory.peak().getAsLong() : null;
    double ofNetwork = network(network, taken, steps);
    return new Speed(
        network.card().architecture().cliName(),
        settings.preset(),
        batch,
        clock.median(),
        ofNetwork,
        network.device().isGpu()
            ? null
            : KernelShare.outside(network, endless(settings), taken, steps),
        peak);
  }

  /** The same without an end: the stopping rule would make room for fewer images. */
  private static ImageMaskSettings endless(ImageMaskSettings settings) {
    return new ImageMaskSettings(
        settings.preset(),
        settings.maxLearningRate(),
        settings.scheduleSteps(),
        settings.warmUp(),
        settings.decay(),
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        settings.invarianceTolerance(),
        settings.sparsityTolerance());
  }

  /** Forward and backward through the network with respect to its input, nothing else. */
  private static double network(FrozenNetwork network, List<float[]> images, int steps) {
    StepClock clock = new StepClock(WARM_UP, steps, System::nanoTime);
    try (NDManager manager = network.newManager()) {
      NDArray pixels = network.batch(manager, images);
      while (!clock.isCancelled()) {
        try (NDManager scratch = manager.newSubManager();
            GradientLease lease = GradientLease.acquire()) {
          NDArray leaf = pixels.duplicate();
          leaf.attach(scratch);
          leaf.setRequiresGradient(true);
          lease.backward(network.logits(leaf).logSoftmax(1).get(":, 0").sum());
          NDArray gradient = leaf.getGradient();
          gradient.attach(scratch);
          gradient.sum().toFloatArray(); // a GPU is waited for
        }
      }
    }
    return clock.median();
  }
}
