package io.fouriermasks.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.TestDatabase;
import io.fouriermasks.store.TestDatabase.Product;
import io.fouriermasks.upgrade.FirstRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole labs that go into archives and come back. */
class LabArchiveTest {

  @TempDir Path folder;

  private Path data;
  private Path archive;

  /** The lab of the first release, with something in what came later. */
  @BeforeEach
  void lab() throws Exception {
    data = FirstRelease.unpack(Files.createDirectories(folder.resolve("lab")));
    archive = folder.resolve("lab.zip");
    write("models/mine/compact_basemodel_n.safetensors", "weights");
    write("masks/mine/compact_mask_n.npz", "a mask");
    write("datasets/sand and stone/train/sand/Düne 1.png", "a picture");
    write("datasets/.incoming-1/train/sand/1.png", "half an upload");
    write("jobs/2/mask.checkpoint.safetensors", "a checkpoint");
    write("jobs/2/mask.checkpoint.safetensors.1.tmp", "half a checkpoint");
    write("artefacts/00/" + "0".repeat(64) + ".png", "named by no row");
    Files.setLastModifiedTime(
        data.resolve("models/mine/compact_basemodel_n.safetensors"),
        java.nio.file.attribute.FileTime.fromMillis(1_700_000_000_123L));
  }

