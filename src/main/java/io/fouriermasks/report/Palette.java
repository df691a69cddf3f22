package io.fouriermasks.report;

import io.fouriermasks.dataset.Augmentation;
import java.awt.BasicStroke;
import java.awt.Color;

/**
 * Colours that readers with any colour vision tell apart (Okabe and Ito 2008), each with a line of
 * its own, so that colour is never the only difference.
 */
final class Palette {

  static final Color PAPER = Color.WHITE;
  static final Color INK = new Color(0x182026);
  static final Color MUTED = new Color(0x515e68);
  static final Color LINE = new Color(0xd3d9de);

  private static final int[] COLORS = {
    0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x8a6a00, 0x56b4e9, 0x5b6470
  };

  private static final float[][] DASHES = {
    null, {9, 4}, {2, 3}, {9, 3, 2, 3}, {5, 3}, {14, 4}, {3, 6}
  };

  private Palette() {}

  /** The style of a number from 0 on; after seven they repeat. */
  static Style of(int index) {
    int i = index % COLORS.length;
    return new Style(
        new Color(COLORS[i]),
        new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES[i], 0));
  }

  /** The style of an augmentation: the same in every figure. */
  static Style of(Augmentation augmentation) {
    return of(augmentation.ordinal());
  }

  /** The style of a variant; those of a clean photograph as their network's. */
  static Style of(Variant variant) {
    return of(variant.ordinal());
  }

  /** The colour, two thirds of the way to white. */
  static Color pale(Color color) {
    return new Color(pale(color.getRed()), pale(color.getGreen()), pale(color.getBlue()));
  }

  private static int pale(int level) {
    return 255 - (255 - level) / 3;
  }

  /**
   * How a line is drawn.
   *
   * @param color of line and points
   * @param stroke of the line
   */
  record Style(Color color, BasicStroke stroke) {}
}
