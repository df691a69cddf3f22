package io.fouriermasks.job;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The photographs that masks in folders were learned on: {@code photos/val/CLASS/FILE}. */
final class KitPhotographs {

  private static final Pattern CLASS_AND_FILE = Pattern.compile("[^/\\\\]+/[^/\\\\]+");

  private final List<Path> roots;
  private final ImageIntake intake;
  private final Map<String, Image> taken = new HashMap<>();

  /**
   * @param roots of the samples and of the data, in the order in which they are looked through
   */
  KitPhotographs(List<Path> roots, ImageIntake intake) {
    this.roots = roots;
    this.intake = intake;
  }

  /**
   * Takes a photograph into the gallery, as an upload would be, unless it is there.
   *
   * @param name {@code CLASS/FILE}
   * @throws IllegalArgumentException if it is not there or no photograph
   */
  Image take(String name) throws IOException {
    Image known = taken.get(name);
    if (known != null) {
      return known;
    }
    Path file = find(name);
    String title = file.getFileName().toString();
    IntakeResult result =
        intake.takeAll(List.of(new ImageIntake.Upload(title, file)), Actor.LAB).get(0);
    if (result instanceof IntakeResult.Stored stored) {
      taken.put(name, stored.image());
      return stored.image();
    }
    throw new IllegalArgumentException("its photograph %s is not readable".formatted(name));
  }

  /** The name comes from a file that somebody made: it must not lead elsewhere. */
  private Path find(String name) throws IOException {
    if (CLASS_AND_FILE.matcher(name).matches()) {
      for (Path root : roots) {
        Path photographs = root.resolve("photos").resolve("val");
        Path file = photographs.resolve(name);
        if (Files.isRegularFile(file) && file.toRealPath().startsWith(photographs.toRealPath())) {
          return file;
        }
      }
    }
    throw new IllegalArgumentException("its photograph '%s' is not there".formatted(name));
  }
}
