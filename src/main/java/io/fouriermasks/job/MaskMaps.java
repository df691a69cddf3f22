package io.fouriermasks.job;

import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Maps of single-image masks: UMAP of the logits of a linear classifier that has learned to tell
 * their classes, as the study has it. Each set of masks is computed once, one set after another on
 * one thread, and kept in memory.
 */
@Singleton
public class MaskMaps {

  /** So many masks are needed to hold some out. */
  public static final int FEWEST = 10;

  /** More would take gigabytes; the study has 1421 masks a network. */
  public static final int MOST = 6000;

  /** Maps that are kept or waited for; the one not asked for the longest makes room. */
  private static final int KEPT = 20;

  private final Masks masks;
  private final Artefacts artefacts;
  private final Map<List<Long>, MaskMapComputation> computations =
      new LinkedHashMap<>(KEPT, 0.75f, true);
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "mask-maps");
            thread.setDaemon(true);
            return thread;
          });

  MaskMaps(Masks masks, Artefacts artefacts) {
    this.masks = masks;
    this.artefacts = artefacts;
  }

  /** How a map is. */
  public sealed interface State {}

  /** It is there. */
  public record Ready(MaskMap map) implements State {}

  /** It is being computed. {@code of} is 0 where nothing is counted. */
  public record Progress(MaskMapComputation.Phase phase, int done, int of) implements State {}

  /** It could not be computed; the log says why. */
  public record Failed() implements State {}

  /**
   * There are too few masks, too many, or all are of one class.
   *
   * @param classes of the masks, or null where it does not come to that
   */
  public record Impossible(int masks, Integer classes) implements State {}

  /** How the map of the masks of some models is; begins to compute it if nobody has. */
  public State of(Collection<String> models) {
    List<Mask> chosen = masks.imageMasksOf(models);
    if (chosen.size() < FEWEST || chosen.size() > MOST) {
      return new Impossible(chosen.size(), null);
    }
    synchronized (computations) {
      MaskMapComputation known = computations.get(key(chosen));
      return known != null ? known.state() : started(chosen).state();
    }
  }

  /** Ends the computation of a map; one that is there stays. */
  public void cancel(Collection<String> models) {
    synchronized (computations) {
      List<Long> key = key(masks.imageMasksOf(models));
      MaskMapComputation computation = computations.get(key);
      if (computation != null && !(computation.state() instanceof Ready)) {
        computation.cancel();
        computations.remove(key);
      }
    }
  }

  private MaskMapComputation started(List<Mask> chosen) {
    if (computations.size() >= KEPT) {
      List<Long> eldest = computations.keySet().iterator().next();
      computations.remove(eldest).cancel();
    }
    MaskMapComputation computation = new MaskMapComputation(chosen, artefacts);
    computations.put(key(chosen), computation);
    worker.execute(computation);
    return computation;
  }

  private static List<Long> key(List<Mask> masks) {
    return masks.stream().map(Mask::id).toList();
  }

  @PreDestroy
  void stop() {
    computations.values().forEach(MaskMapComputation::cancel);
    worker.shutdownNow();
  }
}
