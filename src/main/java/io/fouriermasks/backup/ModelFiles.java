package io.fouriermasks.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the weights of networks lie, which the rows of {@code model} say: in an archive below the
 * data folder or the samples, wherever those are, as {@code data:} and {@code samples:} with the
 * path from there. A file elsewhere keeps its path.
 *
 * @param data the data folder, absolute
 * @param samples the starter kit, absolute
 */
record ModelFiles(Path data, Optional<Path> samples) {

  private static final String COLUMN = "file";
  private static final String DATA = "data:";
  private static final String SAMPLES = "samples:";

  /** Makes a row that was read fit for an archive. */
  void detach(ObjectNode row) {
    change(row, this::portable);
  }

  /** Makes a row of an archive fit for this lab. */
  void attach(ObjectNode row) {
    change(row, this::local);
  }

  private static void change(ObjectNode row, java.util.function.UnaryOperator<String> path) {
    if (row.hasNonNull(COLUMN)) {
      row.put(COLUMN, path.apply(row.get(COLUMN).asText()));
    }
  }

  private String portable(String file) {
    Path path;
    try {
      path = Path.of(file);
    } catch (InvalidPathException e) {
      return file;
    }
    if (path.startsWith(data)) {
      return DATA + slashes(data.relativize(path));
    }
    return samples
        .filter(path::startsWith)
        .map(folder -> SAMPLES + slashes(folder.relativize(path)))
        .orElse(file);
  }

  private String local(String file) {
    if (file.startsWith(DATA)) {
      return ArchiveNames.below(data, file.substring(DATA.length())).toString();
    }
    if (file.startsWith(SAMPLES) && samples.isPresent()) {
      return ArchiveNames.below(samples.get(), file.substring(SAMPLES.length())).toString();
    }
    return file;
  }

  static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}
