package io.fouriermasks.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.WeightFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a lab into one archive: the rows of all tables as they are at one moment, and the files
 * that belong to them. Others may go on working on the lab meanwhile, if its database lets them in.
 */
public final class LabExport {

  private static final Pattern HASH = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

  /** A fingerprint of a file outside, not the name of one of ours. */
  private static final String FOREIGN_HASH = "source";

  private static final int ROWS_AT_ONCE = 1000;

  private final LabDatabase database;
  private final Path data;
  private final LabFiles content;
  private final ModelFiles models;
  private final boolean withDatasets;
  private final String program;
  private final ObjectMapper json = ArchiveJson.mapper();

  /**
   * @param data the data folder
   * @param bucket the object storage of the lab, if it has one
   * @param samples the starter kit, whose files are not exported
   * @param withDatasets whether the uploaded datasets, which may be large, are exported
   * @param program version of this program
   */
  public LabExport(
      LabDatabase database,
      Path data,
      Optional<Bucket> bucket,
      Optional<Path> samples,
      boolean withDatasets,
      String program) {
    this.database = database;
    this.data = data.toAbsolutePath().normalize();
    this.content = new LabFiles(this.data, bucket);
    this.models =
        new ModelFiles(
            this.data,
            samples.map(path -> path.toAbsolutePath().normalize()),
            bucket.isPresent() ? content::isThere : name -> false);
    this.withDatasets = withDatasets;
    this.program = program;
  }

  /** What an export has put into its archive. */
  public record Summary(long rows, int files, long bytes, List<String> leftOut) {}

  /**
   * Writes the archive. It is complete or not there.
   *
   * @throws InvalidArchiveException if there is no lab
   * @throws BackupStoppedException if the listener wanted it to end
   */
  public Summary write(Path target, BackupListener listener) throws IOException {
    if (!database.isThere()) {
      throw new InvalidArchiveException("there is no lab in " + data);
    }
    Manifest[] written = new Manifest[1];
    DurableFile.write(target, out -> written[0] = new Run(out, scratch(target), listener).run());
    Manifest manifest = written[0];
    return new Summary(
        manifest.rows(), manifest.files().size(), manifest.bytes(), manifest.leftOut());
  }

  /** Where there is to be space for the archive there is some for one file of it. */
  private static Path scratch(Path target) {
    return target.toAbsolutePath().getParent();
  }

  /** One export. */
  private final class Run {

    private final ZipOutputStream zip;
    private final Path scratch;
    private final BackupListener listener;
    private final List<Manifest.TableEntry> tables = new ArrayList<>();
    private final List<Manifest.FileEntry> files = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Set<String> hashes = new TreeSet<>();
    private long done;
    private long total;

    Run(OutputStream out, Path scratch, BackupListener listener) {
      this.zip = new ZipOutputStream(out);
      this.scratch = scratch;
      this.listener = listener;
      zip.setLevel(Deflater.BEST_SPEED); // most of it is pictures and weights, which hardly shrink
    }

    Manifest run() throws IOException {
      Instant begin = Instant.now();
      String schema =
          database
              .schema()
              .orElseThrow(() -> new InvalidArchiveException("the database has no lab"));
      // before the rows: a checkpoint may be older than its job's events, but never newer
      List<String> checkpoints = below("jobs");
      count(checkpoints);
      copyAll(checkpoints);
      content.look(WeightFiles.FOLDER); // the rows of models say which of them they mean
      copyRows();
      List<String> rest = new ArrayList<>(artefacts());
      rest.addAll(below(WeightFiles.FOLDER));
      rest.addAll(below("masks"));
      if (withDatasets) {
        rest.addAll(below("datasets"));
      }
      count(rest);
      copyAll(rest);
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT, Manifest.VERSION, program, schema, begin, tables, files, leftOut);
      zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
      zip.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
      zip.closeEntry();
      zip.finish();
      return manifest;
    }

