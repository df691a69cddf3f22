package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSelectionTest {

  /** Plain model right, adversarially trained model right, attacked image right. */
  @ParameterizedTest
  @CsvSource({
    "true, true, false, true, true",
    "false, false, true, false, true",
    "true, true, true, false, false",
    "false, false, false, false, false",
    "true, false, false, false, false",
    "false, true, true, false, false",
    "true, false, true, false, false",
    "false, true, false, false, false"
  })
  void only_the_published_rule_takes_what_the_attack_mends(
      boolean plain, boolean trained, boolean attacked, boolean strict, boolean published) {
    assertThat(ImageSelection.STRICT.selects(plain, trained, attacked)).isEqualTo(strict);
    assertThat(ImageSelection.PUBLISHED.selects(plain, trained, attacked)).isEqualTo(published);
    assertThat(ImageSelection.ALL.selects(plain, trained, attacked)).isTrue();
  }
}
