package io.fouriermasks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A table for people and for programs: as CSV with every digit, as LaTeX and plain text rounded.
 *
 * @param name of its files, without ending
 * @param title one line: what it shows
 * @param note units, definitions, how to read it; may be empty
 * @param columns from left to right
 * @param rows values, one a column: {@code String}, {@code Integer} or {@code Double}; a double
 *     that is not finite is shown as a dash and is empty in CSV
 */
public record Table(
    String name, String title, String note, List<Column> columns, List<List<Object>> rows) {

  /** More rows than this are for files, not for a page. */
  private static final int LONG = 80;

  /**
   * A column.
   *
   * @param key header in CSV, with the unit: {@code accuracy_percent}
   * @param title header for people
   * @param decimals shown of a double
   */
  public record Column(String key, String title, int decimals) {

    /** A column of texts or whole numbers. */
    static Column of(String key, String title) {
      return new Column(key, title, 0);
    }
  }

  /**
   * @throws IllegalArgumentException if a row does not fit the columns
   */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "The table %s has %d columns, but a row of %d values"
                .formatted(name, columns.size(), row.size()));
      }
    }
  }

  /** Whether it is too long to be shown on a page. */
  public boolean isLong() {
    return rows.size() > LONG;
  }

  /** Whether the values of a column are numbers. */
  public boolean isNumeric(int column) {
    return rows.stream().allMatch(row -> row.get(column) instanceof Number);
  }

  /** The values as people read them. */
  public List<List<String>> texts() {
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> text(row.get(i), columns.get(i)))
                    .toList())
        .toList();
  }

  private static String text(Object value, Column column) {
    if (value instanceof Double number) {
      return Double.isFinite(number)
          ? String.format(Locale.ROOT, "%." + column.decimals() + "f", number)
          : "–";
    }
    return value.toString();
  }

  /** RFC 4180 with a header line; numbers with all their digits and a point. */
  public String csv() {
    StringBuilder out = new StringBuilder();
    String[] header = columns.stream().map(Column::key).toArray(String[]::new);
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader(header).get();
    try (CSVPrinter printer = new CSVPrinter(out, format)) {
      for (List<Object> row : rows) {
        printer.printRecord(row.stream().map(Table::exact).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return out.toString();
  }

  private static Object exact(Object value) {
    return value instanceof Double number && !Double.isFinite(number) ? "" : value;
  }

  /** A LaTeX table with a caption; it needs the package booktabs. */
  public String latex() {
    StringBuilder out = new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{table}\n");
    out.append("  \\centering\n  \\caption{").append(escaped(title)).append(".");
    if (!note.isEmpty()) {
      out.append(' ').append(escaped(note));
    }
    String alignment =
        IntStream.range(0, columns.size())
            .mapToObj(i -> isNumeric(i) ? "r" : "l")
            .collect(Collectors.joining());
    out.append("}\n  \\begin{tabular}{").append(alignment).append("}\n    \\toprule\n");
    out.append(latexRow(columns.stream().map(Column::title).toList())).append("    \\midrule\n");
    texts().forEach(row -> out.append(latexRow(row)));
    return out.append("    \\bottomrule\n  \\end{tabular}\n\\end{table}\n").toString();
  }

  private static String latexRow(List<String> cells) {
    return cells.stream().map(Table::escaped).collect(Collectors.joining(" & ", "    ", " \\\\\n"));
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\textbackslash{}");
        case '~' -> out.append("\\textasciitilde{}");
        case '^' -> out.append("\\textasciicircum{}");
        case '<' -> out.append("\\textless{}");
        case '>' -> out.append("\\textgreater{}");
        case '–' -> out.append("--");
        case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** Plain text in aligned columns, the header first. */
  public String plain() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::title).toList());
    lines.addAll(texts());
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    boolean[] right = new boolean[widths.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = isNumeric(i);
    }
    return lines.stream()
        .map(line -> aligned(line, widths, right).stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String aligned(List<String> line, int[] widths, boolean[] right) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            i -> {
              String gap = " ".repeat(widths[i] - line.get(i).length());
              return right[i] ? gap + line.get(i) : line.get(i) + gap;
            })
        .collect(Collectors.joining("  "));
  }

  /** A row of {@link #rows}. */
  static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }
}
