package io.fouriermasks.report;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of a report: one file that needs nothing else and runs no script. */
final class ReportPage {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Report report;
  private int figures;
  private int tables;

  ReportPage(Report report) {
    this.report = report;
  }

  String html() {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    return engine
        .parse(template(), Variant.forContentType(Variant.TEXT_HTML), "report.html")
        .data("created", TIME.format(report.created()))
        .data("versions", report.versions().entrySet())
        .data("facts", facts())
        .data("classes", String.join(", ", report.study().classNames()))
        .data("checks", checks())
        .data("sections", report.sections().stream().map(this::section).toList())
        .render();
  }

  private static String template() {
    try (InputStream in = ReportPage.class.getResourceAsStream("/report/report.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The program is damaged: it has no report template", e);
    }
  }

  private Map<String, Object> facts() {
    Study study = report.study();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("Models", names(study.models().stream().map(StudyModel::name).toList()));
    facts.put(
        "Whole-model masks", names(study.modelMasks().stream().map(StudyMask::name).toList()));
    facts.put("Class masks", study.masks().size() - study.modelMasks().size());
    facts.put("Masks of single photographs", study.imageMasks().size());
    facts.put(
        "Photographs of the evaluation split",
        study.testData().<Object>map(folder -> folder.images().size()).orElse("none given"));
    return facts;
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "none" : "%d: %s".formatted(names.size(), String.join(", ", names));
  }

  private List<Map<String, Object>> checks() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Check check : report.checks().lines()) {
      lines.add(
          Map.of(
              "id",
              check.id(),
              "subject",
              check.subject(),
              "measured",
              check.measured(),
              "band",
              check.band(),
              "verdict",
              check.verdict(),
              "style",
              check.outcome().name().toLowerCase(Locale.ROOT)));
    }
    return lines;
  }

  private Map<String, Object> section(Section section) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", section.id());
    view.put("title", section.title());
    view.put("text", section.text());
    view.put("missing", section.missing());
    view.put("figures", section.figures().stream().map(this::figure).toList());
    view.put("tables", section.tables().stream().map(this::table).toList());
    view.put("settings", section.settings().entrySet());
    return view;
  }

  private Map<String, Object> figure(Figure figure) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("number", ++figures);
    view.put("title", figure.title());
    view.put("caption", figure.caption());
    view.put("alternative", figure.title() + ". " + figure.alternative());
    view.put("file", "figures/" + figure.fileName());
    view.put("uri", figure.dataUri());
    view.put("width", figure.width());
    return view;
  }

  private Map<String, Object> table(Table table) {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      columns.add(
          Map.of(
              "title",
              table.columns().get(i).title(),
              "style",
              table.isNumeric(i) ? "number" : "text"));
    }
    List<List<Map<String, Object>>> rows = new ArrayList<>();
    if (!table.isLong()) {
      for (List<String> texts : table.texts()) {
        List<Map<String, Object>> row = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
          row.add(Map.of("text", texts.get(i), "style", columns.get(i).get("style")));
        }
        rows.add(row);
      }
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("number", ++tables);
    view.put("title", table.title());
    view.put("note", table.note());
    view.put("columns", columns);
    view.put("rows", rows);
    view.put("long", table.isLong());
    view.put("count", table.rows().size());
    view.put("csv", "tables/" + table.name() + ".csv");
    view.put("tex", "tables/" + table.name() + ".tex");
    return view;
  }
}
