package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fouriermasks.network.DeviceMemory;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.GradientLease;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Finds how many images a device is to train at once, by measuring: twice as many as long as an
 * image then costs clearly less. More than that only takes memory, and images that are done wait
 * longer for the others.
 */
final class BatchTrial {

  /** Never more: the device's memory is also for what comes after the trial. */
  static final int MOST = 512;

  private static final double WORTH_IT = 0.95;
  private static final int PASSES = 3;

  private final IntToDoubleFunction secondsAPass;

  /**
   * @param secondsAPass time of a pass and its gradient for so many images; throws where the memory
   *     is not enough
   */
  BatchTrial(IntToDoubleFunction secondsAPass) {
    this.secondsAPass = secondsAPass;
  }

  /** Measures real passes of a network, on one of the images that will be trained. */
  static BatchTrial of(FrozenNetwork network, float[] image) {
    return new BatchTrial(images -> fastest(network, Collections.nCopies(images, image)));
  }

  /**
   * How many images to train at once.
   *
   * @param least is not questioned
   * @param waiting images that there are: more than these are never needed at once
   */
  int choose(int least, int waiting) {
    int chosen = least;
    if (waiting <= least) {
      return chosen;
    }
    double cost = secondsAPass.applyAsDouble(least) / least;
    for (int more = 2 * least; more <= MOST && more < 2 * waiting; more *= 2) {
      double next;
      try {
        next = secondsAPass.applyAsDouble(more) / more;
      } catch (RuntimeException e) {
        if (!DeviceMemory.isCauseOf(e)) {
          throw e;
        }
        // what just fits leaves nothing for the masks
        return Math.max(least, chosen / 2);
      }
      if (next > WORTH_IT * cost) {
        return chosen;
      }
      chosen = more;
      cost = next;
    }
    return chosen;
  }

  /** The first passes are slow: libraries choose their algorithms. */
  private static double fastest(FrozenNetwork network, List<float[]> images) {
    double fastest = Double.POSITIVE_INFINITY;
    try (NDManager manager = network.newManager()) {
      NDArray pixels = network.batch(manager, images);
      for (int pass = 0; pass < PASSES; pass++) {
        long begin = System.nanoTime();
        try (NDManager scratch = manager.newSubManager();
            GradientLease lease = GradientLease.acquire()) {
          NDArray leaf = pixels.duplicate();
          leaf.attach(scratch);
          leaf.setRequiresGradient(true);
          lease.backward(network.logits(leaf).sum());
          NDArray gradient = leaf.getGradient();
          gradient.attach(scratch);
          gradient.sum().toFloatArray(); // waits for a GPU
        }
        fastest = Math.min(fastest, (System.nanoTime() - begin) * 1e-9);
      }
    }
    return fastest;
  }
}
