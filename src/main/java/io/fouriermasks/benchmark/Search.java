package io.fouriermasks.benchmark;

import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.ImageMaskTrainer;
import io.fouriermasks.training.SearchSettings;
import io.fouriermasks.training.TrainingListener;
import java.util.List;

/**
 * How long the masks of some images take until the stopping rule holds for each, and how good they
 * are.
 *
 * @param architecture short name, such as {@code resnet}
 * @param preset of the training
 * @param images how many there are
 * @param atOnce how many of them are in training at the same time
 * @param seconds for all of them
 * @param imageSteps steps, added over the images
 * @param objectives of each image at its end, in their order: {@code exp(d^2) + decay * sparsity}
 * @param kept how many of the predictions are the same through the mask
 * @param peakMemory most bytes that the process held, or null where nobody knows
 */
public record Search(
    String architecture,
    String preset,
    int images,
    int atOnce,
    double seconds,
    long imageSteps,
    List<Double> objectives,
    int kept,
    Long peakMemory) {

  public Search {
    objectives = List.copyOf(objectives);
  }

  /** Images that are finished in an hour at this speed. */
  public double imagesAnHour() {
    return images * 3600 / seconds;
  }

  /**
   * Trains the masks of all images.
   *
   * @param images normalised, size x size each
   */
  public static Search measure(
      FrozenNetwork network,
      SearchSettings settings,
      List<float[]> images,
      int atOnce,
      TrainingListener listener) {
    ResidentMemory.forgetPeak();
    long begin = System.nanoTime();
    List<ImageMask> masks = new ImageMaskTrainer(network, settings, atOnce).train(images, listener);
    double seconds = (System.nanoTime() - begin) * 1e-9;
    return new Search(
        network.card().architecture().cliName(),
        settings.preset(),
        images.size(),
        atOnce,
        seconds,
        masks.stream().mapToLong(ImageMask::steps).sum(),
        masks.stream().map(mask -> objective(mask, settings.decay())).toList(),
        (int) masks.stream().filter(ImageMask::predictionKept).count(),
        ResidentMemory.peak().isPresent() ? ResidentMemory.peak().getAsLong() : null);
  }

  private static double objective(ImageMask mask, double decay) {
    double difference = Logits.crossEntropy(mask.maskedLogits(), mask.label()) - mask.cleanLoss();
    return Math.exp(difference * difference) + decay * mask.mask().sparsity();
  }
}
