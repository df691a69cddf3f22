package io.fouriermasks.job.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder below which datasets may lie. Nothing outside it is ever read, wherever symbolic links
 * lead.
 *
 * @param name that ids of datasets begin with
 * @param path without symbolic links
 */
record DataRoot(String name, Path path) {

  /**
   * The root at a path.
   *
   * @throws IOException if there is no such folder
   */
  static DataRoot of(String name, Path path) throws IOException {
    return new DataRoot(name, path.toRealPath());
  }

  /** Whether a file or folder, with all links followed, lies in this root. */
  boolean holds(Path file) {
    try {
      return file.toRealPath().startsWith(path);
    } catch (IOException e) {
      return false; // a link to nowhere
    }
  }

  /** Folders directly in {@code folder} that lie in this root, by name, hidden ones left out. */
  List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .filter(Files::isDirectory)
          .filter(this::holds)
          .sorted()
          .toList();
    }
  }
}
