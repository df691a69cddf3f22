package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, on the built program. */
class DemoIT {

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
    String said = Files.readString(log);
    assertThat(demo.exitValue()).as(said).isZero();
    DemoOutput.assertMask(said, path -> path);
  }
}
