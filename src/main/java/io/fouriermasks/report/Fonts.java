package io.fouriermasks.report;

import java.awt.Font;
import java.awt.GraphicsEnvironment;

/** The letters in figures. */
final class Fonts {

  private Fonts() {}

  /**
   * A plain font without serifs.
   *
   * @throws IllegalStateException if this machine has none
   */
  static Font plain(int size) {
    return font(Font.PLAIN, size);
  }

  /** The same, bold. */
  static Font bold(int size) {
    return font(Font.BOLD, size);
  }

  private static Font font(int style, int size) {
    try {
      // a slim installation has no fonts, and Java's own errors do not say what to do
      if (GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length
          > 0) {
        return new Font(Font.SANS_SERIF, style, size);
      }
    } catch (InternalError | RuntimeException e) {
      throw missing(e);
    }
    throw missing(null);
  }

  private static IllegalStateException missing(Throwable cause) {
    return new IllegalStateException(
        "Java finds no fonts to label figures with. Install some (Debian, Ubuntu: apt-get install"
            + " fontconfig fonts-dejavu-core) and start again.",
        cause);
  }
}
