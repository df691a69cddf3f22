package io.fouriermasks.training;

import io.fouriermasks.network.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A descent of one image's mask by linear models in a trust region (sequential linear programming;
 * Conn, Gould and Toint, Trust-Region Methods, 2000). Only the loss difference is replaced by its
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

  /** After so many it looks again which frequencies may move. */
  private static final int HALVINGS_A_LOOK = 3;

  /** Of the first descent, which may use every frequency. */
  static final int NONE = -1;

  private final TrustRegionSettings settings;
  private final TrustRegionSettings.Descent descent;
  private final HalfPlaneObjective objective;
  private final int absent;
  private final float[] meanGradient;
  private final double[] lately;
  private float[] trial;
  private VisitedMask centre;
  private VisitedMask lowest;
  private VisitedMask best;
  private double predicted;
  private double radius;
  private double milestone = Double.POSITIVE_INFINITY;
  private int quietSteps;

  /**
   * @param start the first trial, a half plane
   * @param absent number of a frequency that is 0 at the start and stays so, or {@link #NONE}
   */
  TrustRegion(
      TrustRegionSettings settings, HalfPlaneObjective objective, float[] start, int absent) {
    this.settings = settings;
    this.descent = absent == NONE ? settings.first() : settings.later();
    this.objective = objective;
    this.absent = absent;
    this.trial = start;
    this.meanGradient = new float[objective.length()];
    this.lately = new double[settings.tolerance()];
    this.radius = descent.maxRadius();
  }

  /** The best mask so far that keeps the prediction, or null. */
  VisitedMask best() {
    return best;
  }

  /** The best mask so far, whether it keeps the prediction or not; null before the first pass. */
  VisitedMask lowest() {
    return lowest;
  }

  /** The mask that the next pass is to see, a half plane; not to be changed. */
  float[] trial() {
    return trial;
  }

  /** Largest change of a frequency in the next step. */
  double radius() {
    return radius;
  }

  /** Whether it makes no progress any more, or steps that are too small to matter. */
  boolean isOver() {
    return quietSteps >= descent.patience() || radius < settings.minRadius();
  }

  /**
   * Whether it would not get as low as this, had it some steps more that each did what the next one
   * promises.
   *
   * @param excess of an objective that another descent has reached
   */
  boolean isHopeless(double excess) {
    return lowest.excess() - settings.hope() * Math.max(0, predicted) > excess;
  }

  /**
   * Goes on to the {@link #trial} or stays, and chooses the next trial.
   *
   * @param difference of the losses at the trial
   * @param logits there
   * @param isKept whether the prediction there is the label
   * @param gradient of the loss difference there; kept, not copied
   */
  void observe(double difference, float[] logits, boolean isKept, float[] gradient) {
    double excess = objective.excess(difference, objective.sparsity(trial));
    VisitedMask found = new VisitedMask(trial, difference, excess, logits, gradient);
    if (centre == null) {
      System.arraycopy(gradient, 0, meanGradient, 0, meanGradient.length);
      Arrays.fill(lately, excess);
      accept(found, isKept);
    } else if (excess < Arrays.stream(lately).max().orElseThrow()) {
      learn(gradient);
      resize((centre.excess() - excess) / predicted);
      accept(found, isKept);
    } else {
      if (Double.isFinite(excess)) {
        learn(gradient);
      }
      radius *= SHRINK;
    }
    countQuiet();
    propose();
  }

  private void accept(VisitedMask found, boolean isKept) {
    centre = found;
    System.arraycopy(lately, 1, lately, 0, lately.length - 1);
    lately[lately.length - 1] = found.excess();
    if (found.isBelow(lowest)) {
      lowest = found;
    }
    if (isKept && found.isBelow(best)) {
      best = found;
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
      radius = Math.min(maxRadius(), GROW * radius);
    } else if (ratio < POOR) {
      radius *= EASE;
    }
  }

  /**
   * Small steps decide which frequencies stay; when few are left, larger ones find their values.
   */
  private double maxRadius() {
    boolean fewAreLeft = objective.sparsity(centre.mask()) < settings.sparse();
    return (fewAreLeft ? settings.later() : descent).maxRadius();
  }

  private void countQuiet() {
    if (lowest.excess() < (1 - descent.progress()) * milestone) {
      milestone = lowest.excess();
      quietSteps = 0;
    } else {
      quietSteps++;
    }
  }

  /**
   * The trial minimises {@code exp((d + g p)^2) + decay s(p)} over the steps {@code p} of the
   * region. At its minimum each frequency follows {@code l g + decay s'}, where the multiplier
   * {@code l} is the slope of {@code exp(d^2)} at the difference that the whole step leads to: one
   * equation for one number. The slope falls as the multiplier grows, so they meet once.
   */
  private void propose() {
    float[] costs = new float[meanGradient.length];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = objective.cost(i, meanGradient);
    }
    float[] next = new float[trial.length];
    int[] free = IntStream.range(0, next.length).toArray();
    double low = -1;
    while (slope(step(low, costs, free, next)) < low) {
      low *= 4;
    }
    double high = 1;
    while (slope(step(high, costs, free, next)) > high) {
      high *= 4;
    }
    for (int i = 0; i < HALVINGS; i++) {
      if (i % HALVINGS_A_LOOK == 0) {
        free = free(free, low, high, costs);
      }
      double middle = (low + high) / 2;
      if (slope(step(middle, costs, free, next)) > middle) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double after = step((low + high) / 2, costs, free, next);
    predicted = centre.excess() - objective.excess(after, objective.sparsity(next));
    trial = next;
  }

  /**
   * All of these but those that are 0 and stay so for every multiplier of the interval: what a
   * frequency does is linear in it, so both ends tell. Of a sparse mask little is left soon.
   */
  private int[] free(int[] cells, double low, double high, float[] costs) {
    float[] mask = centre.mask();
    return Arrays.stream(cells)
        .filter(i -> mask[i] > 0 || balance(low, costs[i]) < 0 || balance(high, costs[i]) < 0)
        .toArray();
  }

  private static double slope(double lossDifference) {
    return HalfPlaneObjective.slope(lossDifference);
  }

  /**
   * The step for a multiplier: down at full speed where the loss does not mind, the slower the
   * nearer loss and sparsity are to their balance, and upwards beyond it.
   *
   * @param cells the frequencies to look at; the others are to be 0 before and after it
   * @param next takes the mask after the step
   * @return loss difference after the step by its tangent
   */
  private double step(double multiplier, float[] costs, int[] cells, float[] next) {
    float most = (float) radius;
    float[] mask = centre.mask();
    float[] gradient = centre.gradient();
    double after = centre.difference();
    for (int i : cells) {
      float balance = Math.max(-1f, Math.min(1f, balance(multiplier, costs[i])));
      next[i] = i == absent ? 0 : Math.max(0f, Math.min(1f, mask[i] - most * balance));
      after += gradient[i] * (next[i] - mask[i]);
    }
    return after;
  }

  private static float balance(double multiplier, float cost) {
    return 1 + (float) multiplier * cost;
  }

  /** Puts all of this into a checkpoint, under names that begin with the prefix. */
  void save(String prefix, Map<String, String> state, Map<String, Tensor> tensors) {
    state.put(prefix + "absent", Integer.toString(absent));
    state.put(prefix + "predicted", Double.toString(predicted));
    state.put(prefix + "radius", Double.toString(radius));
    state.put(prefix + "milestone", Double.toString(milestone));
    state.put(prefix + "quietSteps", Integer.toString(quietSteps));
    state.put(
        prefix + "lately",
        Arrays.stream(lately).mapToObj(Double::toString).collect(Collectors.joining(" ")));
    tensors.put(prefix + "meanGradient", Tensor.of(meanGradient.clone()));
    tensors.put(prefix + "trial", Tensor.of(trial));
    if (centre != null) {
      centre.save(prefix + "centre/", state, tensors);
    }
    if (lowest != null) {
      lowest.save(prefix + "lowest/", state, tensors);
    }
    if (best != null) {
      best.save(prefix + "best/", state, tensors);
    }
  }

  /** What {@link #save} has put there. */
  static TrustRegion restore(
      String prefix, Checkpoint from, TrustRegionSettings settings, HalfPlaneObjective objective) {
    TrustRegion region =
        new TrustRegion(
            settings,
            objective,
            from.tensor(prefix + "trial").values(),
            Math.toIntExact(from.number(prefix + "absent")));
    region.predicted = from.real(prefix + "predicted");
    region.radius = from.real(prefix + "radius");
    region.milestone = from.real(prefix + "milestone");
    region.quietSteps = Math.toIntExact(from.number(prefix + "quietSteps"));
    String[] lately = from.text(prefix + "lately").split(" ", -1);
    Arrays.setAll(region.lately, i -> Double.parseDouble(lately[i]));
    float[] mean = from.tensor(prefix + "meanGradient").values();
    System.arraycopy(mean, 0, region.meanGradient, 0, mean.length);
    region.centre = VisitedMask.restore(prefix + "centre/", from);
    region.lowest = VisitedMask.restore(prefix + "lowest/", from);
    region.best = VisitedMask.restore(prefix + "best/", from);
    return region;
  }
}
