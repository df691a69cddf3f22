package io.fouriermasks.job;

import io.fouriermasks.analysis.Embedding;
import io.fouriermasks.analysis.LinearProbe;
import io.fouriermasks.store.Mask;
import java.util.List;

/**
 * Masks of single images as points in a plane, by their classes.
 *
 * @param masks in the order in which they were stored
 * @param classes names of the classes that occur
 * @param probe the linear classifier whose logits are embedded, one row a mask
 * @param chanceAccuracy share of the held-out masks that the same classifier gets right when it
 *     learns the labels in one random order
 * @param embedding a point for each mask
 */
public record MaskMap(
    List<Classed> masks,
    List<String> classes,
    LinearProbe probe,
    double chanceAccuracy,
    Embedding embedding) {

  /**
   * A mask with its class.
   *
   * @param isTrueClass whether the class is the photograph's; else it is the one whose loss the
   *     mask holds, the prediction of the network
   */
  public record Classed(Mask mask, String className, boolean isTrueClass) {}
}
