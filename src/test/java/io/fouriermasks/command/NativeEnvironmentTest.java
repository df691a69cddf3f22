package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher tells the program: which libtorch and which allocator it uses, how names of
 * files are written.
 */
class NativeEnvironmentTest {

  private static final String SCRIPT =
      """
      set -euo pipefail
      root=${PROGRAM:-$PWD}
      say() { echo "said: $*"; }
      refuse() { say "$*"; exit 2; }
      . native/environment.sh
      choose_libtorch
      echo "flavour ${PYTORCH_FLAVOR:-none} path ${PYTORCH_LIBRARY_PATH:-none}"
      """;

  @TempDir Path folder;

  private record Answer(int code, String text) {}

  private static Answer choose(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", SCRIPT)
            .directory(Path.of(System.getProperty("user.dir")).toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PYTORCH_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Answer(process.waitFor(), text);
  }

  /** A libtorch as its archive is unpacked. */
  private Path archive(String name, String version, boolean isForCuda) throws IOException {
    Path lib = Files.createDirectories(folder.resolve(name + "/lib"));
    Files.writeString(folder.resolve(name + "/build-version"), version + "\n");
    Files.createFile(lib.resolve(isForCuda ? "libtorch_cuda.so" : "libtorch_cpu.so"));
    return lib;
  }

  /** A libtorch as Python's package has it. */
  private Path python(String name, String version) throws IOException {
    Path lib = Files.createDirectories(folder.resolve(name + "/torch/lib"));
    Files.writeString(
        folder.resolve(name + "/torch/version.py"),
        "from typing import Optional\n\n__version__ = '%s'\ndebug = False\n".formatted(version));
    Files.createFile(lib.resolve("libtorch_cuda.so"));
    return lib;
  }

  private Map<String, String> withDriver(Path... places) throws IOException {
    Path driver = folder.resolve("driver");
    Files.writeString(driver, "NVRM version");
    StringBuilder text = new StringBuilder();
    for (Path place : places) {
      text.append(place).append(' ');
    }
    return Map.of("NVIDIA_DRIVER", driver.toString(), "LIBTORCH_PLACES", text.toString().strip());
  }

  @Test
  void one_that_is_named_is_used_if_it_fits() throws Exception {
    Path cuda = archive("cuda", "2.7.1+cu128", true);
    assertThat(choose(Map.of("PYTORCH_LIBRARY_PATH", cuda.toString())).text())
        .isEqualTo("flavour cu128 path " + cuda);
    Path cpu = archive("cpu", "2.7.1+cpu", false);
    assertThat(choose(Map.of("PYTORCH_LIBRARY_PATH", cpu.toString())).text())
        .isEqualTo("flavour cpu path " + cpu);
  }

  @Test
  void one_that_is_named_and_does_not_fit_is_refused_in_a_sentence() throws Exception {
    Path old = python("old", "2.6.0+cu124");
    Answer answer = choose(Map.of("PYTORCH_LIBRARY_PATH", old.toString()));
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.text())
        .isEqualTo(
            "said: PYTORCH_LIBRARY_PATH: %s holds libtorch 2.6.0+cu124, but the program needs"
                    .formatted(old)
                + " 2.7.1+cu128 (CUDA 12.8) or 2.7.1+cpu.");
    assertThat(choose(Map.of("PYTORCH_LIBRARY_PATH", folder + "/none")).text())
        .contains("there is no folder");
    assertThat(choose(Map.of("PYTORCH_LIBRARY_PATH", folder.toString())).text())
        .contains("is not the folder lib of a libtorch");
  }

  @Test
  void where_there_is_a_gpu_the_usual_places_are_searched() throws Exception {
    Path old = python("old", "2.6.0+cu124");
    Path right = python("right", "2.7.1+cu128");
    assertThat(choose(withDriver(old, folder.resolve("none"), right)).text())
        .isEqualTo("flavour cu128 path " + right);
    Answer answer = choose(withDriver(old));
    assertThat(answer.code()).isZero();
    assertThat(answer.text())
        .contains("said: there is an NVIDIA GPU, but no libtorch 2.7.1 for CUDA 12.8 was found")
        .contains("not used: " + old + " (2.6.0+cu124)")
        .endsWith("flavour none path none");
  }

