package io.fouriermasks.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.network.FrozenNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * The attacked photographs of an evaluation split. The same split, attack and seed give the same
 * photographs, so they need not be stored: whoever wants one again attacks the whole split.
 *
 * @param pgd the attack
 * @param seed draws its starts
 */
public record EvaluationAttack(Pgd pgd, long seed) {

  /** Images attacked at once; their common range of values bounds the result (trap D4). */
  private static final int BATCH = 64;

  /** What a reader of a mask should know of it, as values that JSON can hold. */
  public Map<String, Object> description() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", "pgd");
    map.put("epsNormalised", pgd.eps());
    map.put("stepNormalised", pgd.step());
    map.put("steps", pgd.steps());
    map.put("seed", seed);
    return map;
  }

  /**
   * Attacks a split.
   *
   * @param network whose loss is raised
   * @param images the whole split in its order, normalised, size x size each
   * @param labels their classes
   * @param progress told the number of images done; an exception that it throws ends the work
   * @return attacked images, in the same order and form
   */
  public List<float[]> attack(
      FrozenNetwork network, List<float[]> images, int[] labels, IntConsumer progress) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> attacked = new ArrayList<>();
    for (int from = 0; from < images.size(); from += BATCH) {
      List<float[]> part = images.subList(from, Math.min(images.size(), from + BATCH));
      try (NDManager scratch = network.newManager()) {
        long[] classes = new long[part.size()];
        for (int i = 0; i < classes.length; i++) {
          classes[i] = labels[from + i];
        }
        NDArray result =
            pgd.attack(
                network::logits,
                network.batch(scratch, part),
                scratch.create(classes, new Shape(classes.length, 1)),
                random.split());
        float[] flat = result.toFloatArray();
        int pixels = flat.length / part.size();
        for (int i = 0; i < part.size(); i++) {
          attacked.add(Arrays.copyOfRange(flat, i * pixels, (i + 1) * pixels));
        }
      }
      progress.accept(attacked.size());
    }
    return attacked;
  }
}
