package io.fouriermasks.report;

import io.fouriermasks.dataset.Batch;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.network.ModelCard;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Some photographs of an evaluation split.
 *
 * @param indices of the photographs in the split, class by class
 */
record Sample(List<Integer> indices) {

  Sample {
    indices = List.copyOf(indices);
  }

  /**
   * Draws photographs in turn from each class, each at most once.
   *
   * @param count how many; all if there are fewer
   * @param seed the same seed draws the same photographs
   */
  static Sample draw(EvaluationDataset data, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Integer>> byClass = new ArrayList<>();
    for (int label = 0; label < data.classes().size(); label++) {
      byClass.add(new ArrayList<>());
    }
    for (int i = 0; i < data.size(); i++) {
      byClass.get(data.label(i)).add(i);
    }
    List<Integer> drawn = new ArrayList<>();
    int wanted = Math.min(count, data.size());
    for (int turn = 0; drawn.size() < wanted; turn++) {
      List<Integer> of = byClass.get(turn % byClass.size());
      if (!of.isEmpty()) {
        drawn.add(of.remove(random.nextInt(of.size())));
      }
    }
    return new Sample(drawn.stream().sorted().toList());
  }

  /** The photographs as a network takes them. */
  Batch batch(EvaluationDataset data, ModelCard card) {
    int pixels = card.size() * card.size();
    float[] images = new float[indices.size() * pixels];
    int[] labels = new int[indices.size()];
    for (int i = 0; i < labels.length; i++) {
      float[] image = data.image(indices.get(i)).normalised(card.mean(), card.std());
      System.arraycopy(image, 0, images, i * pixels, pixels);
      labels[i] = data.label(indices.get(i));
    }
    return new Batch(images, labels, labels.length);
  }
}
