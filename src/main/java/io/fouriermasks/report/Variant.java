package io.fouriermasks.report;

import io.fouriermasks.dataset.Augmentation;
import java.util.Arrays;
import java.util.Optional;

/** For which network and which form of a photograph a single-image mask was trained. */
public enum Variant {
  /** The plain network, the clean photograph. */
  PLAIN("n", Augmentation.NORMAL),
  /** The adversarially trained network, the clean photograph. */
  ADVERSARIAL("adv", Augmentation.ADVERSARIAL),
  /** The network trained on scaled views, the clean photograph. */
  SCALE("sn", Augmentation.SCALE),
  /** The network trained on moved views, the clean photograph. */
  TRANSLATION("tn", Augmentation.TRANSLATION),
  /** The network trained on turned views, the clean photograph. */
  ROTATION("rn", Augmentation.ROTATION),
  /** The plain network, the attacked photograph. */
  ATTACKED("attacked", Augmentation.NORMAL);

  private final String code;
  private final Augmentation augmentation;

  Variant(String code, Augmentation augmentation) {
    this.code = code;
    this.augmentation = augmentation;
  }

  /** The code in folder names and tables. */
  public String code() {
    return code;
  }

  /** Which of an architecture's networks it is. */
  public Augmentation augmentation() {
    return augmentation;
  }

  /** The variant of a code. */
  public static Optional<Variant> of(String code) {
    return Arrays.stream(values()).filter(variant -> variant.code.equals(code)).findFirst();
  }
}
