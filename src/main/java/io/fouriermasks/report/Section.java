package io.fouriermasks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one analysis found.
 *
 * @param id short name, also that of the command
 * @param title for people
 * @param text what was done and why, in a few sentences
 * @param figures in their order
 * @param tables in their order
 * @param missing what could not be analysed, each with the command that makes it
 * @param settings by which it can be done again; values that JSON can hold
 */
public record Section(
    String id,
    String title,
    String text,
    List<Figure> figures,
    List<Table> tables,
    List<String> missing,
    Map<String, Object> settings) {

  public Section {
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
    missing = List.copyOf(missing);
  }

  /** Collects a section. */
  static final class Builder {

    private final String id;
    private final String title;
    private final String text;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<String, Object> settings = new LinkedHashMap<>();

    Builder(AnalysisKind kind, String text) {
      this.id = kind.id();
      this.title = kind.title();
      this.text = text;
    }

    Builder add(Figure figure) {
      figures.add(figure);
      return this;
    }

    /** A table without rows is left out. */
    Builder add(Table table) {
      if (!table.rows().isEmpty()) {
        tables.add(table);
      }
      return this;
    }

    Builder missing(String what) {
      missing.add(what);
      return this;
    }

    Builder setting(String key, Object value) {
      settings.put(key, value);
      return this;
    }

    Section build() {
      return new Section(id, title, text, figures, tables, missing, settings);
    }
  }
}
