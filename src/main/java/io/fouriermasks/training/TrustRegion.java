package io.fouriermasks.training;

import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The search for one image's mask by linear models in a trust region (sequential linear
 * programming; Conn, Gould and Toint, Trust-Region Methods, 2000). The objective {@code exp(d^2) +
 * decay s} depends on the mask through two numbers: the loss difference {@code d}, which the
 * network makes, and the sparsity {@code s}, which is linear. So only {@code d} is replaced by its
 * tangent, and the narrow valley that {@code exp(d^2)} makes stays in the model: what is dear to
 * the network is kept just as far as the valley asks for, and everything else shrinks at full
 * speed.
 *
 * <p>A step moves every frequency by at most the radius and stays in [0, 1]. It is taken if the
 * objective is below the largest of the last few steps' (Grippo, Lampariello and Lucidi 1986: a
 * search that may never climb gets stuck at the kinks of a rectifier network); else the radius is
 * halved. The result is the best mask that was met and keeps the prediction; the way there may lead
 * where it does not. On the heap: one float a frequency costs nothing beside a pass through the
 * network.
 */
final class TrustRegion {

  /** Parts of the predicted decrease from which a step was good, or poor. */
  private static final double GOOD = 0.5;

  private static final double POOR = 0.1;

  /** Factors of the radius after a good, a poor and a refused step. */
  private static final double GROW = 1.5;

  private static final double EASE = 0.7;
  private static final double SHRINK = 0.5;

  /** Halvings of the interval in which the multiplier is sought. */
  private static final int HALVINGS = 24;

  private final TrustRegionSettings settings;
  private final float[] shares;
  private final float[] meanGradient;
  private final double[] lately;
  private float[] centre;
  private float[] gradient;
  private float[] trial;
  private float[] best;
  private float[] bestLogits = {};
  private double difference = Double.NaN;
  private double excess = Double.NaN;
  private double bestDifference = Double.NaN;
  private double bestExcess = Double.NaN;
  private double predicted;
  private double radius;
  private double reference = Double.POSITIVE_INFINITY;
  private boolean progressed;

