package io.fouriermasks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fouriermasks.network.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All analyses of a study with its checks.
 *
 * @param study what was analysed
 * @param settings by which
 * @param checks against the published study
 * @param sections one an analysis
 * @param created when
 * @param versions of the program and of what it runs on, by name
 */
public record Report(
    Study study,
    AnalysisSettings settings,
    Checks checks,
    List<Section> sections,
    Instant created,
    Map<String, String> versions) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Name of the page in a report's folder. */
  public static final String PAGE = "report.html";

  /**
   * Runs everything. Blocks: minutes.
   *
   * @throws java.util.concurrent.CancellationException if the progress cancels
   * @throws InvalidStudyException if a file of the study turns out to be damaged
   */
  public static Report of(Workbench bench, Instant created, Map<String, String> versions) {
    List<Section> sections = new ArrayList<>();
    for (AnalysisKind kind : AnalysisKind.values()) {
      sections.add(kind.run(bench));
    }
    return new Report(
        bench.study(), bench.settings(), Checks.of(bench), sections, created, versions);
  }

  /**
   * Writes report.html, figures/, tables/ and specification.json. The page is written last: where
   * it is, all is there.
   *
   * @param folder made if it is not there; files of the same names are replaced
   */
  public void write(Path folder) throws IOException {
    SectionFiles files = new SectionFiles(folder);
    for (Section section : sections) {
      files.write(section);
    }
    files.write(checks.table());
    DurableFile.write(
        folder.resolve("specification.json"), JSON.writeValueAsBytes(specification()));
    DurableFile.write(
        folder.resolve(PAGE), ReportPage.of(this).html().getBytes(StandardCharsets.UTF_8));
  }

  /** The exact specification of every run that the report rests on. */
  private Map<String, Object> specification() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("created", created.toString());
    all.put("versions", versions);
    all.put("settings", settings);
    Map<String, Object> analyses = new LinkedHashMap<>();
    sections.forEach(section -> analyses.put(section.id(), section.settings()));
    all.put("analyses", analyses);
    all.put(
        "testData",
        study
            .testData()
            .map(folder -> Map.of("classes", folder.classes(), "images", folder.images().size()))
            .orElse(Map.of()));
    all.put("models", study.models().stream().map(Report::specification).toList());
    all.put(
        "masks",
        study.masks().stream().map(mask -> entry(mask.file(), "meta", mask.meta())).toList());
    all.put(
        "imageMasks",
        study.imageMasks().stream()
            .map(
                mask -> {
                  Map<String, Object> entry = entry(mask.file(), "meta", mask.meta());
                  entry.put("photograph", mask.key());
                  return entry;
                })
            .toList());
    return all;
  }

  private static Map<String, Object> specification(StudyModel model) {
    Map<String, Object> entry =
        entry(model.file(), "record", model.record().<Object>map(it -> it).orElse(Map.of()));
    entry.put("architecture", model.architecture().cliName());
    entry.put("augmentation", model.augmentation().code());
    entry.put("classes", model.card().classes());
    model.card().accuracy().ifPresent(accuracy -> entry.put("accuracy", accuracy));
    return entry;
  }

  private static Map<String, Object> entry(Path file, String key, Object value) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", file.getFileName().toString());
    entry.put(key, value);
    return entry;
  }
}
