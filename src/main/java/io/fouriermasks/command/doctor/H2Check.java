package io.fouriermasks.command.doctor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Whether the H2 file in the data folder can be opened; it is only read. */
public final class H2Check implements Check {

  private final Path folder;

  public H2Check(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Finding look() {
    Path file = folder.resolve("lab.mv.db");
    if (!Files.exists(file)) {
      return new Finding.Ok("H2, is made at the first start");
    }
    try {
      if (isInUse(file)) {
        return new Finding.Note("H2, in use by a fourier-masks that runs; it was not opened");
      }
    } catch (IOException e) {
      return new Finding.Problem(
          "%s cannot be opened: %s.".formatted(file, e.getMessage()),
          "Give it to the user of the program (chown).");
    }
    String url =
        "jdbc:h2:file:%s;ACCESS_MODE_DATA=r;IFEXISTS=TRUE".formatted(folder.resolve("lab"));
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      return Schema.of(connection);
    } catch (SQLException e) {
      return new Finding.Problem(
          "%s cannot be read: %s".formatted(file, firstLine(e)),
          "Move the file away, keep it, and put its newest backup in its place.");
    }
  }

  private static boolean isInUse(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason is given");
  }
}
