package io.fouriermasks.command.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the data folder can be written, or made, and has space. */
public final class DataFolderCheck implements Check {

  private static final long MEGABYTE = 1 << 20;
  private static final long LOW = 500 * MEGABYTE;
  private static final long LEAST = 100 * MEGABYTE;

  private final Path folder;

  public DataFolderCheck(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    return "data folder";
  }

  @Override
  public Finding look() {
    Path there = folder;
    while (!Files.exists(there)) {
      there = there.getParent(); // the root is always there
    }
    try {
      if (!Files.isDirectory(there)) {
        return new Finding.Problem(
            there + " is no folder.", "Choose another one with --data-dir, or move that file.");
      }
      if (!Files.isWritable(there)) {
        return new Finding.Problem(
            "%s cannot be written by %s; it belongs to %s."
                .formatted(there, System.getProperty("user.name"), Files.getOwner(there)),
            "Give it to that user (chown -R), mount it writable, or choose another one with"
                + " --data-dir.");
      }
      long free = Files.getFileStore(there).getUsableSpace();
      String facts = "%s, %d MB free".formatted(folder, free / MEGABYTE);
      if (free < LEAST) {
        return new Finding.Problem(
            facts + ": too little to keep anything.", "Make space on that disk.");
      }
      if (free < LOW) {
        return new Finding.Note(facts + ": make space soon");
      }
      return new Finding.Ok(there.equals(folder) ? facts : facts + ", is made at the first start");
    } catch (IOException e) {
      return new Finding.Problem(
          "%s cannot be looked at: %s.".formatted(folder, e.getMessage()),
          "Look whether its disk is mounted.");
    }
  }
}
