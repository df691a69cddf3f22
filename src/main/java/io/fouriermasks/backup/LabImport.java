package io.fouriermasks.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fouriermasks.backup.LabTables.Column;
import io.fouriermasks.backup.LabTables.Table;
import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.JobStates.Change;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.ObjectStorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Jdbi;

/**
 * Puts the lab of an archive in the place of an empty one, on either database. First everything is
 * unpacked and checked, then the files get their names, then all rows are written in one
 * transaction. An archive of an older schema is brought to today's by the same migrations as a lab.
 */
public final class LabImport {

  private static final int ROWS_AT_ONCE = 500;
  private static final String STAGING = ".import-";
  private static final String MOVED =
      "The job ran when its lab was exported. It goes on from its last checkpoint.";

  private final LabDatabase database;
  private final Path data;
  private final LabFiles content;
  private final ModelFiles models;
  private final ObjectMapper json = ArchiveJson.mapper();

  /**
   * @param data the data folder
   * @param bucket the object storage of the lab, if it is to have one
   * @param samples the starter kit
   */
  public LabImport(
      LabDatabase database, Path data, Optional<Bucket> bucket, Optional<Path> samples) {
    this.database = database;
    this.data = data.toAbsolutePath().normalize();
    this.content = new LabFiles(this.data, bucket);
    this.models =
        new ModelFiles(
            this.data, samples.map(path -> path.toAbsolutePath().normalize()), name -> false);
  }

  /** What an import has brought. */
  public record Summary(long rows, int files, long bytes, List<Long> continued) {}

  /**
   * Imports an archive.
   *
   * @throws InvalidArchiveException if it cannot be used here; the lab is then as empty as before
   * @throws BackupStoppedException if the listener wanted it to end; the same
   */
  public Summary read(Path file, BackupListener listener) throws IOException {
    try (Archive archive = Archive.open(file)) {
      Manifest manifest = archive.manifest();
      requireKnown(manifest.schema());
      requireEmpty(manifest.schema());
      Files.createDirectories(data);
      requireSpace(manifest.bytes());
      deleteLeftOvers();
      Path staging = Files.createDirectory(data.resolve(STAGING + UUID.randomUUID()));
      try {
        Map<String, Path> tables = unpack(archive, staging, listener);
        database.migrate(manifest.schema());
        settle(staging.resolve("data"), manifest, tables, listener);
      } finally {
        delete(staging);
      }
      database.migrate(LabDatabase.newestSchema());
      return new Summary(
          manifest.rows(), manifest.files().size(), manifest.bytes(), continueJobs());
    } catch (SQLException e) {
      throw new IOException("the database cannot take the lab: " + e.getMessage(), e);
    }
  }

  private void requireKnown(String schema) {
    if (MigrationVersion.fromVersion(schema)
            .compareTo(MigrationVersion.fromVersion(LabDatabase.newestSchema()))
        > 0) {
      throw new InvalidArchiveException(
          "the archive has the schema %s, which this program does not know yet (it knows up to %s);"
                  .formatted(schema, LabDatabase.newestSchema())
              + " import it with a newer one");
    }
  }

  private void requireEmpty(String schema) throws IOException, SQLException {
    Optional<String> place = content.firstPlaceWithFiles();
    if (place.isPresent()) {
      throw notEmpty("%s has files".formatted(place.get()));
    }
    if (!database.isThere()) {
      return;
    }
    Optional<String> present = database.schema();
    try (Connection connection = database.connect()) {
      if (present.isEmpty()) {
        return;
      }
      for (Table table : LabTables.of(connection)) {
        if (highest(connection, "select count(*) from " + table.name()) > 0) {
          throw notEmpty("its table %s has rows".formatted(table.name()));
        }
      }
    }
    if (!present.get().equals(schema)) {
      throw new InvalidArchiveException(
          "the database has the schema %s and the archive %s; import it into a database without tables"
              .formatted(present.get(), schema));
    }
  }

  private static InvalidArchiveException notEmpty(String why) {
    return new InvalidArchiveException(
        "an archive is imported into an empty lab only, but %s; name a new folder with --data-dir, and"
                .formatted(why)
            + " a new database if it is a PostgreSQL, and a new prefix if it has object storage");
  }

  private void requireSpace(long bytes) throws IOException {
    long left = Files.getFileStore(data).getUsableSpace();
    // the rows once as a file and once in the database
    if (left < bytes || bytes < 0) {
      throw new InvalidArchiveException(
          "the archive unpacks to %d MB, but the disk of %s has only %d MB left"
              .formatted(bytes >> 20, data, left >> 20));
    }
  }