  /** Stands at a mask of 1, which is also the first trial. */
  TrustRegion(TrustRegionSettings settings, int size) {
    this.settings = settings;
    int columns = FourierMask.columns(size);
    this.shares = new float[size * columns];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = FourierMask.multiplicity(size, i % columns) / (float) (size * size);
    }
    this.centre = new float[shares.length];
    Arrays.fill(centre, 1f);
    this.trial = centre;
    this.best = centre;
    this.gradient = new float[shares.length];
    this.meanGradient = new float[shares.length];
    this.lately = new double[settings.tolerance()];
    this.radius = settings.maxRadius();
  }

  /** The best mask so far, a half plane; not to be changed. */
  float[] best() {
    return best;
  }

  /** The mask that the next pass is to see, a half plane; not to be changed. */
  float[] trial() {
    return trial;
  }

  /** Logits of the image through the {@link #best} mask. */
  float[] bestLogits() {
    return bestLogits;
  }

  /** Loss difference at the {@link #best} mask. */
  double bestDifference() {
    return bestDifference;
  }

  /** Sparsity of the {@link #best} mask. */
  double bestSparsity() {
    return sparsity(best);
  }

  /** The objective at the {@link #best} mask less 1, its value where nothing is lost or left. */
  double bestExcess() {
    return bestExcess;
  }

  /** Largest change of a frequency in the next step. */
  double radius() {
    return radius;
  }

  /** Whether the last observation has lowered the objective by as much as counts. */
  boolean hasProgressed() {
    return progressed;
  }

  /** Whether steps have become too small to matter. */
  boolean isExhausted() {
    return radius < settings.minRadius();
  }

  /**
   * Goes on to the {@link #trial} or stays, and chooses the next trial.
   *
   * @param found loss difference at the trial
   * @param foundLogits logits there
   * @param isKept whether the prediction there is the label
   * @param foundGradient of the loss difference there; kept, not copied
   */
  void observe(double found, float[] foundLogits, boolean isKept, float[] foundGradient) {
    double foundExcess = excess(found, sparsity(trial));
    if (Double.isNaN(excess)) {
      System.arraycopy(foundGradient, 0, meanGradient, 0, meanGradient.length);
      Arrays.fill(lately, foundExcess);
      // everything is left: the label is what is predicted here, up to rounding
      accept(found, foundExcess, foundLogits, true, foundGradient);
    } else if (foundExcess < Arrays.stream(lately).max().orElseThrow()) {
      learn(foundGradient);
      resize((excess - foundExcess) / predicted);
      accept(found, foundExcess, foundLogits, isKept, foundGradient);
    } else {
      if (Double.isFinite(foundExcess)) {
        learn(foundGradient);
      }
      radius *= SHRINK;
    }
    progressed = bestExcess < (1 - settings.progress()) * reference;
    if (progressed) {
      reference = bestExcess;
    }
    propose();
  }

  private void accept(
      double found,
      double foundExcess,
      float[] foundLogits,
      boolean isKept,
      float[] foundGradient) {
    centre = trial;
    gradient = foundGradient;
    difference = found;
    excess = foundExcess;
    System.arraycopy(lately, 1, lately, 0, lately.length - 1);
    lately[lately.length - 1] = foundExcess;
    if (isKept && !(foundExcess >= bestExcess)) {
      best = centre;
      bestLogits = foundLogits;
      bestDifference = found;
      bestExcess = foundExcess;
    }
  }

  private void learn(float[] found) {
    float memory = (float) settings.memory();
    for (int i = 0; i < found.length; i++) {
      meanGradient[i] = memory * meanGradient[i] + (1 - memory) * found[i];
    }
  }

  private void resize(double ratio) {
    if (ratio > GOOD) {
      radius = Math.min(settings.maxRadius(), GROW * radius);
    } else if (ratio < POOR) {
      radius *= EASE;
    }
  }

  /**
   * The trial minimises {@code exp((d + g p)^2) + decay s(p)} over the steps {@code p} of the
   * region. At its minimum each frequency follows {@code l g + decay s'}, where the multiplier
   * {@code l} is the slope of {@code exp(d^2)} at the difference that the whole step leads to: one
   * equation for one number. The slope falls as the multiplier grows, so they meet once.
   */
  private void propose() {
    float[] costs = costs();
    float[] next = new float[centre.length];
    double low = -1;
    while (slope(step(low, costs, next)) < low) {
      low *= 4;
    }
    double high = 1;
    while (slope(step(high, costs, next)) > high) {
      high *= 4;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (slope(step(middle, costs, next)) > middle) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double after = step((low + high) / 2, costs, next);
    predicted = excess - excess(after, sparsity(next));
    trial = next;
  }

  /** What a frequency costs in loss for what it costs in sparsity. */
  private float[] costs() {
    float[] costs = new float[meanGradient.length];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = meanGradient[i] / (float) (settings.decay() * shares[i]);
    }
    return costs;
  }

  /** Of {@code exp(d^2)}, by {@code d}. */
  private static double slope(double lossDifference) {
    double exponent = lossDifference * lossDifference;
    return 2 * lossDifference * Math.exp(Math.min(exponent, MaskObjective.MAX_EXPONENT));
  }

  /**
   * The step for a multiplier: down at full speed where the loss does not mind, the slower the
   * nearer loss and sparsity are to their balance, and upwards beyond it.
   *
   * @param next takes the mask after the step
   * @return loss difference after the step by its tangent
   */
  private double step(double multiplier, float[] costs, float[] next) {
    float factor = (float) multiplier;
    float most = (float) radius;
    double after = difference;
    for (int i = 0; i < next.length; i++) {
      float balance = Math.max(-1f, Math.min(1f, 1 + factor * costs[i]));
      next[i] = Math.max(0f, Math.min(1f, centre[i] - most * balance));
      after += gradient[i] * (next[i] - centre[i]);
    }
    return after;
  }

  private double sparsity(float[] mask) {
    double sum = 0;
    for (int i = 0; i < mask.length; i++) {
      sum += shares[i] * (double) mask[i];
    }
    return sum;
  }

  /** The objective less 1, which leaves small values their digits. */
  private double excess(double lossDifference, double sparsity) {
    double exponent = lossDifference * lossDifference;
    double bounded = Math.min(exponent, MaskObjective.MAX_EXPONENT);
    return Math.expm1(bounded)
        + Math.exp(bounded) * (exponent - bounded)
        + settings.decay() * sparsity;
  }

  /** Puts all of this into a checkpoint, under names that begin with the prefix. */
  void save(String prefix, Map<String, String> state, Map<String, Tensor> tensors) {
    state.put(prefix + "difference", Double.toString(difference));
    state.put(prefix + "excess", Double.toString(excess));
    state.put(prefix + "bestDifference", Double.toString(bestDifference));
    state.put(prefix + "bestExcess", Double.toString(bestExcess));
    state.put(prefix + "predicted", Double.toString(predicted));
    state.put(prefix + "radius", Double.toString(radius));
    state.put(prefix + "reference", Double.toString(reference));
    state.put(
        prefix + "lately",
        Arrays.stream(lately).mapToObj(Double::toString).collect(Collectors.joining(" ")));
    tensors.put(prefix + "centre", Tensor.of(centre));
    tensors.put(prefix + "gradient", Tensor.of(gradient));
    tensors.put(prefix + "meanGradient", Tensor.of(meanGradient.clone()));
    tensors.put(prefix + "trial", Tensor.of(trial));
    tensors.put(prefix + "best", Tensor.of(best));
    tensors.put(prefix + "bestLogits", Tensor.of(bestLogits));
  }

  /** What {@link #save} has put there. */
  static TrustRegion restore(
      String prefix, Checkpoint from, TrustRegionSettings settings, int size) {
    TrustRegion region = new TrustRegion(settings, size);
    region.difference = from.real(prefix + "difference");
    region.excess = from.real(prefix + "excess");
    region.bestDifference = from.real(prefix + "bestDifference");
    region.bestExcess = from.real(prefix + "bestExcess");
    region.predicted = from.real(prefix + "predicted");
    region.radius = from.real(prefix + "radius");
    region.reference = from.real(prefix + "reference");
    String[] lately = from.text(prefix + "lately").split(" ", -1);
    Arrays.setAll(region.lately, i -> Double.parseDouble(lately[i]));
    float[] mean = from.tensor(prefix + "meanGradient").values();
    System.arraycopy(mean, 0, region.meanGradient, 0, mean.length);
    region.centre = from.tensor(prefix + "centre").values();
    region.gradient = from.tensor(prefix + "gradient").values();
    region.trial = from.tensor(prefix + "trial").values();
    region.best = from.tensor(prefix + "best").values();
    region.bestLogits = from.tensor(prefix + "bestLogits").values();
    return region;
  }
}
