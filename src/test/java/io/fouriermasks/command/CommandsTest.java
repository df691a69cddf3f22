package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.Fixture;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

  private static final String WEIGHTS = Fixture.file("compact_weights.safetensors").toString();

  @TempDir Path folder;
  private Path photograph;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writePhotograph() throws IOException {
    photograph =
        Files.write(folder.resolve("house.png"), TestPictures.reference("colour_64x48.png"));
  }

  @Test
  void predict_prints_logits_probabilities_and_class_as_json() throws IOException {
    assertThat(run("predict", "--weights", WEIGHTS, "--images", photograph.toString(), "--json"))
        .isZero();
    JsonNode row = new ObjectMapper().readTree(out.toString()).get(0);
    assertThat(row.get("image").asText()).isEqualTo(photograph.toString());
    assertThat(row.get("logits")).hasSize(5);
    double sum = 0;
    for (JsonNode probability : row.get("probabilities")) {
      sum += probability.asDouble();
    }
    assertThat(sum).isEqualTo(1.0, within(1e-9));
    int prediction = row.get("prediction").asInt();
    assertThat(row.get("className")).isEqualTo(row.get("classes").get(prediction));
    assertThat(row.get("probability")).isEqualTo(row.get("probabilities").get(prediction));
  }

  @Test
  void train_image_masks_writes_three_files_for_each_photograph() throws IOException {
    Path masks = folder.resolve("masks");
    assertThat(
            run(
                "train-image-masks",
                "--weights",
                WEIGHTS,
                "--images",
                photograph.toString(),
                "--out",
                masks.toString(),
                "--max-steps",
                "5",
                "--device",
                "cpu"))
        .isZero();
    assertThat(names(masks)).containsExactly("house.npy", "house.npz", "house.png");
    NpyArray mask = NpyArray.decode(Files.readAllBytes(masks.resolve("house.npy")));
    assertThat(mask.shape()).containsExactly(128, 128);
    var arrays = Npz.decode(Files.readAllBytes(masks.resolve("house.npz")));
    assertThat(arrays.get("mask").floats()).containsExactly(mask.floats());
    assertThat(arrays.get("invariance").shape()).containsExactly(5);
    JsonNode meta = new ObjectMapper().readTree(arrays.get("meta").data());
    assertThat(meta.get("image").asText()).isEqualTo("house.png");
    assertThat(meta.get("preset").asText()).isEqualTo("paper");
    assertThat(meta.get("converged").asBoolean()).isFalse();
    assertThat(out.toString())
        .contains("house.npz sparsity 0.9", "steps 5", "not converged: the step limit was reached");
  }

  @Test
  void masks_of_two_presets_are_compared() throws IOException {
    Path paper = folder.resolve("paper");
    Path fast = folder.resolve("fast");
    for (Path to : new Path[] {paper, fast}) {
      String preset = to.getFileName().toString();
      assertThat(
              run(
                  masks(
                      WEIGHTS,
                      photograph.toString(),
                      to.toString(),
                      "--preset=" + preset,
                      "--max-steps=8",
                      "--device=cpu")))
          .isZero();
    }
    var arrays = Npz.decode(Files.readAllBytes(fast.resolve("house.npz")));
    JsonNode meta = new ObjectMapper().readTree(arrays.get("meta").data());
    assertThat(meta.get("preset").asText()).isEqualTo("fast");
    assertThat(meta.get("predictionKept").asBoolean()).isTrue();

    out.getBuffer().setLength(0);
    assertThat(run("analyse", "search", "--baseline=" + paper, "--masks=" + fast, "--json"))
        .isZero();
    JsonNode pair = new ObjectMapper().readTree(out.toString()).at("/pairs/0");
    assertThat(pair.get("name").asText()).isEqualTo("house.npz");
    assertThat(pair.at("/other/steps").asInt()).isEqualTo(8);
    assertThat(pair.at("/other/excess").asDouble())
        .isLessThan(pair.at("/baseline/excess").asDouble());
    out.getBuffer().setLength(0);
    assertThat(run("analyse", "search", "--baseline=" + paper, "--masks=" + fast)).isZero();
    assertThat(out.toString())
        .contains(
            "1 photographs", "predictions kept: 100.0 %", "steps of the baseline for one: 1.0");
    refused("there is no folder", "analyse", "search", "--baseline=nowhere", "--masks=" + fast);
    refused("no mask of a photograph", "analyse", "search", "--baseline=" + fast, "--masks=x");
  }

  @Test
  void train_models_learns_a_folder_of_images_and_writes_the_best_weights() throws IOException {
    Path data = folder.resolve("data");
    for (String split : new String[] {"train", "val"}) {
      for (int k = 0; k < 6; k++) {
        write(data.resolve(split + "/day/" + k + ".png"), "colour_64x48.png");
        write(data.resolve(split + "/night/" + k + ".png"), "gray_171x128.png");
      }
    }
    int code =
        run(
            "train-models",
            "--architecture=compact",
            "--training_data=" + data.resolve("train"),
            "--test_data=" + data.resolve("val"),
            "--model_save_folder=" + folder.resolve("models"),
            "--model_epochs=2",
            "--batch_size=4",
            "--device=cpu");
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    Weights weights = Weights.read(folder.resolve("models/compact_basemodel_n.safetensors"));
    assertThat(weights.card().architecture()).isEqualTo(Architecture.COMPACT);
    assertThat(weights.card().classes()).containsExactly("day", "night");
    assertThat(weights.card().accuracy().orElseThrow()).isBetween(0.0, 1.0);
    assertThat(out.toString()).contains("epoch 1 of 2", "epoch 2 of 2", "accuracy");
  }

  @Test
  void bad_usage_ends_in_one_clear_line_and_code_2_before_anything_is_written() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.jpg"), "no picture");
    String photo = photograph.toString();
    String to = folder.resolve("masks").toString();
    refused(
        "Unknown option: '--color'", "predict", "--weights", WEIGHTS, "--images", photo, "--color");
    refused("--weights", "predict", "--images", photo);
    refused("there is no file nowhere.png", masks(WEIGHTS, "nowhere.png", to));
    refused("there is no file nowhere.safetensors", masks("nowhere.safetensors", photo, to));
    refused("notes.jpg", masks(WEIGHTS, text.toString(), to));
    refused("cannot be used as weights", masks(text.toString(), photo, to));
    refused("there is no preset 'best'", masks(WEIGHTS, photo, to, "--preset", "best"));
    refused("is no device", masks(WEIGHTS, photo, to, "--device", "tpu"));
    refused("must be at least 1", masks(WEIGHTS, photo, to, "--max-steps", "0"));
    refused("two files are called house", masks(WEIGHTS, photo, to, "--images", photo));
    refused("is no folder", masks(WEIGHTS, photo, photo));
    refused(
        "no architecture 'alexnet'",
        "train-models",
        "--architecture=alexnet",
        "--training_data=" + folder,
        "--test_data=" + folder,
        "--model_save_folder=" + to);
    refused(
        "--training_data",
        "train-models",
        "--architecture=vgg",
        "--training_data=" + folder.resolve("nowhere"),
        "--test_data=" + folder,
        "--model_save_folder=" + to);
    assertThat(names(folder)).containsExactly("house.png", "notes.jpg");
  }

  @Test
  void help_and_version_are_no_errors() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("(?s)fourier-masks \\d+\\.\\d+\\.\\d+.*");
    assertThat(run("serve", "--help")).isZero();
    assertThat(out.toString()).contains("--data-dir", "--port");
  }

  private void refused(String reason, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).as(String.join(" ", args)).isEqualTo(2);
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .startsWith("fourier-masks: ")
        .contains(reason);
    assertThat(err.toString()).doesNotContain("Exception", "\tat ");
  }

  private static String[] masks(String weights, String image, String to, String... more) {
    String[] args = {"train-image-masks", "--weights", weights, "--images", image, "--out", to};
    return Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new);
  }

  private int run(String... args) {
    CommandLine command = FourierMasksCommand.commandLine();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private static void write(Path file, String picture) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, TestPictures.reference(picture));
  }

  private static Stream<String> names(Path folder) {
    return Arrays.stream(folder.toFile().list()).sorted();
  }
}
