package io.fouriermasks.training;

import io.fouriermasks.network.Tensor;
import java.util.Map;

/**
 * A mask that a pass has seen, a half plane, and what the pass found there. Nothing of it is to be
 * changed.
 *
 * @param difference of the losses with and without the mask
 * @param excess of the objective over 1
 * @param logits of the image through the mask
 * @param gradient of the difference by the mask
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record VisitedMask(
    float[] mask, double difference, double excess, float[] logits, float[] gradient) {

  /** Whether its objective is lower than the other's, or there is no other. */
  boolean isBelow(VisitedMask other) {
    return other == null || excess < other.excess;
  }

  /** Puts it into a checkpoint, under names that begin with the prefix. */
  void save(String prefix, Map<String, String> state, Map<String, Tensor> tensors) {
    state.put(prefix + "difference", Double.toString(difference));
    state.put(prefix + "excess", Double.toString(excess));
    tensors.put(prefix + "mask", Tensor.of(mask));
    tensors.put(prefix + "logits", Tensor.of(logits));
    tensors.put(prefix + "gradient", Tensor.of(gradient));
  }

  /** What {@link #save} has put there, or null if there is none. */
  static VisitedMask restore(String prefix, Checkpoint from) {
    if (!from.tensors().containsKey(prefix + "mask")) {
      return null;
    }
    return new VisitedMask(
        from.tensor(prefix + "mask").values(),
        from.real(prefix + "difference"),
        from.real(prefix + "excess"),
        from.tensor(prefix + "logits").values(),
        from.tensor(prefix + "gradient").values());
  }
}
