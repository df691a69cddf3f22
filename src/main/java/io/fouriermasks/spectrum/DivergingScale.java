package io.fouriermasks.spectrum;

/**
 * The cool to warm scale of Moreland (Diverging Color Maps for Scientific Visualization, 2009):
 * from blue (59, 76, 192) over a neutral gray to red (180, 4, 38), straight in Msh, the polar form
 * of CIELAB, so that both arms change equally to the eye.
 */
final class DivergingScale {

  // D65
  private static final double WHITE_X = 0.95047;
  private static final double WHITE_Z = 1.08883;

  private static final double[] COOL = msh(59, 76, 192);
  private static final double[] WARM = msh(180, 4, 38);
  private static final double MIDDLE = Math.max(88, Math.max(COOL[0], WARM[0]));

  private DivergingScale() {}

  /** The colour of {@code x} in [0, 1] as 0xRRGGBB; gray at 0.5. */
  static int color(double x) {
    double[] end = x < 0.5 ? COOL : WARM;
    double share = Math.abs(2 * x - 1);
    double m = MIDDLE + share * (end[0] - MIDDLE);
    double s = share * end[1];
    double spin = spin(end);
    double h = end[2] + (1 - share) * (end[2] > -Math.PI / 3 ? spin : -spin);
    return rgb(m, s, h);
  }

  /** How far the hue turns towards the gray, which is duller but lighter (Moreland's adjustHue). */
  private static double spin(double[] end) {
    return end[1]
        * Math.sqrt(Math.max(0, MIDDLE * MIDDLE - end[0] * end[0]))
        / (end[0] * Math.sin(end[1]));
  }

  private static double[] msh(int red, int green, int blue) {
    double r = linear(red / 255.0);
    double g = linear(green / 255.0);
    double b = linear(blue / 255.0);
    double fx = lab((0.4124 * r + 0.3576 * g + 0.1805 * b) / WHITE_X);
    double fy = lab(0.2126 * r + 0.7152 * g + 0.0722 * b);
    double fz = lab((0.0193 * r + 0.1192 * g + 0.9505 * b) / WHITE_Z);
    double l = 116 * fy - 16;
    double a = 500 * (fx - fy);
    double bb = 200 * (fy - fz);
    double m = Math.sqrt(l * l + a * a + bb * bb);
    return new double[] {m, Math.acos(l / m), Math.atan2(bb, a)};
  }

  private static int rgb(double m, double s, double h) {
    double fy = (m * Math.cos(s) + 16) / 116;
    double x = WHITE_X * inverseLab(fy + m * Math.sin(s) * Math.cos(h) / 500);
    double y = inverseLab(fy);
    double z = WHITE_Z * inverseLab(fy - m * Math.sin(s) * Math.sin(h) / 200);
    return ColorMap.pack(
        gamma(3.2406 * x - 1.5372 * y - 0.4986 * z),
        gamma(-0.9689 * x + 1.8758 * y + 0.0415 * z),
        gamma(0.0557 * x - 0.2040 * y + 1.0570 * z));
  }

  private static double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double gamma(double v) {
    return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
  }

  private static double lab(double t) {
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
  }

  private static double inverseLab(double f) {
    return f > 0.206893 ? f * f * f : (f - 16.0 / 116) / 7.787;
  }
}
