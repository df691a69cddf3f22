package io.fouriermasks.training;

import io.fouriermasks.network.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The search for one image's mask: a descent by a {@link TrustRegion} from a mask of 1, and then
 * others, each from the best mask without one of its frequencies, which has to stay away for as
 * long as that descent lasts (iterated local search; Lourenco, Martin and Stuetzle, Handbook of
 * Metaheuristics, 2003). The objective has many minima, in which other frequencies are left; what
 * one frequency did is often done by another one at a lower price.
 */
final class IteratedLocalSearch {

  /** How often it may give up a place where the prediction differs and go back to the best mask. */
  private static final int MAX_RETURNS = 8;

  private final TrustRegionSettings settings;
  private final HalfPlaneObjective objective;
  private TrustRegion descent;
  private VisitedMask lowest;
  private VisitedMask best;
  private double milestone = Double.POSITIVE_INFINITY;
  private boolean progressed;
  private int failures;
  private int returns;
  private boolean exhausted;

  /** Stands at a mask of 1, which is also the first trial. */
  IteratedLocalSearch(TrustRegionSettings settings, int size) {
    this.settings = settings;
    this.objective = new HalfPlaneObjective(settings.decay(), size);
    float[] ones = new float[objective.length()];
    Arrays.fill(ones, 1f);
    this.descent = new TrustRegion(settings, objective, ones, TrustRegion.NONE);
  }

  /**
   * The best mask so far that keeps the prediction, or null before the first pass has been
   * observed.
   */
  VisitedMask best() {
    return best;
  }

  /** The mask that the search stands at: the best one, or that of 1 before the first pass. */
  float[] standing() {
    return best == null ? trial() : best.mask();
  }

  /** Sparsity of the {@link #best} mask. */
  double bestSparsity() {
    return objective.sparsity(best.mask());
  }

  /** The mask that the next pass is to see, a half plane; not to be changed. */
  float[] trial() {
    return descent.trial();
  }

  /** Largest change of a frequency in the next step. */
  double radius() {
    return descent.radius();
  }

  /**
   * Whether the last observation has lowered the objective by as much as counts, of masks that do
   * not keep the prediction too.
   */
  boolean hasProgressed() {
    return progressed;
  }

  /** Whether each frequency of the mask that the descents begin at has been taken away in vain. */
  boolean isExhausted() {
    return exhausted;
  }

  /**
   * Goes on, and chooses the next trial.
   *
   * @param difference of the losses at the trial
   * @param logits there
   * @param isKept whether the prediction there is the label; of the first trial it is not asked:
   *     everything is left there, and the label is what is predicted, up to rounding
   * @param gradient of the loss difference there; kept, not copied
   */
  void observe(double difference, float[] logits, boolean isKept, float[] gradient) {
    descent.observe(difference, logits, isKept || best == null, gradient);
    VisitedMask kept = descent.best();
    if (kept != null && kept.isBelow(best)) {
      best = kept;
    }
    if (descent.lowest().isBelow(lowest)) {
      lowest = descent.lowest();
    }
    double reached = base().excess();
    progressed = reached < (1 - settings.progress()) * milestone;
    if (progressed) {
      milestone = reached;
      failures = 0;
    }
    if (descent.isOver() || descent.isHopeless(reached)) {
      descendAgain();
    }
  }

  /**
   * Whether a mask through which the network predicts something else is clearly below the best one:
   * then the search is not done, it stands there and looks for one like it that keeps the
   * prediction.
   */
  boolean isAstray() {
    return lowest.excess() < (1 - settings.progress()) * best.excess();
  }

  /** The mask from which the next descent begins. */
  private VisitedMask base() {
    return isAstray() ? lowest : best;
  }

  private void descendAgain() {
    OptionalInt next = toTakeAway().skip(failures).findFirst();
    if (next.isEmpty() && isAstray() && returns < MAX_RETURNS) {
      returnToBest();
      next = toTakeAway().skip(failures).findFirst();
    }
    exhausted = next.isEmpty();
    next.ifPresent(
        absent -> {
          failures++;
          float[] start = base().mask().clone();
          start[absent] = 0;
          descent = new TrustRegion(settings, objective, start, absent);
        });
  }

  /** Forgets the place where it went astray; another frequency than last time is to lead away. */
  private void returnToBest() {
    returns++;
    failures = returns;
    lowest = best;
    milestone = best.excess();
  }

  /**
   * The frequencies that the {@link #base} leaves, ordered by what they do to the loss for their
   * share, the useless ones first; of this order some from all over it, then their next neighbours.
   */
  private IntStream toTakeAway() {
    float[] mask = base().mask();
    float[] gradient = base().gradient();
    int[] ordered =
        IntStream.range(0, objective.length())
            .filter(i -> mask[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> Math.abs(objective.cost(i, gradient))))
            .mapToInt(Integer::intValue)
            .toArray();
    int stride = Math.max(1, (ordered.length + settings.candidates() - 1) / settings.candidates());
    return IntStream.range(0, stride)
        .flatMap(first -> IntStream.iterate(first, i -> i < ordered.length, i -> i + stride))
        .map(i -> ordered[i]);
  }

  /** Puts all of this into a checkpoint, under names that begin with the prefix. */
  void save(String prefix, Map<String, String> state, Map<String, Tensor> tensors) {
    state.put(prefix + "milestone", Double.toString(milestone));
    state.put(prefix + "failures", Integer.toString(failures));
    state.put(prefix + "returns", Integer.toString(returns));
    state.put(prefix + "exhausted", Boolean.toString(exhausted));
    descent.save(prefix + "descent/", state, tensors);
    if (best != null) {
      lowest.save(prefix + "lowest/", state, tensors);
      best.save(prefix + "best/", state, tensors);
    }
  }

  /** What {@link #save} has put there. */
  static IteratedLocalSearch restore(
      String prefix, Checkpoint from, TrustRegionSettings settings, int size) {
    IteratedLocalSearch search = new IteratedLocalSearch(settings, size);
    search.milestone = from.real(prefix + "milestone");
    search.failures = Math.toIntExact(from.number(prefix + "failures"));
    search.returns = Math.toIntExact(from.number(prefix + "returns"));
    search.exhausted = Boolean.parseBoolean(from.text(prefix + "exhausted"));
    search.descent = TrustRegion.restore(prefix + "descent/", from, settings, search.objective);
    search.lowest = VisitedMask.restore(prefix + "lowest/", from);
    search.best = VisitedMask.restore(prefix + "best/", from);
    return search;
  }
}
