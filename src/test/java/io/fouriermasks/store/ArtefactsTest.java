package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactsTest {

  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void a_file_is_named_by_its_content() throws IOException {
    Artefacts artefacts = new Artefacts(folder, new DiskSpace(folder, 0), Optional.empty());
    String hash = artefacts.put(ArtefactType.PNG, "abc".getBytes(StandardCharsets.UTF_8));
    assertThat(hash).isEqualTo(ABC);
    assertThat(folder.resolve("ba").resolve(ABC + ".png")).hasContent("abc");
    assertThat(artefacts.read(ArtefactType.PNG, hash)).asString().isEqualTo("abc");
    assertThat(filesBelow(folder)).hasSize(1);
  }

  @Test
  void what_is_kept_is_not_written_again() throws IOException {
    Artefacts artefacts = new Artefacts(folder, new DiskSpace(folder, 0), Optional.empty());
    byte[] content = "abc".getBytes(StandardCharsets.UTF_8);
    String hash = artefacts.put(ArtefactType.BIN, content);
    Object file = fileKey(artefacts.get(ArtefactType.BIN, hash));
    assertThat(artefacts.put(ArtefactType.BIN, content)).isEqualTo(hash);
    assertThat(fileKey(artefacts.get(ArtefactType.BIN, hash))).isEqualTo(file);
  }

  @Test
  void what_was_put_again_since_is_not_removed() throws IOException {
    Artefacts artefacts = new Artefacts(folder, new DiskSpace(folder, 0), Optional.empty());
    byte[] content = "abc".getBytes(StandardCharsets.UTF_8);
    String hash = artefacts.put(ArtefactType.BIN, content);
    artefacts.put(ArtefactType.PNG, content);
    Files.setLastModifiedTime(artefacts.get(ArtefactType.BIN, hash), FileTime.fromMillis(1000));
    Files.setLastModifiedTime(artefacts.get(ArtefactType.PNG, hash), FileTime.fromMillis(1000));
    artefacts.put(ArtefactType.PNG, content);

    assertThat(artefacts.remove(hash, Instant.ofEpochMilli(1000))).isZero();
    assertThat(artefacts.remove(hash, Instant.ofEpochMilli(1001))).isEqualTo(3);
    assertThat(artefacts.find(ArtefactType.BIN, hash)).isEmpty();
    assertThat(artefacts.find(ArtefactType.PNG, hash)).isPresent();
    assertThat(artefacts.remove(hash, Instant.ofEpochMilli(1001))).isZero();
  }

  @Test
  void only_hashes_are_looked_up() {
    Artefacts artefacts = new Artefacts(folder, new DiskSpace(folder, 0), Optional.empty());
    for (String name : List.of("", "../../etc/passwd", "AB".repeat(32), ABC + "/", ABC)) {
      assertThat(artefacts.find(ArtefactType.PNG, name)).as(name).isEmpty();
    }
    assertThatThrownBy(() -> artefacts.read(ArtefactType.PNG, "../x"))
        .isInstanceOf(UnknownIdException.class);
  }

  /** What tells a file from one that has taken its place. */
  private static Object fileKey(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
