package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.training.ArchivedMask;
import io.fouriermasks.training.MaskArchive;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainMasksCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path models;
  private Path data;

  @BeforeEach
  void writeModelsAndPictures() throws IOException {
    models = folder.resolve("models");
    for (String augmentation : List.of("n", "adv")) {
      ModelCard card = ModelCard.of(Architecture.COMPACT, augmentation, List.of("day", "night"));
      Initialisation.draw(card, augmentation.length()).write(models.resolve(card.fileName()));
    }
    data = folder.resolve("data/val");
    for (int k = 0; k < 2; k++) {
      write(data.resolve("day/" + k + ".png"), "colour_64x48.png");
      write(data.resolve("night/" + k + ".png"), "gray_171x128.png");
    }
  }

  @Test
  void each_model_gets_its_mask_and_what_is_there_is_skipped() throws IOException {
    Path masks = folder.resolve("masks");
    assertThat(run(Interruption.when(() -> false), args(masks))).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(names(masks))
        .containsExactly(
            "compact_mask_adv.npz",
            "compact_mask_adv.png",
            "compact_mask_n.npz",
            "compact_mask_n.png");
    assertThat(out.toString().lines())
        .anyMatch(
            line -> line.matches("mask .*compact_mask_n.npz sparsity .* accuracy .* epochs 2 .*"));
    ArchivedMask mask = read(masks.resolve("compact_mask_adv.npz"));
    assertThat(mask.invariance()).hasSize(2);
    assertThat(mask.accuracy()).hasSize(2);
    assertThat(mask.meta().get("kind").asText()).isEqualTo("model-mask");
    assertThat(mask.meta().get("augmentation").asText()).isEqualTo("adv");
    assertThat(mask.meta().get("split").asText()).isEqualTo("val");
    assertThat(mask.meta().get("steps").asInt()).isEqualTo(8);
    assertThat(mask.meta().has("class")).isFalse();

    byte[] before = Files.readAllBytes(masks.resolve("compact_mask_n.npz"));
    out.getBuffer().setLength(0);
    assertThat(run(Interruption.when(() -> false), args(masks))).isZero();
    assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.endsWith("skipped"));
    assertThat(Files.readAllBytes(masks.resolve("compact_mask_n.npz"))).isEqualTo(before);
  }

  @Test
  void each_class_gets_its_mask_named_by_its_folder() throws IOException {
    Path masks = folder.resolve("masks");
    assertThat(
            run(
                Interruption.when(() -> false),
                args(masks, "--per-class", "--augmentation=n", "--batch_size=2")))
        .isZero();
    assertThat(names(masks))
        .containsExactly(
            "compact_mask_n_day.npz",
            "compact_mask_n_day.png",
            "compact_mask_n_night.npz",
            "compact_mask_n_night.png");
    ArchivedMask mask = read(masks.resolve("compact_mask_n_night.npz"));
    assertThat(mask.meta().get("kind").asText()).isEqualTo("class-mask");
    assertThat(mask.meta().get("class").asText()).isEqualTo("night");
    assertThat(mask.meta().get("preset").asText()).isEqualTo("minibatch");
    assertThat(mask.meta().get("settings").get("maxLearningRate").asDouble()).isEqualTo(0.01);
    assertThat(mask.meta().get("steps").asInt()).isEqualTo(2);
  }

  @Test
  void a_mask_is_judged_on_images_that_it_was_not_trained_on() throws IOException {
    Path masks = folder.resolve("masks");
    assertThat(
            run(
                Interruption.when(() -> false),
                args(masks, "--augmentation=n", "--held_out=0.5", "--accuracy_ratio=0.5")))
        .isZero();
    JsonNode meta = read(masks.resolve("compact_mask_n.npz")).meta();
    assertThat(meta.get("steps").asInt()).isEqualTo(4); // two epochs over half of four images
    assertThat(meta.get("settings").get("accuracyRatio").asDouble()).isEqualTo(0.5);
    assertThat(meta.get("heldOut").get("images").asInt()).isEqualTo(2);
    assertThat(meta.get("heldOut").get("maskedAccuracy").asDouble()).isIn(0.0, 0.5, 1.0);

    assertThat(
            run(
                Interruption.when(() -> false),
                args(masks, "--augmentation=n", "--held_out=0.5", "--per-class")))
        .isZero();
    JsonNode day = read(masks.resolve("compact_mask_n_day.npz")).meta();
    assertThat(day.get("heldOut").get("images").asInt()).isEqualTo(1);
  }

  @Test
  void an_interrupted_command_goes_on_and_ends_with_the_same_mask() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(run(Interruption.when(() -> false), args(whole, "--augmentation=n"))).isZero();
    Path cut = folder.resolve("cut");
    // asked before each image of the clean pass, and twice a step: in the middle of the training
    AtomicInteger asked = new AtomicInteger();
    int code =
        run(Interruption.when(() -> asked.incrementAndGet() > 10), args(cut, "--augmentation=n"));
    assertThat(code).isEqualTo(130);
    assertThat(out.toString())
        .contains("interrupted; the same command continues from step 3 of compact_mask_n");
    assertThat(names(cut)).containsExactly("compact_mask_n.checkpoint.safetensors");

    assertThat(run(Interruption.when(() -> false), args(cut, "--augmentation=n", "--seed=5")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("other settings", "seed=5");

    assertThat(run(Interruption.when(() -> false), args(cut, "--augmentation=n"))).isZero();
    assertThat(out.toString()).contains("compact_mask_n continues from step 3");
    assertThat(names(cut)).containsExactly("compact_mask_n.npz", "compact_mask_n.png");
    ArchivedMask resumed = read(cut.resolve("compact_mask_n.npz"));
    ArchivedMask straight = read(whole.resolve("compact_mask_n.npz"));
    assertThat(resumed.mask()).isEqualTo(straight.mask());
    assertThat(resumed.invariance()).isEqualTo(straight.invariance());
  }

  @Test
  void bad_usage_ends_in_one_clear_line_and_code_2_before_anything_is_written() throws IOException {
    Path masks = folder.resolve("masks");
    refused("use --preset minibatch", args(masks, "--preset=paper", "--batch_size=4"));
    refused("--preset minibatch needs a --batch_size", args(masks, "--preset=minibatch"));
    refused("there is no preset 'best'", args(masks, "--preset=best"));
    refused("--augmentation: there is no augmentation 'x'", args(masks, "--augmentation=n,x"));
    refused(
        "compact_basemodel_rn.safetensors",
        args(masks, "--architecture=compact", "--augmentation=n,rn"));
    refused("no resnet_basemodel", args(masks, "--architecture=resnet"));
    refused("--architecture: ", args(masks, "--architecture=alexnet"));
    refused("must be at least 1", args(masks, "--batch_size=0"));
    refused("--accuracy_ratio", args(masks, "--accuracy_ratio=1.5"));
    refused("is no device", args(masks, "--device=tpu"));
    Path file = Files.writeString(folder.resolve("file"), "");
    refused("--mask_save_folder", args(file));
    write(data.resolve("dusk/0.png"), "colour_64x48.png");
    refused("--test_data: the classes of", args(masks));
    assertThat(masks).doesNotExist();
  }

  private void refused(String reason, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(Interruption.when(() -> false), args)).as(String.join(" ", args)).isEqualTo(2);
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .startsWith("fourier-masks: ")
        .contains(reason);
  }

  private String[] args(Path masks, String... more) {
    return Stream.concat(
            Stream.of(
                "--pretrained_model_folder=" + models,
                "--mask-save-folder=" + masks,
                "--test_data=" + data,
                "--mask_epochs=2",
                "--lr=0.01"),
            Stream.concat(
                Arrays.stream(more),
                Arrays.stream(more).anyMatch(arg -> arg.startsWith("--device"))
                    ? Stream.empty()
                    : Stream.of("--device=cpu")))
        .distinct()
        .toArray(String[]::new);
  }

  /** As the whole program runs it, but for the signals. */
  private int run(Interruption interruption, String... args) {
    CommandLine program = FourierMasksCommand.commandLine();
    return new CommandLine(new TrainMasksCommand(() -> interruption))
        .setExecutionExceptionHandler(program.getExecutionExceptionHandler())
        .setParameterExceptionHandler(program.getParameterExceptionHandler())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private static ArchivedMask read(Path file) throws IOException {
    return MaskArchive.read(Files.readAllBytes(file));
  }

  private static void write(Path file, String picture) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, TestPictures.reference(picture));
  }

  private static Stream<String> names(Path folder) {
    return Arrays.stream(folder.toFile().list()).sorted();
  }
}