  /** Checks and unpacks everything into {@code staging}; gives the files of the tables. */
  private static Map<String, Path> unpack(Archive archive, Path staging, BackupListener listener)
      throws IOException {
    Manifest manifest = archive.manifest();
    Map<String, Path> tables = new LinkedHashMap<>();
    long done = 0;
    for (Manifest.TableEntry table : manifest.tables()) {
      tables.put(table.name(), archive.unpack(table, staging));
      done += table.size();
      progress(listener, done, manifest.bytes(), table.name());
    }
    Path files = Files.createDirectory(staging.resolve("data"));
    for (Manifest.FileEntry file : manifest.files()) {
      archive.unpack(file, files);
      done += file.size();
      progress(listener, done, manifest.bytes(), file.name());
    }
    return tables;
  }

  private static void progress(BackupListener listener, long done, long total, String name) {
    if (listener.isStopped()) {
      throw new BackupStoppedException();
    }
    listener.onProgress(done, total, name);
  }

  /**
   * Gives the files their places, here and in the bucket, then writes the rows; undoes the first if
   * the second fails.
   */
  private void settle(
      Path files, Manifest manifest, Map<String, Path> tables, BackupListener listener)
      throws IOException, SQLException {
    List<Path> settled = new ArrayList<>();
    List<String> published = new ArrayList<>();
    boolean isDone = false;
    try {
      for (String folder : ArchiveNames.FOLDERS) {
        Path from = files.resolve(folder);
        if (Files.isDirectory(from)) {
          Path to = data.resolve(folder);
          delete(to); // empty folders at most
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
          settled.add(to);
        }
      }
      content.publish(published, listener);
      writeRows(manifest, tables);
      isDone = true;
    } finally {
      if (!isDone) {
        withdraw(published);
        for (Path folder : settled) {
          delete(folder);
        }
      }
    }
  }

  private void withdraw(List<String> published) {
    try {
      content.withdraw(published);
    } catch (ObjectStorageException e) {
      // why the import failed matters more; the next one says what is left there
    }
  }

  private void writeRows(Manifest manifest, Map<String, Path> files)
      throws IOException, SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      List<Table> tables = LabTables.of(connection);
      Map<String, Table> byName =
          tables.stream().collect(Collectors.toMap(Table::name, Function.identity()));
      for (Manifest.TableEntry entry : manifest.tables()) {
        if (!byName.containsKey(entry.name())) {
          throw new InvalidArchiveException(
              "the archive is damaged: the schema %s has not all of its tables"
                  .formatted(manifest.schema()));
        }
      }
      for (Table table : tables) {
        if (files.containsKey(table.name())) {
          writeRows(connection, table, files.get(table.name()));
        }
      }
      for (Table table : tables) {
        countOn(connection, table);
      }
      connection.commit();
    }
  }

  private void writeRows(Connection connection, Table table, Path file)
      throws IOException, SQLException {
    try (InputStream in = Files.newInputStream(file);
        MappingIterator<ObjectNode> rows = json.readerFor(ObjectNode.class).readValues(in);
        PreparedStatement insert = connection.prepareStatement(table.insert())) {
      int waiting = 0;
      while (rows.hasNextValue()) {
        ObjectNode row = rows.nextValue();
        if (table.name().equals("model")) {
          models.attach(row);
        }
        Rows.bind(table, row, insert);
        insert.addBatch();
        if (++waiting == ROWS_AT_ONCE) {
          insert.executeBatch();
          waiting = 0;
        }
      }
      insert.executeBatch();
    } catch (JsonProcessingException e) {
      throw new InvalidArchiveException(
          "the archive is damaged: the rows of %s cannot be read".formatted(table.name()), e);
    }
  }

  /** New rows get the numbers after those that are there. On H2 this ends the transaction. */
  private static void countOn(Connection connection, Table table) throws SQLException {
    for (Column column : table.columns()) {
      if (column.isCounted()) {
        long highest =
            highest(
                connection,
                "select coalesce(max(%s), 0) from %s".formatted(column.name(), table.name()));
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "alter table %s alter column %s restart with %d"
                  .formatted(table.name(), column.name(), highest + 1));
        }
      }
    }
  }

  private static long highest(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Nobody works on them here; a worker takes them up again. */
  private List<Long> continueJobs() {
    Jdbi jdbi = database.jdbi();
    Clock clock = Clock.tickMillis(ZoneOffset.UTC);
    JobStates states = new JobStates(jdbi, clock, json);
    List<Long> running =
        new Jobs(jdbi, clock, json).inState(JobState.RUNNING).stream().map(Job::id).toList();
    for (long job : running) {
      states.recover(job, times -> new Change(JobState.QUEUED, EndReason.STOPPED, MOVED));
    }
    return running;
  }

  /** Of an import that was killed. */
  private void deleteLeftOvers() throws IOException {
    List<Path> old;
    try (Stream<Path> entries = Files.list(data)) {
      old = entries.filter(path -> path.getFileName().toString().startsWith(STAGING)).toList();
    }
    for (Path folder : old) {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
