package io.fouriermasks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves over one axis, or points in a plane, as SVG. */
final class LineChart {

  static final int WIDTH = 720;
  private static final int HEIGHT = 400;

  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{3,}(E-?\\d+)?");

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.CROSS,
    SeriesMarkers.TRIANGLE_DOWN,
    SeriesMarkers.PLUS
  };

  private final XYChart chart;

  /** Axis titles say the unit. */
  LineChart(String xTitle, String yTitle) {
    this(xTitle, yTitle, HEIGHT);
  }

  LineChart(String xTitle, String yTitle, int height) {
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    XYStyler styler = chart.getStyler();
    styler
        .setChartBackgroundColor(Palette.PAPER)
        .setChartFontColor(Palette.INK)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Palette.PAPER)
        .setLegendFont(Fonts.plain(13))
        .setChartTitleVisible(false)
        .setChartPadding(8);
    styler.setPlotBackgroundColor(Palette.PAPER).setPlotBorderColor(Palette.LINE);
    styler
        .setPlotGridLinesColor(Palette.LINE)
        .setPlotGridLinesStroke(new BasicStroke(0.5f))
        .setAxisTitleFont(Fonts.plain(13))
        .setAxisTickLabelsFont(Fonts.plain(12))
        .setAxisTickLabelsColor(Palette.MUTED)
        .setAxisTickMarksColor(Palette.LINE);
    styler.setMarkerSize(0);
    styler.setXAxisTickMarkSpacingHint(120);
    styler.setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.###");
  }

  /** A curve. */
  LineChart line(String name, double[] x, double[] y, Palette.Style style) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(style.color()).setLineStyle(style.stroke());
    return this;
  }

  /** A curve over the whole numbers from 0 on. */
  LineChart line(String name, double[] y, Palette.Style style) {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return line(name, x, y, style);
  }

  /** A thin level line, which the legend leaves out. */
  LineChart level(double from, double to, double y) {
    XYSeries series = chart.addSeries("level " + y, new double[] {from, to}, new double[] {y, y});
    series
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(Palette.MUTED)
        .setLineWidth(1)
        .setShowInLegend(false);
    return this;
  }

  /** Points without lines; the index chooses colour and shape, pale ones lie behind. */
  LineChart points(String name, double[] x, double[] y, int index, boolean pale) {
    chart.getStyler().setMarkerSize(7);
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideE)
        .setLegendLayout(LegendLayout.Vertical);
    XYSeries series = chart.addSeries(name, x, y);
    Color color = Palette.of(index).color();
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series
        .setMarker(MARKERS[index % MARKERS.length])
        .setMarkerColor(pale ? Palette.pale(color) : color);
    return this;
  }

  /** The ends of the vertical axis. */
  LineChart between(double low, double high) {
    chart.getStyler().setYAxisMin(low).setYAxisMax(high);
    return this;
  }

  /** The chart as an SVG file. */
  byte[] svg() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return rounded(out.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  /** A hundredth of a pixel is enough: the letters' outlines come with a dozen decimals. */
  private static String rounded(String svg) {
    return LONG_NUMBER
        .matcher(svg)
        .replaceAll(it -> String.format(Locale.ROOT, "%.2f", Double.parseDouble(it.group())));
  }
}