  @Test
  void without_a_gpu_the_libtorch_of_the_program_is_used() throws Exception {
    Path right = python("right", "2.7.1+cu128");
    Answer answer =
        choose(
            Map.of(
                "NVIDIA_DRIVER",
                folder.resolve("none").toString(),
                "LIBTORCH_PLACES",
                right.toString()));
    assertThat(answer.text()).isEqualTo("flavour none path none");
  }

  @Test
  void an_assembled_program_has_its_own_but_that_of_the_gpu_comes_first() throws Exception {
    Path own = archive("program/native/libtorch", "2.7.1+cpu", false);
    Path right = python("right", "2.7.1+cu128");
    Map<String, String> environment = new HashMap<>(withDriver(right));
    environment.put("PROGRAM", folder.resolve("program").toString());
    assertThat(choose(environment).text()).isEqualTo("flavour cu128 path " + right);
    environment.put("NVIDIA_DRIVER", folder.resolve("none").toString());
    assertThat(choose(environment).text()).isEqualTo("flavour cpu path " + own);
    environment.putAll(withDriver());
    assertThat(choose(environment).text())
        .contains("The CPU computes.")
        .endsWith("flavour cpu path " + own);
  }

  @Test
  void names_of_files_are_written_in_utf_8_whatever_the_locale() throws Exception {
    assertThat(locale(Map.of())).isEqualTo("C.UTF-8");
    assertThat(locale(Map.of("LC_ALL", "POSIX", "LANG", "de_DE.UTF-8"))).isEqualTo("C.UTF-8");
    assertThat(locale(Map.of("LANG", "de_DE.ISO-8859-1"))).isEqualTo("C.UTF-8");
    assertThat(locale(Map.of("LANG", "de_DE.UTF-8"))).as("nothing is changed").isEmpty();
    assertThat(locale(Map.of("LC_CTYPE", "en_US.utf8", "LANG", "C"))).isEmpty();
  }

  /** What is {@code LC_ALL} then. */
  private static String locale(Map<String, String> environment) throws Exception {
    return told("speak_utf8; echo \"${LC_ALL:-}\"", environment);
  }

  @Test
  void jemalloc_is_preferred_where_there_is_one_and_nothing_else_is_preloaded() throws Exception {
    Path jemalloc = Files.createFile(folder.resolve("libjemalloc.so.2"));
    String places = folder.resolve("none") + " " + jemalloc;
    assertThat(allocator(Map.of("JEMALLOC_PLACES", places)))
        .isEqualTo(
            jemalloc + " dirty_decay_ms:-1,muzzy_decay_ms:-1,narenas:2,oversize_threshold:0 1");
    assertThat(allocator(Map.of("JEMALLOC_PLACES", places, "MALLOC_CONF", "narenas:8")))
        .isEqualTo(jemalloc + " narenas:8 1");
    assertThat(allocator(Map.of("JEMALLOC_PLACES", folder.resolve("none").toString())))
        .as("glibc keeps its pages")
        .isEqualTo("none none 1");
    assertThat(allocator(Map.of("JEMALLOC_PLACES", places, "LD_PRELOAD", "libc.so.6")))
        .isEqualTo("libc.so.6 none 1");
  }

  /** What is preloaded, what jemalloc is told, and what glibc is told in case. */
  private static String allocator(Map<String, String> environment) throws Exception {
    return told(
        """
        tame_allocator
        preloaded=${LD_PRELOAD:-none}
        unset LD_PRELOAD # the library of the test is none
        echo "$preloaded ${MALLOC_CONF:-none} $MALLOC_ARENA_MAX"
        """,
        environment);
  }

  private static String told(String commands, Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", ". native/environment.sh\n" + commands)
            .directory(Path.of(System.getProperty("user.dir")).toFile());
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("LC_")
                    || name.startsWith("MALLOC_")
                    || name.equals("LANG")
                    || name.equals("LD_PRELOAD"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
