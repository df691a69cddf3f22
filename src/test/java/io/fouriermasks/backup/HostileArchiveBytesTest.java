package io.fouriermasks.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.fuzz.Mutations;
import io.fouriermasks.network.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Archives of labs as strangers might send them: unpacked below their folder, or refused. */
class HostileArchiveBytesTest {

  private static final String MASK = "masks/mine/compact_mask_n.npz";

  private static byte[] manifest() throws IOException {
    byte[] rows = "{\"id\":1}\n".getBytes(StandardCharsets.UTF_8);
    byte[] file = "a mask".getBytes(StandardCharsets.UTF_8);
    return ArchiveJson.mapper()
        .writeValueAsBytes(
            new Manifest(
                Manifest.FORMAT,
                Manifest.VERSION,
                "1",
                "1",
                Instant.EPOCH,
                List.of(
                    new Manifest.TableEntry(
                        "image", 1, rows.length, new Fingerprint().add(rows).hex())),
                List.of(
                    new Manifest.FileEntry(
                        MASK, file.length, 0, new Fingerprint().add(file).hex())),
                List.of()));
  }

  private static byte[] zip(byte[] manifest) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, Manifest.TableEntry.entry("image"), "{\"id\":1}\n".getBytes(StandardCharsets.UTF_8));
      put(zip, Manifest.FileEntry.entry(MASK), "a mask".getBytes(StandardCharsets.UTF_8));
      put(zip, Manifest.ENTRY, manifest);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
  }

  @Provide
  Arbitrary<byte[]> archives() throws IOException {
    return Mutations.of(zip(manifest()));
  }

  @Provide
  Arbitrary<byte[]> manifests() throws IOException {
    return Mutations.of(manifest());
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void an_archive_is_unpacked_below_its_folder_or_refused(@ForAll("archives") byte[] bytes)
      throws IOException {
    unpack(bytes);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void so_is_one_whose_manifest_was_written_by_a_stranger(@ForAll("manifests") byte[] manifest)
      throws IOException {
    unpack(zip(manifest));
  }

  private static void unpack(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("hostile");
    try {
      Path file = Files.write(folder.resolve("lab.zip"), bytes);
      Path data = Files.createDirectories(folder.resolve("lab/data"));
      try (Archive archive = Archive.open(file)) {
        for (Manifest.TableEntry table : archive.manifest().tables()) {
          archive.unpack(table, data);
        }
        for (Manifest.FileEntry entry : archive.manifest().files()) {
          archive.unpack(entry, data);
        }
      } catch (InvalidArchiveException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
      try (Stream<Path> beside = Files.list(folder)) {
        assertThat(beside).as("nothing outside").hasSize(2);
      }
      try (Stream<Path> all = Files.walk(data)) {
        assertThat(all.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum())
            .isLessThan(1000);
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }
}
