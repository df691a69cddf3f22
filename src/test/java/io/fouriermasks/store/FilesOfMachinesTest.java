package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines with a folder each and a bucket together, on a real S3 server. */
class FilesOfMachinesTest {

  private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

  private final ObjectServer server = new ObjectServer();
  private Bucket bucket;

  @TempDir Path one;
  @TempDir Path other;

  @BeforeEach
  void open() {
    ObjectServer.giveKeys();
    bucket = server.bucket();
  }

  @AfterEach
  void close() {
    bucket.close();
    server.close();
  }

  @Test
  void what_one_machine_keeps_another_reads_also_when_the_storage_has_gone_since() {
    String hash = artefacts(one).put(ArtefactType.PNG, ABC);
    Artefacts elsewhere = artefacts(other);
    assertThat(elsewhere.read(ArtefactType.PNG, hash)).isEqualTo(ABC);
    assertThat(elsewhere.find(ArtefactType.BIN, hash)).isEmpty();
    assertThat(elsewhere.find(ArtefactType.PNG, "../../etc/passwd")).isEmpty();
    server.stop();
    assertThat(elsewhere.read(ArtefactType.PNG, hash)).isEqualTo(ABC);
    server.startAgain();
  }

  @Test
  void what_the_storage_does_not_take_is_not_kept_until_it_does() {
    Artefacts artefacts = artefacts(one);
    server.stop();
    assertThatThrownBy(() -> artefacts.put(ArtefactType.PNG, ABC))
        .isInstanceOf(ObjectStorageException.class);
    server.startAgain();
    String hash = artefacts.put(ArtefactType.PNG, ABC); // its file is here already
    assertThat(artefacts(other).read(ArtefactType.PNG, hash)).isEqualTo(ABC);
  }

  @Test
  void an_object_that_is_not_what_its_name_says_is_refused() throws IOException {
    String hash = artefacts(one).put(ArtefactType.PNG, ABC);
    Path wrong = Files.writeString(one.resolve("wrong"), "abd");
    bucket.put("artefacts/" + Artefacts.name(ArtefactType.PNG, hash), wrong);
    assertThatThrownBy(() -> artefacts(other).read(ArtefactType.PNG, hash))
        .isInstanceOf(ObjectStorageException.class)
        .hasMessageContaining("not what was put");
    assertThat(other.resolve(Artefacts.FOLDER).resolve(Artefacts.name(ArtefactType.PNG, hash)))
        .doesNotExist();
  }

  @Test
  void what_is_removed_is_gone_from_the_storage_unless_it_was_put_again() {
    String hash = artefacts(one).put(ArtefactType.PNG, ABC);
    Instant before = Instant.now().minusSeconds(60);
    assertThat(artefacts(one).remove(hash, before)).isZero();
    assertThat(artefacts(one).remove(hash, Instant.now().plusSeconds(60))).isEqualTo(3);
    assertThat(artefacts(other).find(ArtefactType.PNG, hash)).isEmpty();
    assertThat(artefacts(one).find(ArtefactType.PNG, hash)).isEmpty();
  }

  @Test
  void weights_are_the_same_on_all_machines_and_the_later_ones_win() throws IOException {
    Path trained = written(one, "tiny/a.safetensors", "first", 1000);
    written(one, "tiny/a.json", "{}", 1000);
    written(one, "tiny/notes.txt", "mine", 1000);
    written(other, "tiny/b.safetensors", "of the other", 2000);

    weights(one).synchronise(List.of());
    weights(other).synchronise(List.of());
    weights(one).synchronise(List.of());

    Path copy = other.resolve("models/tiny/a.safetensors");
    assertThat(copy).hasContent("first");
    assertThat(WeightFiles.fingerprint(copy)).isEqualTo(WeightFiles.fingerprint(trained));
    assertThat(other.resolve("models/tiny/a.json")).hasContent("{}");
    assertThat(one.resolve("models/tiny/b.safetensors")).hasContent("of the other");
    assertThat(bucket.names("models/"))
        .containsExactly(
            "models/tiny/a.json", "models/tiny/a.safetensors", "models/tiny/b.safetensors");

    written(other, "tiny/a.safetensors", "later", 3000);
    weights(other).synchronise(List.of());
    weights(one).synchronise(List.of());
    assertThat(trained).hasContent("later");
  }

  @Test
  void weights_that_were_removed_on_one_machine_do_not_come_back_from_another() throws IOException {
    written(one, "tiny/a.safetensors", "unwanted", 1000);
    written(one, "tiny/a.json", "{}", 1000);
    written(one, "tiny/b.safetensors", "wanted", 1000);
    weights(one).synchronise(List.of());
    weights(other).synchronise(List.of());
    Path file = one.resolve("models/tiny/a.safetensors");
    DeletedFiles.Thing unwanted =
        new DeletedFiles.Thing(
            UserStorage.Kind.MODEL,
            "tiny-compact-n",
            "tiny",
            weights(one).place(file),
            WeightFiles.fingerprint(file));

    assertThat(weights(one).remove(unwanted)).isEqualTo("unwanted{}".length());
    weights(other).synchronise(List.of(unwanted));
    weights(one).synchronise(List.of(unwanted));

    assertThat(bucket.names("models/")).containsExactly("models/tiny/b.safetensors");
    assertThat(one.resolve("models/tiny")).isDirectoryNotContaining("glob:**a.*");
    assertThat(weights(other).remove(unwanted)).isEqualTo("unwanted{}".length());
    assertThat(other.resolve("models/tiny/a.safetensors")).doesNotExist();
    assertThat(other.resolve("models/tiny/b.safetensors")).exists();

    written(other, "tiny/a.safetensors", "made anew", 3000);
    assertThat(weights(other).isAnother(unwanted)).isTrue();
    assertThat(weights(other).remove(unwanted)).isZero();
    assertThat(other.resolve("models/tiny/a.safetensors")).hasContent("made anew");
  }

  @Test
  void weights_are_found_and_brought_where_another_machine_says_they_are() throws IOException {
    Path trained = written(one, "tiny/a.safetensors", "weights", 1000);
    written(one, "tiny/a.json", "{}", 1000);
    weights(one).synchronise(List.of());
    try (TestDatabase database = new TestDatabase()) {
      Model found = model(trained);
      Models here = new Models(database.jdbi, database.json, weights(other)::here);
      here.replaceAll(List.of(found));
      Model model = here.get("tiny-compact-n");
      Path place = other.resolve("models/tiny/a.safetensors");
      assertThat(model.file()).isEqualTo(place);
      weights(other).bring(model);
      assertThat(place).hasContent("weights");
      assertThat(WeightFiles.record(place)).hasContent("{}");
    }
  }

  private static Model model(Path file) throws IOException {
    Model any = TestDatabase.model("tiny-compact-n");
    return new Model(
        any.id(),
        any.name(),
        any.family(),
        any.architecture(),
        any.augmentation(),
        any.classes(),
        any.accuracy(),
        any.parameters(),
        any.mean(),
        any.std(),
        any.size(),
        file,
        WeightFiles.fingerprint(file));
  }

  private Artefacts artefacts(Path data) {
    return new Artefacts(
        data.resolve(Artefacts.FOLDER), new DiskSpace(data, 0), Optional.of(bucket));
  }

  private WeightFiles weights(Path data) {
    return new WeightFiles(
        server.config(Map.of("fourier-masks.data-dir", data.toString())), Optional.of(bucket));
  }

  private static Path written(Path data, String name, String content, long millis)
      throws IOException {
    Path file = data.resolve("models").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    return file;
  }
}