    /** All tables as they are at one moment. */
    private void copyRows() throws IOException {
      try (Connection connection = database.connect()) {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        for (LabTables.Table table : LabTables.of(connection)) {
          copyRows(connection, table);
        }
        connection.rollback();
      } catch (SQLException e) {
        throw new IOException("the database cannot be read: " + e.getMessage(), e);
      }
    }

    private void copyRows(Connection connection, LabTables.Table table)
        throws IOException, SQLException {
      String entry = Manifest.TableEntry.entry(table.name());
      zip.putNextEntry(new ZipEntry(entry));
      MeasuredOutput out = new MeasuredOutput(zip);
      long rows = 0;
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(ROWS_AT_ONCE);
        try (ResultSet row = statement.executeQuery(table.select())) {
          while (row.next()) {
            ObjectNode values = Rows.read(json, table, row);
            collectHashes(values);
            if (table.name().equals("model")) {
              models.detach(values);
            }
            out.write(json.writeValueAsBytes(values));
            out.write('\n');
            rows++;
            if (rows % ROWS_AT_ONCE == 0) {
              progress(entry);
            }
          }
        }
      }
      zip.closeEntry();
      tables.add(new Manifest.TableEntry(table.name(), rows, out.size(), out.sha256()));
      progress(entry);
    }

    private void collectHashes(ObjectNode values) {
      values
          .fields()
          .forEachRemaining(
              field -> {
                if (field.getValue().isTextual() && !field.getKey().equals(FOREIGN_HASH)) {
                  Matcher matcher = HASH.matcher(field.getValue().textValue());
                  while (matcher.find()) {
                    hashes.add(matcher.group());
                  }
                }
              });
    }

    /** Names of the artefacts that some row names. */
    private List<String> artefacts() {
      content.look(Artefacts.FOLDER);
      List<String> names = new ArrayList<>();
      for (String hash : hashes) {
        int before = names.size();
        for (ArtefactType type : ArtefactType.values()) {
          String name = Artefacts.FOLDER + "/" + Artefacts.name(type, hash);
          if (content.isThere(name)) {
            names.add(name);
          }
        }
        if (names.size() == before) {
          leftOut.add(Artefacts.FOLDER + "/" + hash);
        }
      }
      return names;
    }

    /** Names of the finished files in a folder that an archive can hold. */
    private List<String> below(String folder) throws IOException {
      List<String> names = new ArrayList<>();
      for (String name : content.below(folder)) {
        if (Stream.of(name.split("/", -1)).allMatch(ArchiveNames::isFine)) {
          names.add(name);
        } else {
          leftOut.add(name);
        }
      }
      return names;
    }

    private void count(List<String> names) {
      for (String name : names) {
        total += content.size(name);
      }
    }

    private void copyAll(List<String> names) throws IOException {
      for (String name : names) {
        copy(name);
        progress(name);
      }
    }

    private void copy(String name) throws IOException {
      try (LabFiles.Content file = content.open(name, scratch)) {
        InputStream in = file.in();
        long modified = file.modified().toEpochMilli();
        ZipEntry entry = new ZipEntry(Manifest.FileEntry.entry(name));
        entry.setTime(modified);
        zip.putNextEntry(entry);
        MeasuredOutput out = new MeasuredOutput(zip);
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          requireGoingOn();
          out.write(buffer, 0, read);
        }
        zip.closeEntry();
        files.add(new Manifest.FileEntry(name, out.size(), modified, out.sha256()));
        done += out.size();
      } catch (NoSuchFileException e) {
        // a checkpoint goes when its job has ended
        if (!name.startsWith("jobs/")) {
          leftOut.add(name);
        }
      }
    }

    private void progress(String name) {
      requireGoingOn();
      listener.onProgress(done, Math.max(done, total), name);
    }

    private void requireGoingOn() {
      if (listener.isStopped()) {
        throw new BackupStoppedException();
      }
    }
  }
}
