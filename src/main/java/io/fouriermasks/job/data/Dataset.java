package io.fouriermasks.job.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Image folders that belong together.
 *
 * @param id {@code ROOT:NAME}, or the name alone if the root itself is the dataset
 * @param name of its folder
 * @param root name of the root that it lies in
 * @param path of its folder, without symbolic links
 * @param splits those of {@link #SPLITS} that are there, or {@link #ALL} alone
 * @param own whether it lies in the data folder, where it can be deleted
 * @param problem why a part of it cannot be used, in a sentence, or null
 */
public record Dataset(
    String id,
    String name,
    String root,
    Path path,
    List<Split> splits,
    boolean own,
    String problem) {

  /** The split that models are trained on. */
  public static final String TRAIN = "train";

  /** The split that models are judged on, and that masks are trained over. */
  public static final String VAL = "val";

  /** The only split of a dataset that is not divided. */
  public static final String ALL = "all";

  /** Folder names that are splits, in the order in which they are shown. */
  static final List<String> SPLITS = List.of(TRAIN, VAL, "test");

  public Dataset {
    splits = List.copyOf(splits);
  }

  /**
   * Images with their classes.
   *
   * @param name of the split
   * @param classes in the order of their labels
   */
  public record Split(String name, List<ImageClass> classes) {

    public Split {
      classes = List.copyOf(classes);
    }

    /** How many images it has. */
    public int images() {
      return classes.stream().mapToInt(ImageClass::images).sum();
    }
  }

  /**
   * A class.
   *
   * @param folder its folder's name
   * @param name for people, as models know it
   * @param images how many it has
   */
  public record ImageClass(String folder, String name, int images) {}

  /** The split of that name. */
  public Optional<Split> split(String wanted) {
    return splits.stream().filter(split -> split.name().equals(wanted)).findFirst();
  }

  /** The split to evaluate on: {@code val}, else {@code test}, else the only one. */
  public Optional<Split> evaluation() {
    return split(VAL)
        .or(() -> split("test"))
        .or(() -> splits.size() == 1 ? Optional.of(splits.get(0)) : Optional.empty());
  }
}
