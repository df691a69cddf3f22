package io.fouriermasks.command;

import io.fouriermasks.report.AnalysisSettings;
import io.fouriermasks.report.Checks;
import io.fouriermasks.report.InvalidStudyException;
import io.fouriermasks.report.SectionFiles;
import io.fouriermasks.report.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code analyse check}: whether a study shows what the published one showed. */
@Command(
    name = "check",
    description =
        "Checks a study against the published one, line by line: what was measured, the band, pass,"
            + " fail or not measured. Exit code 1 if one fails.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StudyOptions studyOptions;

  @Mixin private SeedOption seed;

  @Mixin private DeviceOption device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where the table is also written, as tables/checks.csv and .tex")
  private Path out;

  @Override
  public Integer call() throws IOException {
    AnalysisCommand.requireFolder(out);
    PrintWriter writer = spec.commandLine().getOut();
    TerminalProgress progress = new TerminalProgress(writer);
    Workbench bench =
        new Workbench(
            studyOptions.read(progress),
            device::get,
            AnalysisSettings.DEFAULT.withSeed(seed.value()),
            progress);
    Checks checks;
    try {
      checks = Checks.of(bench);
    } catch (InvalidStudyException e) {
      throw StudyOptions.usage(e);
    }
    writer.print(checks.table().plain());
    writer.flush();
    if (out != null) {
      new SectionFiles(out).write(checks.table());
    }
    return checks.anyFails() ? 1 : 0;
  }
}
