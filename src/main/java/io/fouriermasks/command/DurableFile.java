package io.fouriermasks.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are complete or not there: temporary file, fsync, atomic rename. */
final class DurableFile {

  private DurableFile() {}

  static void write(Path path, byte[] bytes) throws IOException {
    Path temporary =
        Files.createTempFile(path.toAbsolutePath().getParent(), path.getFileName() + ".", ".tmp");
    try {
      try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
          file.write(buffer);
        }
        file.force(true);
      }
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
