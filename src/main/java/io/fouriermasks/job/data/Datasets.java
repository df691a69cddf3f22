package io.fouriermasks.job.data;

import io.fouriermasks.dataset.ClassNames;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.dataset.InvalidDatasetException;
import io.fouriermasks.dataset.LabelledImage;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.NotDeletableException;
import io.fouriermasks.store.UnknownIdException;
import io.fouriermasks.store.UserStorage.Kind;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The image folders that jobs may use: {@code photos} of the samples, what lies in {@code
 * DATA/datasets}, and the configured roots. Looked for whenever it is asked, so that a folder that
 * was copied there is known at once.
 */
@Singleton
public class Datasets {

  private static final Logger LOG = Logger.getLogger(Datasets.class);

  /** Name of the root of uploaded datasets. */
  public static final String UPLOADED = "datasets";

  private final LabConfig config;
  private final DeletedFiles deleted;

  public Datasets(LabConfig config, DeletedFiles deleted) {
    this.config = config;
    this.deleted = deleted;
  }

  /** All datasets that are not deleted, those of the samples first, by root and name. */
  public List<Dataset> list() {
    Set<String> gone = deleted.ids(Kind.DATASET);
    return found().stream()
        .filter(dataset -> !dataset.own() || !gone.contains(dataset.id()))
        .toList();
  }

  private List<Dataset> found() {
    List<Dataset> found = new ArrayList<>();
    for (DataRoot root : roots()) {
      try {
        if (isDivided(root, root.path())) {
          found.add(read(root, root.path()));
          continue;
        }
        for (Path folder : root.folders(root.path())) {
          Dataset dataset = read(root, folder);
          if (!dataset.splits().isEmpty() || dataset.problem() != null) {
            found.add(dataset);
          }
        }
      } catch (IOException e) {
        LOG.warnf("the data root %s is skipped: %s", root.path(), e.getMessage());
      }
    }
    return found;
  }

  /** The dataset of that id. */
  public Optional<Dataset> find(String id) {
    return list().stream().filter(dataset -> dataset.id().equals(id)).findFirst();
  }

  /**
   * The dataset of that id.
   *
   * @throws UnknownIdException if there is none
   */
  public Dataset get(String id) {
    return find(id).orElseThrow(() -> new UnknownIdException("dataset", id));
  }

  /**
   * The images of a split.
   *
   * @throws UnknownIdException if the dataset has no such split
   * @throws InvalidDatasetException if it can no longer be used
   */
  public ImageFolder folder(Dataset dataset, String split) {
    DataRoot root =
        roots().stream()
            .filter(candidate -> candidate.name().equals(dataset.root()))
            .findFirst()
            .orElseThrow(() -> new UnknownIdException("dataset", dataset.id()));
    if (dataset.split(split).isEmpty()) {
      throw new UnknownIdException("split of " + dataset.id() + ":", split);
    }
    return open(root, place(dataset.path(), split));
  }

  /**
   * Deletes a dataset of the data folder.
   *
   * @param mayBe is given its maker's name, or null, and fails if this one must not delete it
   * @throws UnknownIdException if there is none
   * @throws NotDeletableException if it lies elsewhere
   * @throws io.fouriermasks.store.InUseException if a job needs it
   */
  public void delete(String id, Actor by, Consumer<String> mayBe) {
    Dataset dataset = get(id);
    if (!dataset.own()) {
      throw new NotDeletableException(
          ("The dataset %s does not lie in the lab's data folder and cannot be deleted from here;"
                  + " whoever set up the data root can remove its folder.")
              .formatted(dataset.name()));
    }
    deleted.delete(
        new DeletedFiles.Thing(
            Kind.DATASET, id, dataset.name(), UPLOADED + "/" + dataset.name(), null),
        by,
        mayBe);
  }

  /** Where uploaded datasets lie. */
  public Path uploaded() {
    return config.dataDir().toAbsolutePath().normalize().resolve(UPLOADED);
  }

