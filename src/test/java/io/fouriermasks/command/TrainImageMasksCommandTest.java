package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.training.ArchivedMask;
import io.fouriermasks.training.MaskArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainImageMasksCommandTest {

  private final CommandHarness harness = new CommandHarness();

  @TempDir Path folder;
  private Path models;
  private Path data;

  @BeforeEach
  void writeModelsAndPictures() throws IOException {
    models = folder.resolve("models");
    for (String augmentation : List.of("n", "adv")) {
      ModelCard card = ModelCard.of(Architecture.COMPACT, augmentation, List.of("day", "night"));
      Initialisation.draw(card, augmentation.length()).write(models.resolve(card.fileName()));
    }
    data = CommandHarness.pictures(folder.resolve("val"), 2);
  }

  @Test
  void each_variant_gets_a_folder_of_masks_named_by_class_and_photograph() throws IOException {
    Path masks = folder.resolve("masks");

    int code = run(Interruption.when(() -> false), masks, "--select=all", "--num_images=3");

    assertThat(harness.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(CommandHarness.files(masks))
        .containsExactly(
            "compact_imagemask_adv/day/d0.npz",
            "compact_imagemask_adv/day/d1.npz",
            "compact_imagemask_adv/night/n0.npz",
            "compact_imagemask_attacked/day/d0.npz",
            "compact_imagemask_attacked/day/d1.npz",
            "compact_imagemask_attacked/night/n0.npz",
            "compact_imagemask_n/day/d0.npz",
            "compact_imagemask_n/day/d1.npz",
            "compact_imagemask_n/night/n0.npz");
    ArchivedMask attacked = read(masks.resolve("compact_imagemask_attacked/night/n0.npz"));
    assertThat(attacked.meta().get("kind").asText()).isEqualTo("image-mask");
    assertThat(attacked.meta().get("image").asText()).isEqualTo("night/n0.png");
    assertThat(attacked.meta().get("variant").asText()).isEqualTo("attacked");
    assertThat(attacked.meta().get("augmentation").asText()).isEqualTo("n");
    assertThat(attacked.meta().get("trueLabel").asInt()).isEqualTo(1);
    assertThat(attacked.meta().get("attack").get("epsNormalised").asDouble()).isEqualTo(0.06);
    assertThat(read(masks.resolve("compact_imagemask_adv/day/d0.npz")).meta().has("attack"))
        .isFalse();

    assertThat(run(Interruption.when(() -> false), masks, "--select=all", "--num_images=3"))
        .isZero();
    assertThat(harness.out().lines().filter(line -> line.endsWith("skipped"))).hasSize(9);
  }

  @Test
  void an_interrupted_command_goes_on_and_ends_with_the_same_masks() throws IOException {
    Path whole = folder.resolve("whole");
    String[] options = {"--select=all", "--variants=plain", "--at-once=3"};
    assertThat(run(Interruption.when(() -> false), whole, options)).isZero();
    Path cut = folder.resolve("cut");
    AtomicInteger asked = new AtomicInteger();

    int code = run(Interruption.when(() -> asked.incrementAndGet() > 12), cut, options);

    assertThat(code).isEqualTo(130);
    assertThat(harness.out()).contains("interrupted; the same command continues from step 7");
    assertThat(CommandHarness.files(cut)).contains("compact_imagemask_n.checkpoint.safetensors");
    assertThat(run(Interruption.when(() -> false), cut, options)).isZero();
    assertThat(harness.out()).contains("image masks continue from step 7");
    assertThat(CommandHarness.files(cut)).isEqualTo(CommandHarness.files(whole));
    for (String file : CommandHarness.files(whole)) {
      ArchivedMask expected = read(whole.resolve(file));
      assertThat(read(cut.resolve(file)).mask()).isEqualTo(expected.mask());
      assertThat(read(cut.resolve(file)).invariance()).isEqualTo(expected.invariance());
    }
  }

  @Test
  void photographs_that_no_rule_selects_get_no_mask() throws IOException {
    Path masks = folder.resolve("masks");
    // untrained networks predict one class for everything: none of its images is wrong when
    // attacked
    // with an attack that does nothing
    int code = run(Interruption.when(() -> false), masks, "--select=strict", "--attack_eps=0");

    assertThat(code).isZero();
    assertThat(harness.out()).contains("0 of 4 photographs, selection strict");
  }

  @Test
  void bad_usage_ends_in_one_clear_line_and_code_2_before_anything_is_written() throws IOException {
    Path masks = folder.resolve("masks");
    refused("there is no rule 'best'", masks, "--select=best");
    refused("there is no variant 'blurred'", masks, "--variants=plain,blurred");
    refused("has no ARCHITECTURE_basemodel_rn", masks, "--variants=rn", "--select=all");
    refused("Give either --weights and --images", masks, "--weights=w.safetensors");
    refused("--attack_eps", masks, "--attack_eps=-1");
    refused("must not be negative", masks, "--num_images=-1");
    assertThat(masks).doesNotExist();
  }

  private void refused(String reason, Path masks, String... more) {
    assertThat(run(Interruption.when(() -> false), masks, more)).isEqualTo(2);
    assertThat(harness.err().lines().findFirst().orElseThrow())
        .startsWith("fourier-masks: ")
        .contains(reason);
  }

  private int run(Interruption interruption, Path masks, String... more) {
    String[] args =
        Stream.concat(
                Stream.of(
                    "--pretrained_model_folder=" + models,
                    "--test_data=" + data,
                    "--single_img_mask_save_folder=" + masks,
                    "--max-steps=4",
                    "--device=cpu"),
                Stream.of(more))
            .toArray(String[]::new);
    return harness.run(new TrainImageMasksCommand(() -> interruption), args);
  }

  private static ArchivedMask read(Path file) throws IOException {
    return MaskArchive.read(Files.readAllBytes(file));
  }
}
