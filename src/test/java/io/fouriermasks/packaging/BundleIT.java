package io.fouriermasks.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fouriermasks.command.DemoOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive for machines without Java and network, unpacked and run as on one. */
class BundleIT {

  /** All that the bundle's launcher may call; Java is not among it. */
  private static final List<String> TOOLS =
      List.of("bash", "env", "dirname", "readlink", "uname", "sed", "head");

  @TempDir Path folder;

  @Test
  void it_trains_a_mask_without_java_network_and_home() throws Exception {
    // as whoever unpacks it sees it: a user of a namespace of its own, in which there is no network
    assumeTrue(Script.has("dpkg-query"), "bundles are made on Debian or Ubuntu");
    assumeTrue(
        Script.run(Map.of(), "unshare", "-rn", "true").code() == 0,
        "this machine forbids network namespaces (unshare -rn), without which nothing is shown");
    Path archive = folder.resolve("bundle.tar.gz");
    // the least compression: the test is of what is in it
    Script.Result made =
        Script.run(
            Map.of("BUNDLE_COMPRESSION", "1"),
            Script.checkout().resolve("native/bundle.sh").toString(),
            archive.toString());
    assertThat(made.code()).as(made.text()).isZero();
    Script.output("tar", "-xzf", archive.toString(), "-C", folder.toString());
    Files.delete(archive);
    Path program;
    try (var unpacked = Files.newDirectoryStream(folder, "fourier-masks-*")) {
      program = unpacked.iterator().next().resolve("fourier-masks");
    }
    Path home = folder.resolve("no-home");
    String said =
        Script.output(
            "unshare",
            "-rn",
            "env",
            "-i",
            "HOME=" + home,
            "PATH=" + path(),
            program.toString(),
            "demo",
            "--once",
            "--data-dir",
            folder.resolve("data").toString());
    DemoOutput.assertMask(said, path -> path);
    assertThat(home).as("nothing is unpacked when it runs").doesNotExist();
  }

  private Path path() throws Exception {
    Path path = Files.createDirectory(folder.resolve("path"));
    for (String tool : TOOLS) {
      Path real = Path.of(Script.output("bash", "-c", "command -v " + tool));
      Files.copy(real, path.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return path;
  }
}