  private List<DataRoot> roots() {
    List<DataRoot> roots = new ArrayList<>();
    config.samplesDir().ifPresent(samples -> add(roots, "photos", samples.resolve("photos")));
    add(roots, UPLOADED, uploaded());
    for (Path path : config.dataRoots().orElse(List.of())) {
      Path folder = path.toAbsolutePath().normalize().getFileName();
      add(roots, folder == null ? "root" : folder.toString(), path);
    }
    return roots;
  }

  /** Roots of the same name get numbers, in the order in which they are configured. */
  private static void add(List<DataRoot> roots, String name, Path path) {
    if (!Files.isDirectory(path)) {
      return;
    }
    String unique = name;
    for (int number = 2; isTaken(roots, unique); number++) {
      unique = name + "-" + number;
    }
    try {
      roots.add(DataRoot.of(unique, path));
    } catch (IOException e) {
      LOG.warnf("the data root %s is skipped: %s", path, e.getMessage());
    }
  }

  private static boolean isTaken(List<DataRoot> roots, String name) {
    return roots.stream().anyMatch(root -> root.name().equals(name));
  }

  private static boolean isDivided(DataRoot root, Path folder) {
    return Dataset.SPLITS.stream()
        .map(folder::resolve)
        .anyMatch(split -> Files.isDirectory(split) && root.holds(split));
  }

  private Dataset read(DataRoot root, Path folder) {
    List<Dataset.Split> splits = new ArrayList<>();
    String problem = null;
    boolean divided = isDivided(root, folder);
    for (String name : divided ? Dataset.SPLITS : List.of(Dataset.ALL)) {
      Path place = place(folder, name);
      if (!Files.isDirectory(place)) {
        continue;
      }
      try {
        splits.add(new Dataset.Split(name, classes(open(root, place))));
      } catch (InvalidDatasetException e) {
        // a folder of something else is no dataset; one with splits was meant as one
        if (divided) {
          problem = e.getMessage().replace(root.path() + "/", "");
        }
      }
    }
    boolean isRoot = folder.equals(root.path());
    String name = isRoot ? root.name() : folder.getFileName().toString();
    String id = isRoot ? root.name() : root.name() + ":" + name;
    return new Dataset(id, name, root.name(), folder, splits, isOwn(root, isRoot), problem);
  }

  /** Whether what lies in a root is the lab's; the folder of all uploaded ones is nobody's. */
  private boolean isOwn(DataRoot root, boolean isRoot) {
    try {
      return !isRoot && Files.isSameFile(root.path(), uploaded());
    } catch (IOException e) {
      return false; // there is no folder of uploaded ones
    }
  }

  private static Path place(Path dataset, String split) {
    return split.equals(Dataset.ALL) ? dataset : dataset.resolve(split);
  }

  private static List<Dataset.ImageClass> classes(ImageFolder folder) {
    int[] counts = new int[folder.classes().size()];
    folder.images().forEach(image -> counts[image.label()]++);
    List<String> names = ClassNames.readable(folder.classes());
    List<Dataset.ImageClass> classes = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      classes.add(
          new Dataset.ImageClass(folder.classes().get(label), names.get(label), counts[label]));
    }
    return classes;
  }

  private static ImageFolder open(DataRoot root, Path path) {
    if (!root.holds(path)) {
      throw leadsOut(root, path);
    }
    ImageFolder folder = ImageFolder.open(path);
    for (String name : folder.classes()) {
      if (!root.holds(path.resolve(name))) {
        throw leadsOut(root, path.resolve(name));
      }
    }
    for (LabelledImage image : folder.images()) {
      if (Files.isSymbolicLink(image.file()) && !root.holds(image.file())) {
        throw leadsOut(root, image.file());
      }
    }
    return folder;
  }

  private static InvalidDatasetException leadsOut(DataRoot root, Path path) {
    return new InvalidDatasetException(
        ("%s is a link out of the data root; copy the pictures, or give the folder that it leads to as"
                + " a data root of its own.")
            .formatted(root.path().relativize(path)));
  }
}
