package io.fouriermasks.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.ObjectServer;
import io.fouriermasks.store.TestDatabase;
import io.fouriermasks.store.TestDatabase.Product;
import io.fouriermasks.upgrade.FirstRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labs whose files are in object storage, a real S3 server, and in the folders of machines. */
class LabArchiveInBucketTest {

  private static final String WEIGHTS = "models/mine/compact_basemodel_n.safetensors";

  private final ObjectServer server = new ObjectServer();
  private Bucket bucket;
  private Bucket another;

  @TempDir Path folder;
  private Path trained;
  private Path data;
  private Path archive;
  private LabDatabase database;

  /** One machine has made everything; the other one, which has the database here, has no file. */
  @BeforeEach
  void lab() throws Exception {
    ObjectServer.giveKeys();
    bucket = server.bucket();
    another =
        Bucket.of(
                server
                    .config(Map.of("fourier-masks.objects.url", "s3://lab/of/another-lab"))
                    .objects())
            .orElseThrow();
    trained = FirstRelease.unpack(Files.createDirectories(folder.resolve("one machine")));
    write(trained, WEIGHTS, "weights", 3000);
    write(trained, "jobs/2/mask.checkpoint.safetensors", "step 20", 2000);
    for (String name : files(trained)) {
      if (name.matches("(artefacts|models|jobs)/.*")) {
        bucket.put(name, trained.resolve(name));
      }
    }
    data = Files.createDirectories(folder.resolve("another machine"));
    Files.move(trained.resolve("lab.mv.db"), data.resolve("lab.mv.db"));
    archive = folder.resolve("lab.zip");
    database = LabDatabase.inFolder(data);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update model set file = ? where id = 'imagenette5-compact-n'",
                    trained.resolve(WEIGHTS).toString()));
  }

  @AfterEach
  void close() {
    bucket.close();
    another.close();
    server.close();
  }

  @Test
  void what_only_the_bucket_has_is_exported_and_imported_into_another_one() throws Exception {
    LabExport.Summary exported = export();
    assertThat(exported.leftOut()).isEmpty();
    assertThat(exported.files()).isEqualTo(bucket.names("").size());
    assertThat(files(data))
        .as("nothing is copied to this machine")
        .allMatch(name -> name.endsWith(".db"));
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains(".export-"));

    Path target = folder.resolve("new");
    LabDatabase fresh = LabDatabase.inFolder(target);
    importer(fresh, target, another).read(archive, BackupListener.NONE);

    assertThat(another.names("")).isEqualTo(bucket.names("")).hasSizeGreaterThan(4);
    assertThat(another.find(WEIGHTS).orElseThrow().written().toEpochMilli()).isEqualTo(3000);
    Path fetched = folder.resolve("fetched");
    another.fetch("jobs/2/mask.checkpoint.safetensors", fetched);
    assertThat(fetched).hasContent("step 20");
    try (TestDatabase lab = Product.H2.open(fresh.url())) {
      assertThat(lab.models.get("imagenette5-compact-n").file()).isEqualTo(target.resolve(WEIGHTS));
    }
  }

  @Test
  void of_two_copies_of_a_checkpoint_the_later_one_is_exported() throws Exception {
    write(data, "jobs/2/mask.checkpoint.safetensors", "step 10", 1000);
    assertThat(exportedCheckpoint()).hasContent("step 20");
    write(data, "jobs/2/mask.checkpoint.safetensors", "step 30", 9_000);
    Files.delete(archive);
    assertThat(exportedCheckpoint()).hasContent("step 30");
  }

  private Path exportedCheckpoint() throws IOException {
    export();
    Path target = Files.createTempDirectory(folder, "imported");
    new LabImport(LabDatabase.inFolder(target), target, Optional.empty(), Optional.empty())
        .read(archive, BackupListener.NONE);
    return target.resolve("jobs/2/mask.checkpoint.safetensors");
  }

  @Test
  void a_lab_with_objects_is_not_imported_into() throws Exception {
    export();
    Path target = folder.resolve("new");
    assertThatThrownBy(
            () ->
                importer(LabDatabase.inFolder(target), target, bucket)
                    .read(archive, BackupListener.NONE))
        .isInstanceOf(InvalidArchiveException.class)
        .hasMessageContaining("s3://lab/of/the-lab/artefacts has files")
        .hasMessageContaining("a new prefix");
    assertThat(target).doesNotExist();
  }

  @Test
  void an_import_that_is_stopped_on_its_way_to_the_bucket_takes_its_objects_back()
      throws Exception {
    export();
    Path target = folder.resolve("new");
    BackupListener stopsAtThirdObject =
        new BackupListener() {
          private int objects;

          @Override
          public void onProgress(long done, long total, String name) {
            objects += name.contains("s3://") ? 1 : 0;
          }

          @Override
          public boolean isStopped() {
            return objects == 3;
          }
        };
    LabDatabase fresh = LabDatabase.inFolder(target);
    assertThatThrownBy(() -> importer(fresh, target, another).read(archive, stopsAtThirdObject))
        .isInstanceOf(BackupStoppedException.class);
    assertThat(another.names("")).isEmpty();
    importer(fresh, target, another).read(archive, BackupListener.NONE);
    assertThat(another.names("")).isEqualTo(bucket.names(""));
  }

  private LabExport.Summary export() throws IOException {
    return new LabExport(database, data, Optional.of(bucket), Optional.empty(), true, "1")
        .write(archive, BackupListener.NONE);
  }

  private static LabImport importer(LabDatabase database, Path to, Bucket bucket) {
    return new LabImport(database, to, Optional.of(bucket), Optional.empty());
  }

  private static void write(Path data, String name, String content, long millis)
      throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
