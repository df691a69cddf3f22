package io.fouriermasks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageDecoder;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.MaskPicture;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.ImageMaskSettings;
import io.fouriermasks.training.ImageMaskTrainer;
import io.fouriermasks.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/library.md, which this test compiles, runs and compares. */
class LibraryExampleTest {

  // example
  static ImageMask train(Path weightsFile, Path photograph, Path picture) throws Exception {
    Weights weights = Weights.read(weightsFile);
    float[] pixels =
        new EvaluationTransform(weights.card().size())
            .apply(new ImageDecoder(ImageDecoder.Limits.FOLDER).decode(photograph))
            .normalised(weights.card().mean(), weights.card().std());
    ImageMaskSettings settings = ImageMaskSettings.PAPER.withMaxSteps(500);
    try (FrozenNetwork network = FrozenNetwork.of(weights, Device.cpu())) {
      ImageMask mask =
          new ImageMaskTrainer(network, settings)
              .train(List.of(pixels), new TrainingListener() {})
              .get(0);
      Files.write(picture, MaskPicture.png(mask.mask(), ColorMap.TURBO, true));
      return mask;
    }
  }

  // end of example

  @Test
  void the_example_trains_a_mask_that_keeps_the_prediction(@TempDir Path folder) throws Exception {
    Path picture = folder.resolve("mask.png");

    ImageMask mask =
        train(
            Path.of("samples/models/surfaces/compact_basemodel_n.safetensors"),
            Path.of("samples/photos/val/sand/desert_sahara_0_0_256.jpg"),
            picture);

    assertThat(mask.predictionKept()).isTrue();
    assertThat(mask.mask().sparsity()).isBetween(0.0, 0.5);
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void the_documents_show_the_very_code_that_runs_here() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/io/fouriermasks/LibraryExampleTest.java"));
    String example =
        source
            .substring(source.indexOf("  // example\n") + 13, source.indexOf("  // end of example"))
            .stripTrailing()
            .stripIndent()
            .strip();

    assertThat(Files.readString(Path.of("docs/library.md")).replace("\r", "")).contains(example);
    assertThat(example.lines()).hasSizeLessThanOrEqualTo(20);
  }
}
