package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.spectrum.Npz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, on the built program. */
class DemoIT {

  private static final Pattern LAST_LINE =
      Pattern.compile(
          "mask (\\S+) sparsity (0\\.\\d{3}) prediction (kept|changed) steps (\\d+) seconds (\\S+)");

  @TempDir Path folder;

  @Test
  void demo_once_trains_a_mask_that_keeps_the_prediction_and_says_where_it_lies() throws Exception {
    Path log = folder.resolve("out.txt");
    Process demo =
        new ProcessBuilder(
                System.getProperty("lab.launcher"),
                "demo",
                "--once",
                "--data-dir",
                folder.resolve("data").toString())
            .redirectOutput(log.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    assertThat(demo.waitFor(10, TimeUnit.MINUTES)).isTrue();
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    assertThat(demo.exitValue()).as(String.join("\n", lines)).isZero();
    Matcher last = LAST_LINE.matcher(lines.get(lines.size() - 1));
    assertThat(last.matches()).as(lines.get(lines.size() - 1)).isTrue();
    assertThat(last.group(3)).isEqualTo("kept");
    byte[] archive = Files.readAllBytes(Path.of(last.group(1)));
    assertThat(Npz.decode(archive).get("mask").shape()).containsExactly(128, 128);
    assertThat(Integer.parseInt(last.group(4)))
        .isEqualTo(Npz.decode(archive).get("sparsity").shape().get(0));
  }
}
