package io.fouriermasks.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.fouriermasks.dataset.Augmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

  @TempDir Path folder;

  @Test
  void masks_of_the_published_shapes_pass_by_their_records_and_the_rest_says_what_it_lacks()
      throws IOException {
    Checks checks = checks(new TinyStudy(folder).withMasks());
    assertThat(verdicts(checks, "A4")).hasSize(5).containsOnly("pass");
    assertThat(verdicts(checks, "A5")).containsExactly("pass");
    assertThat(verdicts(checks, "A6")).containsExactly("pass");
    assertThat(verdicts(checks, "A7")).containsExactly("pass");
    assertThat(verdicts(checks, "A8")).containsExactly("pass");
    assertThat(verdicts(checks, "A14")).containsExactly("pass", "pass", "pass");
    assertThat(verdicts(checks, "A1")).containsExactly("not measured: no --test_data");
    assertThat(verdicts(checks, "A9"))
        .containsExactly("not measured: no single-image masks; run train-image-masks");
    assertThat(verdicts(checks, "A2").get(0)).startsWith("not measured: needs vgg or resnet");
    assertThat(verdicts(checks, "A16").get(0)).contains("PlantedFrequenciesTest");
    assertThat(checks.anyFails()).isFalse();
    assertThat(checks.lines())
        .extracting(Check::id)
        .containsSubsequence(
            "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13", "A14",
            "A15", "A16");
  }

  @Test
  void a_mask_of_adv_that_is_no_disc_fails_its_checks() throws IOException {
    TinyStudy tiny = new TinyStudy(folder).withMasks();
    tiny.mask(Augmentation.ADVERSARIAL, TinyStudy.plateau(1, 30, 0.5, 60));
    Checks checks = checks(tiny);
    assertThat(verdicts(checks, "A5")).containsExactly("fail");
    assertThat(verdicts(checks, "A6")).containsExactly("fail");
    assertThat(verdicts(checks, "A7")).containsExactly("fail");
    assertThat(verdicts(checks, "A8")).containsExactly("pass");
    assertThat(checks.anyFails()).isTrue();
  }

  @Test
  void a_mask_that_lost_accuracy_fails_and_one_that_did_not_converge_is_not_judged()
      throws IOException {
    TinyStudy tiny = new TinyStudy(folder);
    tiny.mask("compact_mask_n", TinyStudy.plateau(1, 30, 0, 0), 0.88, 1);
    tiny.mask("compact_mask_adv", TinyStudy.plateau(1, 30, 0, 0), 0.5, 0);
    Checks checks = checks(tiny);
    assertThat(verdicts(checks, "A4"))
        .containsExactly(
            "fail", "not measured: the mask did not converge; give train-masks more --mask_epochs");
    assertThat(verdicts(checks, "A5")).containsExactly("not measured: no mask of sn, tn, rn");
  }

  @Test
  void the_number_of_photographs_of_another_data_set_is_not_judged() throws IOException {
    Checks checks = checks(new TinyStudy(folder).withMasks().withPhotographs(1));
    assertThat(verdicts(checks, "A1")).containsExactly("not measured: this is another data set");
  }

  private static Checks checks(TinyStudy tiny) throws IOException {
    return Checks.of(
        new Workbench(tiny.read(), Device::cpu, AnalysisSettings.DEFAULT, Progress.NONE));
  }

  private static List<String> verdicts(Checks checks, String id) {
    return checks.lines().stream()
        .filter(check -> check.id().equals(id))
        .map(Check::verdict)
        .toList();
  }
}
