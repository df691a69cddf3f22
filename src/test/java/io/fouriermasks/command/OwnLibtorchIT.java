package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A libtorch that lies beside the program, as one for CUDA does: it is the one for CPUs here, which
 * goes the same way.
 */
class OwnLibtorchIT {

  @TempDir Path folder;

  @Test
  void the_program_computes_with_a_libtorch_that_is_named() throws Exception {
    Path lib = unpack();
    Files.writeString(folder.resolve("libtorch/build-version"), "2.7.1+cpu\n");
    ProcessBuilder builder =
        new ProcessBuilder(
                System.getProperty("lab.launcher"),
                "bench",
                "--architecture",
                "compact",
                "--batch",
                "1",
                "--steps",
                "2",
                "--rounds",
                "1")
            .redirectErrorStream(true);
    // an empty cache: only the small library that binds Java to libtorch is unpacked there
    Path cache = folder.resolve("cache");
    builder
        .environment()
        .putAll(Map.of("PYTORCH_LIBRARY_PATH", lib.toString(), "DJL_CACHE_DIR", cache.toString()));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    assertThat(text).contains("PyTorch 2.7.1 on cpu");
    assertThat(CommandHarness.files(cache))
        .noneMatch(name -> name.contains("libtorch_cpu"))
        .anyMatch(name -> name.contains("libdjl_torch"));
  }

  /** The libraries of the program's own jar. */
  private Path unpack() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("libtorch/lib"));
    Path program = Path.of(System.getProperty("lab.launcher")).resolveSibling("target");
    Path jar;
    try (var jars = Files.list(program.resolve("quarkus-app/lib/main"))) {
      jar =
          jars.filter(file -> file.getFileName().toString().contains("pytorch-native-cpu"))
              .findFirst()
              .orElseThrow();
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(each -> each.getName().contains(".so")).toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, lib.resolve(Path.of(entry.getName()).getFileName().toString()));
        }
      }
    }
    assertThat(lib.resolve("libtorch_cpu.so")).exists();
    return lib;
  }
}
