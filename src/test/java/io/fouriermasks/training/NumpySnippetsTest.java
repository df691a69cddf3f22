package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fouriermasks.spectrum.FourierMask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documents show of reading a mask in Python runs, with the numbers that were written. */
class NumpySnippetsTest {

  private static final int SIZE = 128;
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```python\\n(.*?)^```");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "README.md, masks/desert_sahara_0_0_256.npz",
    "docs/guide.md, mask.npz",
  })
  void numpy_reads_an_archive_as_the_document_says(Path document, Path archive) throws Exception {
    assumeTrue(python("import numpy").equals(""), "there is no Python with NumPy here");
    float[] half = new float[SIZE * FourierMask.columns(SIZE)];
    half[3] = 0.25f; // row 0, so that its mirror image is in row 0 too
    ModelMask mask =
        new ModelMask(
            FourierMask.ofHalfPlane(SIZE, half),
            0.8,
            0.79,
            new float[] {0.1f},
            new float[] {0.9f},
            new float[] {0.8f},
            StopReason.STEP_LIMIT,
            1,
            2,
            20,
            3.5);
    Path file = folder.resolve(archive);
    Files.createDirectories(file.getParent());
    Files.write(file, MaskArchive.npz(mask, ModelMaskSettings.PAPER, Map.of("kind", "model-mask")));
    Matcher block = BLOCK.matcher(Files.readString(document));
    assertThat(block.find()).as("a block of Python in %s", document).isTrue();
    String values =
        "\nm = archive['mask']\n"
            + "print(m.shape, m.dtype, m.sum(), m[0, 3], m[0, 125],"
            + " json.loads(bytes(archive['meta']))['kind'])";
    assertThat(python(block.group(1) + values))
        .isEqualToIgnoringNewLines("(128, 128) float32 0.5 0.25 0.25 model-mask");
  }

  /** What it prints. */
  private String python(String program) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-c", program)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      return e.getMessage(); // there is no Python
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.replaceAll("\r?\n", "\n");
  }
}
