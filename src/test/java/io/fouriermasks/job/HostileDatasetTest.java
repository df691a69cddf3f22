package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.api.TestPictures;
import io.fouriermasks.fuzz.Mutations;
import io.fouriermasks.job.data.Datasets;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.DiskSpace;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.TestDatabase;
import io.fouriermasks.store.UserStorage;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Datasets as strangers might send them: all of their pictures are kept, or nothing. */
class HostileDatasetTest {

  private static final TestDatabase DATABASE = new TestDatabase();

  private static final byte[] PICTURE = TestPictures.noise(8, 6, 1, "png");

  private static byte[] zip(List<String> names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new LinkedHashSet<>(names)) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(PICTURE);
        }
      }
    }
    return bytes.toByteArray();
  }

  @Provide
  Arbitrary<byte[]> archives() throws IOException {
    return Mutations.of(zip(List.of("sand/1.png", "sand/2.png", "rock/1.png")));
  }

  @Provide
  Arbitrary<List<String>> names() {
    Arbitrary<String> part =
        Arbitraries.of(
            "..",
            ".",
            "",
            "train",
            "val",
            "sand",
            "rock",
            "1.png",
            "2.jpg",
            "C:",
            "\\",
            "con",
            "a\0b.png",
            "\u202egnp.exe",
            "x".repeat(300),
            "~",
            "$HOME",
            "*",
            ".png",
            "__MACOSX");
    return part.list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> String.join("/", parts))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void a_damaged_archive_is_a_dataset_or_refused(@ForAll("archives") byte[] bytes)
      throws IOException {
    take(bytes);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatever_its_entries_are_called_nothing_lies_outside(@ForAll("names") List<String> names)
      throws IOException {
    take(zip(names));
  }

  private static void take(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("hostile");
    try {
      Path file = Files.write(folder.resolve("upload.zip"), bytes);
      LabConfig config = config(folder.resolve("lab"));
      DeletedFiles deleted = new DeletedFiles(DATABASE.jdbi, DATABASE.clock);
      Datasets datasets = new Datasets(config, deleted);
      try {
        // nobody's, so that no database is asked
        UserStorage storage = new UserStorage(null, config);
        new DatasetIntake(datasets, config, new DiskSpace(config), storage, deleted)
            .take(file, "mine", Actor.LAB);
        assertThat(datasets.uploaded().resolve("mine"))
            .isDirectoryRecursivelyContaining("glob:**.png");
      } catch (InvalidSpecificationException e) {
        assertThat(e.field()).isEqualTo("file");
        assertThat(datasets.uploaded().resolve("mine")).doesNotExist();
      }
      try (Stream<Path> all = Files.walk(folder)) {
        assertThat(all.filter(Files::isRegularFile))
            .allMatch(
                path -> path.equals(file) || path.startsWith(datasets.uploaded().resolve("mine")));
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private static LabConfig config(Path data) {
    return new SmallRyeConfigBuilder()
        .withMapping(LabConfig.class)
        .withConverter(MemorySize.class, 100, new MemorySizeConverter())
        .withSources(
            new PropertiesConfigSource(
                Map.of("fourier-masks.data-dir", data.toString()), "test", 100))
        .build()
        .getConfigMapping(LabConfig.class);
  }
}
