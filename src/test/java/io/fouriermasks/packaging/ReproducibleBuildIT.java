package io.fouriermasks.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the program, built a second time, elsewhere. */
class ReproducibleBuildIT {

  private static final String JAR = "target/fourier-masks-0.1.0.jar";

  @TempDir Path folder;

  @Test
  void the_same_sources_make_the_same_bytes() throws Exception {
    Script.output(
        "bash",
        "-c",
        "git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "
            + folder);
    Script.output(
        System.getProperty("maven.home") + "/bin/mvn",
        "-B",
        "-q",
        "-f",
        folder.resolve("pom.xml").toString(),
        "-Dquick",
        // as the first was built: what only tests need changes the order of the bill of materials
        "-Ptests",
        "-Dmaven.test.skip=true",
        "-Dspotless.check.skip=true",
        "-Dquarkus.build.skip=true",
        "package");
    Path first = Script.checkout().resolve(JAR);
    Path second = folder.resolve(JAR);
    // entry by entry first: that tells which one differs
    assertThat(entries(second)).containsExactlyEntriesOf(entries(first));
    assertThat(Files.mismatch(first, second)).as("the first byte that differs").isEqualTo(-1);
  }

  /** The checksums of a jar's entries by name. */
  private static Map<String, Long> entries(Path jar) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    try (InputStream in = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        CRC32 checksum = new CRC32();
        checksum.update(zip.readAllBytes());
        checksums.put(entry.getName(), checksum.getValue());
      }
    }
    return checksums;
  }
}
