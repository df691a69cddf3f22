package io.fouriermasks.spectrum;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A scale of 256 colours for values from 0 to 1. */
public enum ColorMap {
  /**
   * Turbo (Mikhailov 2019), by its author's polynomial approximation: dark blue, green, yellow,
   * dark red.
   */
  TURBO {
    @Override
    int color(double x) {
      return pack(
          polynomial(
              x, 0.13572138, 4.61539260, -42.66032258, 132.13108234, -152.94239396, 59.28637943),
          polynomial(x, 0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604),
          polynomial(
              x, 0.10667330, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973));
    }
  },

  /** Black to white. */
  GRAY {
    @Override
    int color(double x) {
      return pack(x, x, x);
    }
  },

  /**
   * Viridis (van der Walt and Smith 2015), perceptually uniform, by Zucker's polynomial
   * approximation: dark violet, green, yellow.
   */
  VIRIDIS {
    @Override
    int color(double x) {
      return pack(
          polynomial(
              x,
              0.2777273272234177,
              0.1050930431085774,
              -0.3308618287255563,
              -4.634230498983486,
              6.228269936347081,
              4.776384997670288,
              -5.435455855934631),
          polynomial(
              x,
              0.005407344544966578,
              1.404613529898575,
              0.214847559468213,
              -5.799100973351585,
              14.17993336680509,
              -13.74514537774601,
              4.645852612178535),
          polynomial(
              x,
              0.3340998053353061,
              1.384590162594685,
              0.09509516302823659,
              -19.33244095627987,
              56.69055260068105,
              -65.35303263337234,
              26.3124352495832));
    }
  },

  /**
   * Cool to warm (Moreland 2009), for signed values: blue below, gray at zero, red above. It takes
   * {@code value / (2 limit) + 0.5} for values from {@code -limit} to {@code limit}.
   */
  COOLWARM {
    @Override
    int color(double x) {
      return DivergingScale.color(x);
    }
  };

  private static final int SIZE = 256;

  @SuppressWarnings("ImmutableEnumChecker") // filled once, never handed out
  private final int[] table = IntStream.range(0, SIZE).map(i -> color(i / 255.0)).toArray();

  abstract int color(double x);

  /** The colour of {@code value} in [0, 1] as 0xRRGGBB; values outside take the end's colour. */
  public int rgb(float value) {
    int index = Math.round(value * (SIZE - 1));
    return table[Math.max(0, Math.min(SIZE - 1, index))];
  }

  /** The whole scale, 256 texts {@code #rrggbb} from 0 to 1. */
  public List<String> colors() {
    return Arrays.stream(table).mapToObj("#%06x"::formatted).toList();
  }

  /** The name in URLs: {@code turbo}, {@code gray}, {@code viridis}, {@code coolwarm}. */
  public String urlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The map of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static ColorMap of(String name) {
    return Arrays.stream(values())
        .filter(map -> map.urlName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no colour map '%s'; choose one of %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(ColorMap::urlName)
                                .collect(Collectors.joining(", ")))));
  }

  static int pack(double red, double green, double blue) {
    return level(red) << 16 | level(green) << 8 | level(blue);
  }

  private static int level(double share) {
    return (int) Math.round(255 * Math.max(0, Math.min(1, share)));
  }

  static double polynomial(double x, double... coefficients) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
