package io.fouriermasks.backup;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Names in archives, which are not trusted: they may only lead down. */
final class ArchiveNames {

  /** The folders of a data folder that an archive holds, and nothing else of it. */
  static final List<String> FOLDERS = List.of("artefacts", "models", "masks", "datasets", "jobs");

  /** A file system takes so many of one part. */
  private static final int MOST_BYTES = 255;

  private ArchiveNames() {}

  /**
   * The file of an entry in a data folder.
   *
   * @throws InvalidArchiveException if it would not lie in one of {@link #FOLDERS}
   */
  static Path file(Path data, String name) {
    int slash = name.indexOf('/');
    if (slash < 0 || !FOLDERS.contains(name.substring(0, slash))) {
      throw refused(name, null);
    }
    return below(data, name);
  }

  /**
   * A path below a folder.
   *
   * @throws InvalidArchiveException if it would not lie there
   */
  static Path below(Path folder, String name) {
    for (String part : name.split("/", -1)) {
      if (!isFine(part)) {
        throw refused(name, null);
      }
    }
    try {
      Path path = folder.resolve(name);
      if (!path.normalize().equals(path) || !path.startsWith(folder)) {
        throw refused(name, null);
      }
      return path;
    } catch (InvalidPathException e) {
      throw refused(name, e);
    }
  }

  /** Whether a part of a path can be kept in an archive. What begins with a dot is unfinished. */
  static boolean isFine(String part) {
    return !part.isEmpty()
        && part.charAt(0) != '.'
        && part.indexOf('\\') < 0
        && part.chars().noneMatch(c -> c < ' ')
        && part.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  private static InvalidArchiveException refused(String name, Exception cause) {
    return new InvalidArchiveException(
        "the archive has a file that has no place in a lab: %s"
            .formatted(name.replaceAll("[^\\p{L}\\p{N} ./:_-]", "?")),
        cause);
  }
}
