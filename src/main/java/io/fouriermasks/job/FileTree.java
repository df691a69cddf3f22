package io.fouriermasks.job;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** A file, or a folder with all that is in it. */
final class FileTree {

  private FileTree() {}

  /**
   * Removes it, if it is there. What others remove at the same time is no error.
   *
   * @return the bytes that its files had
   */
  static long delete(Path root) throws IOException {
    long[] bytes = new long[1];
    Files.walkFileTree(
        root,
        new Visitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (Files.deleteIfExists(file)) {
              bytes[0] += attributes.size();
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes[0];
  }

  /** When anything in it was last written; {@link Instant#MIN} if there is nothing. */
  static Instant lastWritten(Path root) throws IOException {
    Instant[] last = {Instant.MIN};
    Files.walkFileTree(
        root,
        new Visitor() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return visitFile(folder, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Instant written = attributes.lastModifiedTime().toInstant();
            last[0] = written.isAfter(last[0]) ? written : last[0];
            return FileVisitResult.CONTINUE;
          }
        });
    return last[0];
  }

  /** Goes on where something has gone meanwhile. */
  abstract static class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
