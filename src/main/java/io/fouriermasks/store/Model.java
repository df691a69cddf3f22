package io.fouriermasks.store;

import java.nio.file.Path;
import java.util.List;

/**
 * A trained network.
 *
 * @param id slug {@code family-architecture-augmentation}
 * @param name for people
 * @param family name of the folder that it came from: the data it was trained on
 * @param architecture as the command line spells it
 * @param augmentation {@code n}, {@code adv}, {@code sn}, {@code tn} or {@code rn}
 * @param classes names of the classes in the order of its logits
 * @param accuracy share of the evaluation split classified right, or null where unknown
 * @param parameters number of trained values
 * @param mean subtracted from gray levels in [0, 1]
 * @param std what the difference is divided by
 * @param size side of its input in pixels
 * @param file its weights
 * @param fingerprint changes when the file does
 */
public record Model(
    String id,
    String name,
    String family,
    String architecture,
    String augmentation,
    List<String> classes,
    Double accuracy,
    long parameters,
    float mean,
    float std,
    int size,
    Path file,
    String fingerprint) {

  public Model {
    classes = List.copyOf(classes);
  }
}
