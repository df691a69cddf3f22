package io.fouriermasks.report;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The page of a report: one file that needs nothing else and runs no script. */
final class ReportPage {

  /**
   * What a page shows.
   *
   * @param title heading
   * @param lead what it is about, in a sentence
   * @param created when
   * @param facts of what was looked at, by name
   * @param versions of the program and of what it runs on, by name
   * @param checks to be passed; empty if there are none
   * @param sections in their order
   * @param files whether figures, tables and specification stand beside the page; else the page
   *     holds them all
   */
  record Content(
      String title,
      String lead,
      Instant created,
      Map<String, Object> facts,
      Map<String, String> versions,
      List<Check> checks,
      List<Section> sections,
      boolean files) {}

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Content content;
  private int figures;
  private int tables;

  ReportPage(Content content) {
    this.content = content;
  }

  /** The page of a study's report. */
  static ReportPage of(Report report) {
    return new ReportPage(
        new Content(
            "Fourier masks: report",
            "Which spatial frequencies of an image do trained classifiers use? Classes: %s."
                .formatted(String.join(", ", report.study().classNames())),
            report.created(),
            facts(report.study()),
            report.versions(),
            report.checks().lines(),
            report.sections(),
            true));
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
        .data("title", content.title())
        .data("lead", content.lead())
        .data("created", TIME.format(content.created()))
        .data("versions", content.versions().entrySet())
        .data("facts", content.facts().entrySet())
        .data("checks", checks())
        .data("sections", content.sections().stream().map(this::section).toList())
        .data("files", content.files())
        .render();
  }

  private static String template() {
    try (InputStream in = ReportPage.class.getResourceAsStream("/report/report.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The program is damaged: it has no report template", e);
    }
  }

  private static Map<String, Object> facts(Study study) {
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
    for (Check check : content.checks()) {
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
    view.put("file", content.files() ? "figures/" + figure.fileName() : figure.dataUri());
    view.put("name", figure.fileName());
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
    view.put("name", table.name());
    view.put("csv", file(table.name() + ".csv", "text/csv", table::csv));
    view.put("tex", file(table.name() + ".tex", "text/x-tex", table::latex));
    return view;
  }

  private String file(String name, String type, Supplier<String> text) {
    if (content.files()) {
      return "tables/" + name;
    }
    byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
    return "data:%s;charset=utf-8;base64,%s"
        .formatted(type, Base64.getEncoder().encodeToString(bytes));
  }
}
