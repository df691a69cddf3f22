package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.spectrum.Npz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code demo --once} says and leaves. */
public final class DemoOutput {

  private static final Pattern MASK =
      Pattern.compile(
          "^mask (\\S+) sparsity 0\\.\\d{3} prediction kept steps (\\d+) seconds \\S+$",
          Pattern.MULTILINE);

  private DemoOutput() {}

  /**
   * Checks that it says where a mask lies that keeps the prediction, and that the mask is there.
   *
   * @param outside where a file that the program names is for the test
   */
  public static void assertMask(String said, UnaryOperator<Path> outside) throws Exception {
    Matcher line = MASK.matcher(said);
    assertThat(line.find()).as(said).isTrue();
    byte[] archive = Files.readAllBytes(outside.apply(Path.of(line.group(1))));
    assertThat(Npz.decode(archive).get("mask").shape()).containsExactly(128, 128);
    assertThat(Npz.decode(archive).get("sparsity").shape().get(0))
        .isEqualTo(Integer.parseInt(line.group(2)));
  }
}
