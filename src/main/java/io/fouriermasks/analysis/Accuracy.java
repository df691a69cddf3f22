package io.fouriermasks.analysis;

import io.fouriermasks.network.Logits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well a classifier did on labelled images.
 *
 * @param images how many there were
 * @param right how many had their label predicted
 * @param meanConfidence mean softmax probability of the predicted class; 0 without images
 * @param classes the same counts by label
 */
public record Accuracy(int images, int right, double meanConfidence, List<ClassCount> classes) {

  /**
   * The images of one label.
   *
   * @param images how many there were
   * @param right how many had this label predicted
   * @param predicted for how many images of any label this class was predicted
   */
  public record ClassCount(int images, int right, int predicted) {}

  public Accuracy {
    classes = List.copyOf(classes);
  }

  /** Share of the images whose label was predicted; not-a-number without images. */
  public double share() {
    return (double) right / images;
  }

  /** Adds image after image up. */
  static final class Counter {

    private final int[] images;
    private final int[] right;
    private final int[] predicted;
    private double confidence;

    Counter(int classes) {
      images = new int[classes];
      right = new int[classes];
      predicted = new int[classes];
    }

    void add(float[] logits, int label) {
      int prediction = Logits.argmax(logits);
      confidence += Logits.probabilities(logits)[prediction];
      images[label]++;
      predicted[prediction]++;
      right[label] += prediction == label ? 1 : 0;
    }

    void add(float[][] logits, int[] labels) {
      for (int i = 0; i < logits.length; i++) {
        add(logits[i], labels[i]);
      }
    }

    Accuracy accuracy() {
      int all = Arrays.stream(images).sum();
      List<ClassCount> classes =
          IntStream.range(0, images.length)
              .mapToObj(label -> new ClassCount(images[label], right[label], predicted[label]))
              .toList();
      return new Accuracy(
          all, Arrays.stream(right).sum(), all == 0 ? 0 : confidence / all, classes);
    }
  }
}
