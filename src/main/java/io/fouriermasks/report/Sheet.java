package io.fouriermasks.report;

import io.fouriermasks.dataset.GrayImage;
import io.fouriermasks.spectrum.ColorMap;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A PNG of pictures in rows and columns, with titles, the axes of frequency planes, and the colour
 * scales with their numbers.
 */
final class Sheet {

  /** Drawn finer than shown, for fine screens and print. */
  private static final double SHOWN = 0.58;

  private static final int TILE = 256;
  private static final int GAP = 14;
  private static final int BAR = 28;
  private static final int SCALE_WIDTH = 190;

  private final List<String> columns;
  private final List<String> rows;
  private final boolean frequencies;
  private final Map<Integer, BufferedImage> tiles = new HashMap<>();
  private final List<Scale> scales = new ArrayList<>();
  private final Font plain = Fonts.plain(21);
  private final Font bold = Fonts.bold(21);

  /**
   * A colour scale.
   *
   * @param title what the numbers are, with the unit
   */
  private record Scale(String title, ColorMap map, double low, double high) {}

  /**
   * @param columns titles above the columns
   * @param rows titles beside the rows
   * @param frequencies whether the tiles are centred frequency planes, which get axes
   */
  Sheet(List<String> columns, List<String> rows, boolean frequencies) {
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
    this.frequencies = frequencies;
  }

  /** Puts a PNG in a cell; cells without one stay empty. */
  Sheet put(int row, int column, byte[] png) {
    try {
      return put(row, column, ImageIO.read(new ByteArrayInputStream(png)));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  /** Puts a grayscale picture in a cell. */
  Sheet put(int row, int column, GrayImage picture) {
    // not drawn by AWT, whose gray is linear: the values would change
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        image.setRGB(x, y, picture.at(x, y) * 0x010101);
      }
    }
    return put(row, column, image);
  }

  private Sheet put(int row, int column, BufferedImage picture) {
    tiles.put(row * columns.size() + column, picture);
    return this;
  }

  /** A colour scale at the right. */
  Sheet scale(String title, ColorMap map, double low, double high) {
    scales.add(new Scale(title, map, low, high));
    return this;
  }

  /** A figure of it. */
  Figure figure(String name, String title, String caption, String alternative) {
    BufferedImage image = draw();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    int width = (int) Math.round(SHOWN * image.getWidth());
    return new Figure(
        name, Figure.Media.PNG, out.toByteArray(), width, title, caption, alternative);
  }

  private BufferedImage draw() {
    FontMetrics metrics =
        new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().getFontMetrics(bold);
    int left =
        rows.stream().mapToInt(metrics::stringWidth).max().orElse(0) + (frequencies ? 66 : 24);
    int top = columns.stream().allMatch(String::isEmpty) ? GAP : 46;
    int bottom = frequencies ? 64 : GAP;
    int width =
        left + columns.size() * (TILE + GAP) + (scales.isEmpty() ? 0 : SCALE_WIDTH) + GAP / 2;
    int height = top + rows.size() * (TILE + GAP) + bottom;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.setColor(Palette.PAPER);
    g.fillRect(0, 0, width, height);
    g.setColor(Palette.INK);
    g.setFont(bold);
    for (int column = 0; column < columns.size(); column++) {
      centred(g, columns.get(column), left + column * (TILE + GAP) + TILE / 2, top - 16);
    }
    for (int row = 0; row < rows.size(); row++) {
      g.setFont(bold);
      g.setColor(Palette.INK);
      g.drawString(rows.get(row), 10, top + row * (TILE + GAP) + TILE / 2 + 7);
      for (int column = 0; column < columns.size(); column++) {
        drawTile(g, row, column, left + column * (TILE + GAP), top + row * (TILE + GAP));
      }
    }
    drawScales(g, left + columns.size() * (TILE + GAP) + 8, top);
    g.dispose();
    return image;
  }

  private void drawTile(Graphics2D g, int row, int column, int x, int y) {
    BufferedImage picture = tiles.get(row * columns.size() + column);
    if (picture == null) {
      g.setFont(plain);
      g.setColor(Palette.MUTED);
      centred(g, "not there", x + TILE / 2, y + TILE / 2);
      return;
    }
    g.drawImage(picture, x, y, TILE, TILE, null);
    if (frequencies) {
      g.setFont(plain);
      g.setColor(Palette.MUTED);
      if (row == rows.size() - 1) {
        tick(g, "-64", x, y + TILE, 0);
        tick(g, "0", x + TILE / 2, y + TILE, 0.5);
        tick(g, "63", x + TILE - 2, y + TILE, 1);
        if (column == 0) {
          g.drawString("cycles per image across", x, y + TILE + 54);
        }
      }
      if (column == 0) {
        g.drawString("64", x - 40, y + 16);
        g.drawString("0", x - 26, y + TILE / 2 + 8);
        g.drawString("-63", x - 48, y + TILE);
      }
    }
  }

  /** A tick with its number, of which that share lies left of it: neighbours do not touch. */
  private static void tick(Graphics2D g, String text, int x, int y, double shareLeft) {
    int left = (int) Math.round(shareLeft * g.getFontMetrics().stringWidth(text));
    g.drawLine(x, y, x, y + 6);
    g.drawString(text, x - left, y + 26);
  }

  private void drawScales(Graphics2D g, int x, int top) {
    if (scales.isEmpty()) {
      return;
    }
    int room = Math.min(2 * TILE, rows.size() * (TILE + GAP) / scales.size()) - 62;
    for (int i = 0; i < scales.size(); i++) {
      Scale scale = scales.get(i);
      int y = top + i * (room + 78) + 36;
      g.setFont(plain);
      g.setColor(Palette.INK);
      g.drawString(scale.title(), x, y - 16);
      for (int line = 0; line < room; line++) {
        g.setColor(new Color(scale.map().rgb(1 - line / (float) (room - 1))));
        g.fillRect(x, y + line, BAR, 1);
      }
      int ticks = room > 3 * 60 ? 4 : 2;
      for (int tick = 0; tick <= ticks; tick++) {
        int at = y + tick * (room - 1) / ticks;
        double value = scale.high() + (scale.low() - scale.high()) * tick / ticks;
        g.setColor(Palette.MUTED);
        g.drawLine(x + BAR, at, x + BAR + 6, at);
        g.setColor(Palette.INK);
        g.drawString(number(value), x + BAR + 12, at + 8);
      }
    }
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, Math.abs(value) < 0.1 ? "%.3f" : "%.2f", value);
    return value == 0 ? "0" : text;
  }

  private static void centred(Graphics2D g, String text, int x, int y) {
    g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, y);
  }
}
