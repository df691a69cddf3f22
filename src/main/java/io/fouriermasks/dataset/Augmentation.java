package io.fouriermasks.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The five ways in which the method augments training images (arXiv 2203.08822). Each has at most
 * one random affine map, drawn after crop, flip and luma.
 */
public enum Augmentation {
  /** {@code n}: crop and flip only. */
  NORMAL("n", "plain"),

  /** {@code adv}: as {@link #NORMAL}; every batch is then attacked, which is the trainer's work. */
  ADVERSARIAL("adv", "adversarial"),

  /** {@code sn}: scaled by 0.5 to 1.5. */
  SCALE("sn", "scaled") {
    @Override
    Affine draw(int width, int height, RandomGenerator random) {
      return new Affine(0, 0, 0, uniform(random, 0.5, 1.5));
    }
  },

  /** {@code tn}: moved by up to 0.4 of width and height, in whole pixels. */
  TRANSLATION("tn", "translated") {
    @Override
    Affine draw(int width, int height, RandomGenerator random) {
      double x = MAX_SHIFT * width;
      double y = MAX_SHIFT * height;
      return new Affine(
          0, (int) Math.rint(uniform(random, -x, x)), (int) Math.rint(uniform(random, -y, y)), 1);
    }
  },

  /** {@code rn}: turned by any angle. */
  ROTATION("rn", "rotated") {
    @Override
    Affine draw(int width, int height, RandomGenerator random) {
      return new Affine(uniform(random, -180, 180), 0, 0, 1);
    }
  };

  private static final double MAX_SHIFT = 0.4;

  private final String code;
  private final String title;

  Augmentation(String code, String title) {
    this.code = code;
    this.title = title;
  }

  /** The code in file names and on the command line: n, adv, sn, tn, rn. */
  public String code() {
    return code;
  }

  /** A word for people: what the images are. */
  public String title() {
    return title;
  }

  /** Draws a map; an augmentation without one draws nothing, so that its views stay the same. */
  Affine draw(int width, int height, RandomGenerator random) {
    return Affine.IDENTITY;
  }

  /**
   * The augmentation of a code.
   *
   * @throws IllegalArgumentException if there is none; the message lists the codes
   */
  public static Augmentation of(String code) {
    return Arrays.stream(values())
        .filter(augmentation -> augmentation.code.equals(code.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no augmentation '%s'; choose among %s, or all"
                        .formatted(
                            code,
                            Arrays.stream(values())
                                .map(Augmentation::code)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * The augmentations of a list such as {@code n,adv}, in its order and each once; {@code all}
   * stands for all five.
   *
   * @throws IllegalArgumentException if a code is unknown
   */
  public static List<Augmentation> list(String codes) {
    if (codes.strip().equalsIgnoreCase("all")) {
      return List.of(values());
    }
    return Arrays.stream(codes.split(",", -1))
        .map(String::strip)
        .map(Augmentation::of)
        .distinct()
        .toList();
  }

  private static double uniform(RandomGenerator random, double low, double high) {
    return low + random.nextDouble() * (high - low);
  }
}