  private void write(String name, String content) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** Brings the lab to today's schema and fills the tables that the first release had not. */
  private void fill() {
    LabDatabase database = LabDatabase.inFolder(data);
    database.migrate(LabDatabase.newestSchema());
    database
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute(
                  "insert into study (name, specification, created_at)"
                      + " values ('quotes \" '' \\ and ∑', '{}', timestamp with time zone"
                      + " '2026-01-02 03:04:05.678+00')");
              handle.execute("update job set study_id = 1, names = 'line\nbreak' where id = 2");
              handle.execute(
                  "insert into job_metric values (1, 'sparsity', 0.1, 1, 1e-300, 120),"
                      + " (1, 'loss', cast('NaN' as double precision),"
                      + " cast('Infinity' as double precision), -0.0, 120)");
              handle.execute(
                  "insert into throughput values ('IMAGE_MASK', 'compact', '', 'cpu', 2,"
                      + " 9007199254740993, 0.1, timestamp with time zone '2026-01-02 03:04:05+00')");
              handle.execute(
                  "update model set file = ? where id = 'imagenette5-compact-n'",
                  data.resolve("models/mine/compact_basemodel_n.safetensors").toString());
            });
  }

  private static LabDatabase fresh(Product product, Path data) {
    return product == Product.H2
        ? LabDatabase.inFolder(data)
        : new LabDatabase(product.newDatabase(), product.user(), "");
  }

  private LabExport export(LabDatabase database, Path from) {
    return new LabExport(database, from, Optional.empty(), Optional.empty(), true, "1.2.3");
  }

  private LabImport importer(LabDatabase database, Path to) {
    return new LabImport(database, to, Optional.empty(), Optional.empty());
  }

  @Test
  void a_lab_goes_to_postgresql_and_back_row_by_row_and_file_by_file() throws Exception {
    fill();
    LabDatabase h2 = LabDatabase.inFolder(data);
    LabExport.Summary exported = export(h2, data).write(archive, BackupListener.NONE);
    assertThat(exported.leftOut()).isEmpty();
    assertThat(exported.files()).isEqualTo(files(data).size());

    Path server = folder.resolve("server");
    LabDatabase postgresql = fresh(Product.POSTGRESQL, server);
    importer(postgresql, server).read(archive, BackupListener.NONE);
    assertThat(rows(postgresql, server)).isEqualTo(rows(h2, data));
    assertThat(files(server)).isEqualTo(files(data));

    Path back = folder.resolve("back.zip");
    export(postgresql, server).write(back, BackupListener.NONE);
    Path laptop = folder.resolve("laptop");
    LabDatabase again = LabDatabase.inFolder(laptop);
    LabImport.Summary imported = importer(again, laptop).read(back, BackupListener.NONE);
    assertThat(imported.rows()).isEqualTo(exported.rows());
    assertThat(rows(again, laptop)).isEqualTo(rows(h2, data));
    assertThat(files(laptop)).isEqualTo(files(data));
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void an_archive_of_the_first_schema_becomes_a_lab_of_todays(Product product) throws Exception {
    export(LabDatabase.inFolder(data), data).write(archive, BackupListener.NONE);
    Path target = folder.resolve("new");
    LabDatabase database = fresh(product, target);
    importer(database, target).read(archive, BackupListener.NONE);
    assertThat(database.schema()).hasValue(LabDatabase.newestSchema());
    try (TestDatabase lab = product.open(database.url())) {
      assertThat(lab.jobs.get(1).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(lab.masks.ofJobs(List.of(1L))).hasSize(2);
      assertThat(lab.events.after(1, 0, 1000)).hasSizeGreaterThan(240);
    }
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void running_jobs_wait_for_a_worker_and_new_jobs_get_new_numbers(Product product)
      throws Exception {
    fill();
    LabDatabase source = LabDatabase.inFolder(data);
    source
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update job set state = 'RUNNING', lease = 3, entry = 'e', worker = 'w',"
                        + " finished_at = null where id = 2"));
    export(source, data).write(archive, BackupListener.NONE);
    Path target = folder.resolve("new");
    LabDatabase database = fresh(product, target);
    LabImport.Summary summary = importer(database, target).read(archive, BackupListener.NONE);
    assertThat(summary.continued()).containsExactly(2L);
    try (TestDatabase lab = product.open(database.url())) {
      assertThat(lab.jobs.get(2))
          .returns(JobState.QUEUED, Job::state)
          .returns(EndReason.STOPPED, Job::reason);
      assertThat(lab.states.forgotten()).extracting(Job::id).containsExactly(2L);
      assertThat(lab.begin(2).lease().number()).isEqualTo(4);
      JobSpecification asked = lab.jobs.get(1).specification();
      assertThat(lab.jobs.insert(asked).id()).isEqualTo(3);
    }
    assertThat(target.resolve("jobs/2/mask.checkpoint.safetensors")).hasContent("a checkpoint");
  }

  @Test
  void the_weights_are_looked_for_in_the_new_data_folder() throws Exception {
    fill();
    export(LabDatabase.inFolder(data), data).write(archive, BackupListener.NONE);
    Path target = folder.resolve("new");
    LabDatabase database = LabDatabase.inFolder(target);
    importer(database, target).read(archive, BackupListener.NONE);
    try (TestDatabase lab = Product.H2.open(database.url())) {
      Path weights = target.resolve("models/mine/compact_basemodel_n.safetensors");
      assertThat(lab.models.get("imagenette5-compact-n").file()).isEqualTo(weights);
      assertThat(Files.getLastModifiedTime(weights).toMillis()).isEqualTo(1_700_000_000_123L);
    }
  }

  @Test
  void datasets_can_be_left_out() throws Exception {
    new LabExport(LabDatabase.inFolder(data), data, Optional.empty(), Optional.empty(), false, "1")
        .write(archive, BackupListener.NONE);
    Path target = folder.resolve("new");
    importer(LabDatabase.inFolder(target), target).read(archive, BackupListener.NONE);
    assertThat(target.resolve("datasets")).doesNotExist();
    assertThat(target.resolve("models")).exists();
  }

  @Test
  void an_artefact_that_is_not_there_is_named() throws Exception {
    Path lost;
    try (Stream<Path> artefacts = Files.walk(data.resolve("artefacts"))) {
      lost = artefacts.filter(file -> file.toString().endsWith(".npz")).findFirst().orElseThrow();
    }
    Files.delete(lost);
    LabExport.Summary summary =
        export(LabDatabase.inFolder(data), data).write(archive, BackupListener.NONE);
    assertThat(summary.leftOut())
        .containsExactly("artefacts/" + lost.getFileName().toString().replace(".npz", ""));
  }

  @Test
  void a_stopped_export_leaves_nothing_and_a_stopped_import_an_empty_lab() throws Exception {
    LabDatabase source = LabDatabase.inFolder(data);
    assertThatThrownBy(() -> export(source, data).write(archive, new StopsAfter(20)))
        .isInstanceOf(BackupStoppedException.class);
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains(".zip"));

    export(source, data).write(archive, BackupListener.NONE);
    Path target = folder.resolve("new");
    LabDatabase database = LabDatabase.inFolder(target);
    assertThatThrownBy(() -> importer(database, target).read(archive, new StopsAfter(20)))
        .isInstanceOf(BackupStoppedException.class);
    assertThat(target).isEmptyDirectory();
    importer(database, target).read(archive, BackupListener.NONE);
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void a_lab_that_is_not_empty_is_not_touched(Product product) throws Exception {
    export(LabDatabase.inFolder(data), data).write(archive, BackupListener.NONE);
    Path target = folder.resolve("new");
    LabDatabase database = fresh(product, target);
    importer(database, target).read(archive, BackupListener.NONE);
    Map<String, List<String>> before = rows(database, target);
    assertThatThrownBy(() -> importer(database, target).read(archive, BackupListener.NONE))
        .isInstanceOf(InvalidArchiveException.class)
        .hasMessageContaining("into an empty lab only");
    Path other = folder.resolve("other");
    if (product == Product.POSTGRESQL) {
      assertThatThrownBy(() -> importer(database, other).read(archive, BackupListener.NONE))
          .isInstanceOf(InvalidArchiveException.class)
          .hasMessageContaining("has rows");
    }
    assertThat(rows(database, target)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void every_table_of_the_schema_is_kept_after_those_that_it_refers_to(Product product)
      throws Exception {
    LabDatabase database = new LabDatabase(product.newDatabase(), product.user(), "");
    database.migrate(LabDatabase.newestSchema());
    try (Connection connection = database.connect()) {
      List<String> kept = LabTables.of(connection).stream().map(LabTables.Table::name).toList();
      Set<String> expected = new HashSet<>();
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select lower(table_name) from information_schema.tables"
                      + " where lower(table_schema) = 'public'")) {
        while (row.next()) {
          expected.add(row.getString(1));
        }
      }
      expected.removeAll(Set.of("scheduled_tasks", "worker", "flyway_schema_history"));
      assertThat(kept).containsExactlyInAnyOrderElementsOf(expected).hasSizeGreaterThan(9);
      assertThat(kept).containsSubsequence("study", "job", "job_event");
      assertThat(kept).containsSubsequence("model", "prediction");
      assertThat(kept).containsSubsequence("image", "mask");
    }
  }

  /** The rows of every table, as an archive writes them, but for the data folder's place. */
  private static Map<String, List<String>> rows(LabDatabase database, Path data)
      throws SQLException {
    ObjectMapper json = ArchiveJson.mapper();
    Map<String, List<String>> rows = new TreeMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (LabTables.Table table : LabTables.of(connection)) {
        List<String> ofTable = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(table.select())) {
          while (row.next()) {
            ofTable.add(
                Rows.read(json, table, row).toString().replace(data.toString() + "/", "DATA/"));
          }
        }
        rows.put(table.name(), ofTable);
      }
    }
    return rows;
  }

  /** What an archive is to keep of a data folder, and the hash of each file's content. */
  private static Map<String, String> files(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*(/\\.|\\.tmp$|\\.db$|/0{64}\\.png$).*"))
          .collect(
              Collectors.toMap(
                  file -> data.relativize(file).toString(),
                  file -> {
                    try {
                      return new io.fouriermasks.network.Fingerprint()
                          .add(Files.readAllBytes(file))
                          .hex();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }));
    }
  }

  /** Wants the work to end after some files. */
  private static final class StopsAfter implements BackupListener {

    private int left;

    StopsAfter(int files) {
      left = files;
    }

    @Override
    public void onProgress(long done, long total, String name) {
      left--;
    }

    @Override
    public boolean isStopped() {
      return left <= 0;
    }
  }
}
