package io.fouriermasks.network;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Files that are complete or not there, whatever happens meanwhile: temporary file beside the
 * target, fsync, atomic rename, fsync of the folder.
 */
public final class DurableFile {

  private static final Pattern TEMPORARY =
      Pattern.compile(".+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

  private DurableFile() {}

  /** Whether a file has the name of one that is being written, or was when its process ended. */
  public static boolean isTemporary(Path file) {
    return TEMPORARY.matcher(file.getFileName().toString()).matches();
  }

  /** Produces the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file and the folders above it; one that is there is replaced.
   *
   * @throws IOException if it cannot be written; the target is then as it was
   */
  public static void write(Path target, byte[] bytes) throws IOException {
    write(target, out -> out.write(bytes));
  }

  /** The same for content that is better not held in memory as a whole. */
  public static void write(Path target, Content content) throws IOException {
    Path folder = Files.createDirectories(target.toAbsolutePath().getParent());
    // not a temporary file of the platform's making: that could be read by its owner alone
    Path temporary = folder.resolve("%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      try (FileChannel file =
              FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16)) {
        content.writeTo(out);
        out.flush();
        file.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(folder);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Makes the new name durable. Where a folder cannot be opened (Windows), the move must do. */
  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return;
    }
  }
}
