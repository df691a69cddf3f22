package io.fouriermasks.command;

import java.util.Arrays;
import java.util.List;

/**
 * Under which model a photograph's mask is trained, and whether the photograph is attacked first.
 */
enum ImageVariant {
  PLAIN("n", "plain"),
  TRAINED("adv", "adv-trained"),
  SCALED("sn", "scaled"),
  TRANSLATED("tn", "translated"),
  ROTATED("rn", "rotated"),
  ATTACKED("attacked", "attacked");

  private final String code;
  private final String alias;

  ImageVariant(String code, String alias) {
    this.code = code;
    this.alias = alias;
  }

  /** The code in the names of folders: the model's augmentation, or {@code attacked}. */
  String code() {
    return code;
  }

  boolean isAttacked() {
    return this == ATTACKED;
  }

  /** Augmentation of the model. */
  String augmentation() {
    return isAttacked() ? PLAIN.code : code;
  }

  /** The variants of a list of codes or words, each once. */
  static List<ImageVariant> list(String names) {
    return Arrays.stream(names.split(",", -1)).map(ImageVariant::of).distinct().toList();
  }

  private static ImageVariant of(String name) {
    return Arrays.stream(values())
        .filter(variant -> variant.code.equals(name.strip()) || variant.alias.equals(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    ("--variants: there is no variant '%s'; choose among plain, adv-trained,"
                            + " attacked, and the models n, adv, sn, tn, rn")
                        .formatted(name)));
  }
}
