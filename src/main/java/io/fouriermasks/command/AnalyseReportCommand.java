package io.fouriermasks.command;

import io.fouriermasks.network.Devices;
import io.fouriermasks.report.Check;
import io.fouriermasks.report.InvalidStudyException;
import io.fouriermasks.report.Report;
import io.fouriermasks.report.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code analyse report}: all analyses as one page. */
@Command(
    name = "report",
    description =
        "All analyses of a study as one HTML page, with its figures, tables (CSV, LaTeX) and the"
            + " specification of every run.",
    mixinStandardHelpOptions = true)
final class AnalyseReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StudyOptions studyOptions;

  @Mixin private CostOptions costs;

  @Mixin private SeedOption seed;

  @Mixin private DeviceOption device;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "where report.html, figures/, tables/ and specification.json are written")
  private Path out;

  @Override
  public Integer call() throws IOException {
    AnalysisCommand.requireFolder(out);
    PrintWriter writer = spec.commandLine().getOut();
    TerminalProgress progress = new TerminalProgress(writer);
    Workbench bench =
        new Workbench(
            studyOptions.read(progress), device::get, costs.settings(seed.value()), progress);
    Report report;
    try {
      report = Report.of(bench, Instant.now(), versions());
    } catch (InvalidStudyException e) {
      throw StudyOptions.usage(e);
    }
    report.write(out);
    writer.printf(
        "report %s: %d checks pass, %d fail, %d not measured%n",
        out.resolve(Report.PAGE),
        count(report, Check.Outcome.PASS),
        count(report, Check.Outcome.FAIL),
        count(report, Check.Outcome.NOT_MEASURED));
    writer.flush();
    return 0;
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Program", "fourier-masks " + ProgramVersion.text());
    versions.put("Engine", Devices.engineVersion());
    versions.put("Device", Devices.name(device.get()));
    versions.put("Java", System.getProperty("java.version"));
    return versions;
  }

  private static long count(Report report, Check.Outcome outcome) {
    return report.checks().lines().stream().filter(line -> line.outcome() == outcome).count();
  }
}
