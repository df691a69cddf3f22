package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.upgrade.FirstRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab that is archived and brought back as its administrator does it. */
class BackupCommandsTest {

  @TempDir Path folder;

  private final CommandHarness command = new CommandHarness();
  private Path data;
  private Path archive;

  @BeforeEach
  void lab() throws Exception {
    data = FirstRelease.unpack(Files.createDirectories(folder.resolve("lab")));
    archive = folder.resolve("lab.zip");
  }

  private int export(String... more) {
    String[] args = {archive.toString(), "--data-dir", data.toString()};
    return command.run(
        new ExportCommand(),
        Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new));
  }

  private int bringBack(Path file, Path to) {
    return command.run(new ImportCommand(), file.toString(), "--data-dir", to.toString());
  }

  @Test
  void a_lab_comes_back_where_there_was_none_and_nowhere_else() throws Exception {
    assertThat(export("--all")).as(command.err()).isZero();
    assertThat(command.out()).contains("archive " + archive, " rows and ", " files");

    Path other = folder.resolve("other");
    assertThat(bringBack(archive, other)).as(command.err()).isZero();
    assertThat(command.out()).contains("lab " + other);
    assertThat(CommandHarness.files(other)).contains("lab.mv.db");

    byte[] before = Files.readAllBytes(other.resolve("lab.mv.db"));
    assertThat(bringBack(archive, other)).isEqualTo(2);
    assertThat(command.err()).contains("into an empty lab only");
    assertThat(Files.readAllBytes(other.resolve("lab.mv.db"))).isEqualTo(before);
  }

  @Test
  void what_cannot_be_exported_is_refused_and_no_file_is_left() throws Exception {
    assertThat(export()).isEqualTo(2);
    assertThat(command.err()).contains("--all");
    assertThat(archive).doesNotExist();

    try (Connection inUse =
        DriverManager.getConnection("jdbc:h2:file:" + data.resolve("lab"), "sa", "")) {
      assertThat(inUse.isValid(1)).isTrue();
      assertThat(export("--all")).isEqualTo(2);
      assertThat(command.err()).contains("another fourier-masks is using", "stop it");
    }
    assertThat(archive).doesNotExist();

    Files.writeString(archive, "something of mine");
    assertThat(export("--all")).isEqualTo(2);
    assertThat(command.err()).contains("is there already");
    assertThat(archive).hasContent("something of mine");
  }

  @Test
  void what_is_no_archive_is_refused_and_the_folder_stays_empty() throws Exception {
    Path target = folder.resolve("new");
    assertThat(bringBack(folder.resolve("missing.zip"), target)).isEqualTo(2);
    assertThat(command.err()).contains("there is no file");

    Path text = Files.writeString(folder.resolve("text.zip"), "no archive at all");
    assertThat(bringBack(text, target)).isEqualTo(2);
    assertThat(command.err()).isNotBlank();

    assertThat(export("--all")).isZero();
    byte[] whole = Files.readAllBytes(archive);
    Path half = Files.write(folder.resolve("half.zip"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(bringBack(half, target)).isEqualTo(2);
    assertThat(Files.exists(target) ? CommandHarness.files(target) : List.of()).isEmpty();
  }
}
