package io.fouriermasks.training;

import io.fouriermasks.network.Weights;
import java.util.List;
import java.util.Optional;

/**
 * What a model's training has led to.
 *
 * @param best weights of the best epoch, with their accuracy; empty if none had ended
 * @param curve one entry for each epoch that has ended
 * @param seconds time spent, that before an interruption included
 * @param finished whether all epochs are done
 */
public record TrainedModel(
    Optional<Weights> best, List<ModelEpoch> curve, double seconds, boolean finished) {

  public TrainedModel {
    curve = List.copyOf(curve);
  }
}
