package io.fouriermasks.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fouriermasks.store.WeightFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Where the weights of networks lie, which the rows of {@code model} say: in an archive below the
 * data folder or the samples, wherever those are, as {@code data:} and {@code samples:} with the
 * path from there. A file elsewhere keeps its path. With a bucket the row may have been written on
 * a machine with another data folder: then it is the file of that name and family which all have.
 *
 * @param data the data folder, absolute
 * @param samples the starter kit, absolute
 * @param isShared whether the lab's machines have a file of this name below their data folders
 */
record ModelFiles(Path data, Optional<Path> samples, Predicate<String> isShared) {

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

  private static void change(ObjectNode row, UnaryOperator<String> path) {
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
    if (path.getNameCount() >= 2) {
      String shared =
          WeightFiles.FOLDER
              + "/"
              + slashes(path.subpath(path.getNameCount() - 2, path.getNameCount()));
      if (isShared.test(shared)) {
        return DATA + shared;
      }
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
