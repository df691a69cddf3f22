package io.fouriermasks.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fouriermasks.network.Fingerprint;
import io.fouriermasks.upgrade.FirstRelease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are damaged, newer, or made to do harm: each is refused and nothing is kept. */
class HostileArchiveTest {

  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path folder;

  private Path target;
  private Map<String, byte[]> entries;
  private ObjectNode manifest;

  @BeforeEach
  void export() throws IOException {
    Path data = FirstRelease.unpack(Files.createDirectories(folder.resolve("lab")));
    Path good = folder.resolve("good.zip");
    new LabExport(LabDatabase.inFolder(data), data, Optional.empty(), Optional.empty(), true, "1")
        .write(good, BackupListener.NONE);
    target = folder.resolve("new");
    entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(good.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    manifest = (ObjectNode) json.readTree(entries.get(Manifest.ENTRY));
  }

  private void assertRefused(String because) throws IOException {
    entries.put(Manifest.ENTRY, json.writeValueAsBytes(manifest));
    Path bad = folder.resolve("bad.zip");
    try (OutputStream out = Files.newOutputStream(bad);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    assertThatThrownBy(
            () ->
                new LabImport(
                        LabDatabase.inFolder(target), target, Optional.empty(), Optional.empty())
                    .read(bad, BackupListener.NONE))
        .isInstanceOf(InvalidArchiveException.class)
        .hasMessageContaining(because);
    for (String name : ArchiveNames.FOLDERS) {
      assertThat(target.resolve(name)).doesNotExist();
    }
    if (Files.exists(target)) {
      assertThat(target).isDirectoryNotContaining(file -> file.toString().contains(".import-"));
    }
    assertThat(folder.resolve("evil.txt")).doesNotExist();
    assertThat(LabDatabase.inFolder(target).isThere() && hasRows()).isFalse();
  }

  private boolean hasRows() {
    return LabDatabase.inFolder(target)
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from image").mapTo(int.class).one() > 0);
  }

  private void add(String name, byte[] content) {
    entries.put("files/" + name, content);
    ((ArrayNode) manifest.get("files"))
        .addObject()
        .put("name", name)
        .put("size", content.length)
        .put("modified", 0)
        .put("sha256", new Fingerprint().add(content).hex());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.txt",
        "models/../../evil.txt",
        "/tmp/evil.txt",
        "models//evil.txt",
        "models/./evil.txt",
        "models/..",
        "models\\..\\..\\evil.txt",
        "lab.mv.db",
        "models/.hidden",
        "models/a\u0000b"
      })
  void a_name_that_leads_elsewhere(String name) throws IOException {
    add(name, bytes("evil"));
    assertRefused("has no place in a lab");
  }

  @Test
  void a_file_that_is_larger_than_it_says() throws IOException {
    add("models/mine/bomb", new byte[5_000_000]);
    last().put("size", 10);
    assertRefused("larger than its manifest says");
  }

  @Test
  void a_file_whose_content_was_changed() throws IOException {
    add("models/mine/weights", bytes("weights"));
    entries.put("files/models/mine/weights", bytes("Weights"));
    assertRefused("not what its manifest says");
  }

  @Test
  void an_artefact_under_the_name_of_another() throws IOException {
    add("artefacts/00/" + "0".repeat(64) + ".png", bytes("something else"));
    assertRefused("not the content that it is named by");
  }

  @Test
  void a_table_whose_rows_were_changed() throws IOException {
    entries.put("tables/job.jsonl", bytes("{}\n"));
    assertRefused("not what its manifest says");
  }

  @Test
  void rows_that_do_not_fit_their_table() throws IOException {
    replaceRows("{\"id\":7,\"state\":\"QUEUED\",\"evil\":1}\n");
    assertRefused("a row of job does not fit its table");
  }

  @Test
  void rows_that_are_no_json() throws IOException {
    replaceRows("{\"id\":7,\"state\n");
    assertRefused("the rows of job cannot be read");
  }

  private void replaceRows(String rows) {
    entries.put("tables/job.jsonl", bytes(rows));
    for (JsonNode table : manifest.get("tables")) {
      if (table.get("name").asText().equals("job")) {
        ((ObjectNode) table)
            .put("size", bytes(rows).length)
            .put("sha256", new Fingerprint().add(bytes(rows)).hex());
      }
    }
  }

  @Test
  void an_entry_that_the_manifest_does_not_name() throws IOException {
    entries.put("files/models/mine/more", bytes("more"));
    assertRefused("does not hold what its manifest says");
  }

  @Test
  void an_entry_that_is_named_twice() throws IOException {
    add("models/mine/weights", bytes("weights"));
    ((ArrayNode) manifest.get("files")).add(last().deepCopy());
    assertRefused("does not hold what its manifest says");
  }

  @Test
  void a_manifest_that_lacks_something() throws IOException {
    manifest.remove("tables");
    assertRefused("its manifest cannot be read");
  }

  @Test
  void a_table_that_no_lab_has() throws IOException {
    entries.put("tables/flyway_schema_history.jsonl", new byte[0]);
    ((ArrayNode) manifest.get("tables"))
        .addObject()
        .put("name", "flyway_schema_history")
        .put("rows", 0)
        .put("size", 0)
        .put("sha256", new Fingerprint().hex());
    assertRefused("has not all of its tables");
  }

  @Test
  void an_archive_of_a_newer_layout() throws IOException {
    manifest.put("version", 2).put("program", "9.0");
    assertRefused("newer program, 9.0");
  }

  @Test
  void an_archive_of_a_newer_schema() throws IOException {
    manifest.put("schema", "999");
    assertRefused("does not know yet");
  }

  @Test
  void an_archive_that_needs_more_space_than_there_is() throws IOException {
    add("models/mine/weights", bytes("weights"));
    last().put("size", Long.MAX_VALUE / 2);
    assertRefused("MB left");
  }

  @Test
  void a_zip_of_something_else_and_half_an_archive() throws IOException {
    manifest.put("format", "other");
    assertRefused("is no archive of a lab");
    Path good = folder.resolve("good.zip");
    Path half = folder.resolve("half.zip");
    byte[] all = Files.readAllBytes(good);
    Files.write(half, java.util.Arrays.copyOf(all, all.length / 2));
    assertThatThrownBy(
            () ->
                new LabImport(
                        LabDatabase.inFolder(target), target, Optional.empty(), Optional.empty())
                    .read(half, BackupListener.NONE))
        .isInstanceOf(InvalidArchiveException.class)
        .hasMessageContaining("damaged");
  }

  private ObjectNode last() {
    ArrayNode files = (ArrayNode) manifest.get("files");
    return (ObjectNode) files.get(files.size() - 1);
  }
}
