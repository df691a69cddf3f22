package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.api.KitFiles;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Page;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Masks in folders, as a start finds them. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class MaskIntakeTest {

  private static final byte[] MASK =
      KitFiles.ofModel(KitFiles.disc(9), Map.of("kind", "class-mask", "label", 3));

  @Inject MaskIntake intake;
  @Inject Masks masks;
  @Inject Images images;
  @Inject LabConfig config;

  @Test
  void a_mask_and_its_photograph_are_taken_in_once() {
    intake.run();
    Set<String> before = masks.sources();
    Path data = config.dataDir();
    KitFiles.write(data, "photos/val/moss/near.png", TestPictures.noise(128, 128, 901, "png"));
    Map<String, String> plain = Map.of("augmentation", "n", "variant", "n");
    byte[] mask = KitFiles.ofImage(KitFiles.disc(11), "moss/near.png", plain);
    KitFiles.write(data, "masks/tiny/compact_imagemask_n/moss/near.npz", mask);
    KitFiles.write(data, "masks/tiny/compact_imagemask_attacked/moss/near.npz", mask);
    KitFiles.write(data, "masks/tiny/compact_mask_n_moss.npz", MASK);

    intake.run();
    intake.run();

    assertThat(intake.state()).isEqualTo(MaskIntake.State.READY);
    assertThat(masks.sources()).hasSize(before.size() + 3).containsAll(before);
    List<Mask> taken = masks.list(Masks.Filter.ALL, Page.START, 3).items();
    assertThat(taken).extracting(Mask::job).containsOnlyNulls();
    assertThat(taken).extracting(Mask::model).containsOnly(LabFolder.MODEL);
    // newest first: those of images come last
    assertThat(taken).extracting(Mask::variant).containsExactly("n", "attacked", null);
    assertThat(taken.get(0).image()).isEqualTo(taken.get(1).image());
    assertThat(images.get(taken.get(0).image()).name()).isEqualTo("near.png");
    assertThat(taken.get(0).result())
        .isInstanceOfSatisfying(
            Mask.ImageResult.class,
            result -> {
              assertThat(result.predictionKept()).isTrue();
              assertThat(result.probability()).isEqualTo(result.cleanProbability());
              assertThat(result.invariance()).isLessThan(1e-4);
              assertThat(result.steps()).isEqualTo(2);
            });
    assertThat(taken.get(2).kind()).isEqualTo(Mask.Kind.CLASS_MASK);
    assertThat(taken.get(2).result())
        .isInstanceOfSatisfying(
            Mask.ModelResult.class,
            result -> {
              assertThat(result.label()).isEqualTo(3);
              assertThat(result.invariance()).isEqualTo(0.25);
              assertThat(result.sparsity()).isEqualTo(KitFiles.disc(9).sparsity());
            });
  }

  @Test
  void what_does_not_fit_is_skipped() {
    Path data = config.dataDir();
    KitFiles.write(data, "photos/val/moss/text.png", "no picture".getBytes(StandardCharsets.UTF_8));
    KitFiles.write(data, "lab.png", TestPictures.noise(128, 128, 902, "png"));
    Map<String, byte[]> files =
        Map.of(
            "tiny/compact_mask_n_cut.npz", Arrays.copyOf(MASK, MASK.length / 2),
            "tiny/compact_mask_n.npz", MASK, // a class mask
            "tiny/compact_mask_rn_moss.npz", MASK, // no such network
            "nobody/compact_mask_n_moss.npz", MASK,
            "tiny/compact_mask_n_8.npz", ofClass(8),
            "tiny/compact_mask_n_adv.npz",
                KitFiles.ofModel(KitFiles.disc(3), Map.of("label", 1, "augmentation", "adv")),
            "tiny/compact_mask_n_classes.npz",
                KitFiles.ofModel(KitFiles.disc(3), Map.of("label", 1, "classes", List.of("x"))),
            "tiny/compact_imagemask_n/moss/gone.npz", ofImage("moss/gone.png"),
            "tiny/compact_imagemask_n/moss/text.npz", ofImage("moss/text.png"),
            "tiny/compact_imagemask_n/moss/outside.npz", ofImage("../../lab.png"));
    intake.run();
    Set<String> before = masks.sources();

    files.forEach((name, content) -> KitFiles.write(data, "masks/" + name, content));
    intake.run();

    assertThat(masks.sources()).isEqualTo(before);
  }

  private static byte[] ofClass(int label) {
    return KitFiles.ofModel(KitFiles.disc(3), Map.of("label", label));
  }

  private static byte[] ofImage(String image) {
    return KitFiles.ofImage(KitFiles.disc(4), image, Map.of());
  }
}
