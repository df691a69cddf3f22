package io.fouriermasks.analysis;

import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.spectrum.FourierMask;
import java.util.List;

/**
 * Does a classifier depend on frequencies in the order of a mask's values? Measured by insertion
 * and deletion, as saliency maps of pixels are (Petsiuk et al. 2018, arXiv 1806.07421): the first
 * frequencies of an order are added to nothing, or removed from the whole image, and the score is
 * followed. A frequency and its conjugate move together. The better the order, the earlier the
 * score rises in insertion and falls in deletion.
 *
 * @param images number of images
 * @param score what the curves follow
 * @param fractions share of the frequencies added or removed, from 0 to 1. They grow quadratically,
 *     because most of an image's energy lies in few frequencies
 * @param curves one for each {@link Order}, in its order
 */
@SuppressWarnings("ArrayRecordComponent") // plotted, never compared
public record Faithfulness(int images, Score score, double[] fractions, List<Curves> curves) {

  /** An order of the frequencies. Equal values always follow each other in a random order. */
  public enum Order {
    /** From the mask's largest value to its smallest. */
    MASK,
    /** The mean of several random orders: what random masks of the same sparsity give. */
    RANDOM,
    /** From the image's own largest amplitude to its smallest, image by image. */
    AMPLITUDE,
    /** By distance from the zero frequency. */
    LOW_TO_HIGH
  }

  /** What is averaged over the images. */
  public enum Score {
    /** 1 if the label is predicted, else 0. For sets of images. */
    ACCURACY {
      @Override
      double of(float[] logits, int label) {
        return Logits.argmax(logits) == label ? 1 : 0;
      }
    },
    /** Softmax probability of the label. For single images. */
    PROBABILITY {
      @Override
      double of(float[] logits, int label) {
        return Logits.probabilities(logits)[label];
      }
    };

    abstract double of(float[] logits, int label);
  }

  /**
   * The curves of one order.
   *
   * @param order which one
   * @param insertion score with only the first frequencies, at each fraction
   * @param deletion score without the first frequencies, at each fraction
   * @param insertionArea area under the insertion curve by the trapezoid, in [0, 1]
   * @param deletionArea area under the deletion curve by the trapezoid, in [0, 1]
   */
  public record Curves(
      Order order,
      double[] insertion,
      double[] deletion,
      double insertionArea,
      double deletionArea) {}

  /**
   * How it is measured. One order costs {@code 2 points} passes an image, and there are {@code 3 +
   * randomOrders}.
   *
   * @param score what the curves follow
   * @param points of each curve, at least 2
   * @param randomOrders how many are averaged, at least 1
   * @param seed of the random orders, those of equal values included
   */
  public record Settings(Score score, int points, int randomOrders, long seed) {

    /** 33 points, 5 random orders, seed 42: 528 passes an image. */
    public static Settings of(Score score) {
      return new Settings(score, 33, 5, 42);
    }

    /**
     * @throws IllegalArgumentException if there are too few points or random orders
     */
    public Settings {
      if (points < 2 || randomOrders < 1) {
        throw new IllegalArgumentException(
            "A curve needs at least 2 points and 1 random order, not %d and %d"
                .formatted(points, randomOrders));
      }
    }
  }

  public Faithfulness {
    curves = List.copyOf(curves);
  }

  /**
   * The mask's number, in [-1, 1], larger is better: the area between the mask's curves and the
   * mean random ones, {@code ((insertion_mask - insertion_random) + (deletion_random -
   * deletion_mask)) / 2}. About 0 for a mask that knows nothing, such as one of ones.
   */
  public double value() {
    return advantage(Order.MASK);
  }

  /** The same number for another order; what a mask must beat to say more than that order does. */
  public double advantage(Order order) {
    Curves own = curves(order);
    Curves random = curves(Order.RANDOM);
    return (own.insertionArea - random.insertionArea + random.deletionArea - own.deletionArea) / 2;
  }

  /** The curves of an order. */
  public Curves curves(Order order) {
    return curves.stream().filter(c -> c.order() == order).findFirst().orElseThrow();
  }

  /**
   * Measures it. Blocks: 33 points and 5 random orders take 528 passes an image.
   *
   * @param mask of a whole model or class with many images, of a single image with that image alone
   * @param images labelled batches of normalised images, walked once
   * @param listener counts images
   * @throws java.util.concurrent.CancellationException if the listener cancels
   * @throws IllegalArgumentException if the mask or a batch does not fit the network, or there is
   *     no image
   */
  public static Faithfulness measure(
      FrozenNetwork network,
      FourierMask mask,
      Iterable<Batch> images,
      Settings settings,
      AnalysisListener listener) {
    FaithfulnessCurves curves = new FaithfulnessCurves(network, mask, settings, listener);
    images.forEach(curves::add);
    return curves.result();
  }
}
