package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainModelsCommandTest {

  private final CommandHarness harness = new CommandHarness();

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writePictures() throws IOException {
    data = CommandHarness.pictures(folder.resolve("data"), 3);
  }

  @Test
  void all_trains_one_model_for_each_augmentation_and_skips_what_is_there() throws IOException {
    Path models = folder.resolve("models");
    assertThat(run(Interruption.when(() -> false), models, "--augmentation=tn")).isZero();
    byte[] translated = Files.readAllBytes(models.resolve("compact_basemodel_tn.safetensors"));

    int code =
        run(Interruption.when(() -> false), models, "--augmentation=all", "--attack_steps=2");

    assertThat(harness.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(CommandHarness.files(models))
        .containsExactly(
            "compact_basemodel_adv.json",
            "compact_basemodel_adv.safetensors",
            "compact_basemodel_n.json",
            "compact_basemodel_n.safetensors",
            "compact_basemodel_rn.json",
            "compact_basemodel_rn.safetensors",
            "compact_basemodel_sn.json",
            "compact_basemodel_sn.safetensors",
            "compact_basemodel_tn.json",
            "compact_basemodel_tn.safetensors");
    assertThat(harness.out()).contains("compact_basemodel_tn.safetensors is there: skipped");
    assertThat(
            harness
                .out()
                .lines()
                .filter(line -> line.startsWith("model") && line.contains("accuracy")))
        .hasSize(4);
    assertThat(Files.readAllBytes(models.resolve("compact_basemodel_tn.safetensors")))
        .isEqualTo(translated);
    JsonNode record =
        new ObjectMapper().readTree(models.resolve("compact_basemodel_adv.json").toFile());
    assertThat(record.get("adversary").get("epsNormalised").asDouble()).isEqualTo(0.06);
    assertThat(record.get("adversary").get("steps").asInt()).isEqualTo(2);
    assertThat(record.get("trainLoss")).hasSize(2);
    assertThat(record.get("evaluationAccuracy")).hasSize(2);
    assertThat(record.get("data").asText()).contains("6 images", "augmentation adv", "seed 31");
    // the models differ by nothing but their augmentation, and that makes them differ
    assertThat(weights(models, "sn").fingerprint())
        .isNotEqualTo(weights(models, "n").fingerprint());
  }

  @Test
  void an_interrupted_command_goes_on_and_ends_with_the_same_weights() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(run(Interruption.when(() -> false), whole, "--augmentation=rn")).isZero();
    Path cut = folder.resolve("cut");
    AtomicInteger asked = new AtomicInteger();

    int code = run(Interruption.when(() -> asked.incrementAndGet() > 6), cut, "--augmentation=rn");

    assertThat(code).isEqualTo(130);
    assertThat(harness.out())
        .contains("interrupted; the same command continues compact_basemodel_rn.safetensors");
    assertThat(CommandHarness.files(cut))
        .containsExactly("compact_basemodel_rn.checkpoint.safetensors");
    assertThat(run(Interruption.when(() -> false), cut, "--augmentation=rn", "--seed=5"))
        .isEqualTo(2);
    assertThat(harness.err()).contains("other settings");
    assertThat(run(Interruption.when(() -> false), cut, "--augmentation=rn")).isZero();
    assertThat(harness.out()).contains("compact_basemodel_rn.safetensors continues from step 3");
    assertThat(CommandHarness.files(cut))
        .containsExactly("compact_basemodel_rn.json", "compact_basemodel_rn.safetensors");
    assertThat(Files.readAllBytes(cut.resolve("compact_basemodel_rn.safetensors")))
        .isEqualTo(Files.readAllBytes(whole.resolve("compact_basemodel_rn.safetensors")));
  }

  @Test
  void the_best_epoch_can_be_chosen_on_held_out_images() throws IOException {
    Path models = folder.resolve("models");

    int code = run(Interruption.when(() -> false), models, "--held_out=0.34");

    assertThat(harness.err()).isEmpty();
    assertThat(code).isZero();
    JsonNode record =
        new ObjectMapper().readTree(models.resolve("compact_basemodel_n.json").toFile());
    assertThat(record.get("epochChosenOn").asText()).isEqualTo("held out");
    assertThat(record.get("data").asText()).startsWith("4 images");
    // two images were chosen on, all six of the test data were judged
    assertThat(record.get("accuracy").asDouble()).isEqualTo(accuracyOnTestData(models));
    assertThat(record.get("evaluationAccuracy").get(0).asDouble()).isIn(0.0, 0.5, 1.0);
    assertThat(run(Interruption.when(() -> false), models, "--held_out=1")).isEqualTo(2);
    assertThat(harness.err()).contains("--held_out must be in [0, 1)");
  }

  private double accuracyOnTestData(Path models) throws IOException {
    EvaluationDataset test =
        EvaluationDataset.load(ImageFolder.open(data), new EvaluationTransform(128), done -> {});
    int right = 0;
    try (FrozenNetwork network = FrozenNetwork.of(weights(models, "n"), Device.cpu())) {
      for (int i = 0; i < test.size(); i++) {
        float[] pixels = test.image(i).normalised(network.card().mean(), network.card().std());
        right += Logits.argmax(network.logits(List.of(pixels))[0]) == test.label(i) ? 1 : 0;
      }
    }
    assertThat(test.size()).isEqualTo(6);
    return right / 6.0;
  }

  private static Weights weights(Path models, String augmentation) throws IOException {
    return Weights.read(models.resolve("compact_basemodel_%s.safetensors".formatted(augmentation)));
  }

  private int run(Interruption interruption, Path models, String... more) {
    String[] args =
        Stream.concat(
                Stream.of(
                    "--architecture=compact",
                    "--training_data=" + data,
                    "--test_data=" + data,
                    "--model_save_folder=" + models,
                    "--model_epochs=2",
                    "--batch_size=2",
                    "--device=cpu"),
                Stream.of(more))
            .toArray(String[]::new);
    return harness.run(new TrainModelsCommand(() -> interruption), args);
  }
}
