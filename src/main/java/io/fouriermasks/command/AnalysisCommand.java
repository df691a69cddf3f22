package io.fouriermasks.command;

import io.fouriermasks.report.AnalysisKind;
import io.fouriermasks.report.AnalysisKind.Cost;
import io.fouriermasks.report.AnalysisSettings;
import io.fouriermasks.report.InvalidStudyException;
import io.fouriermasks.report.Section;
import io.fouriermasks.report.SectionFiles;
import io.fouriermasks.report.Study;
import io.fouriermasks.report.Table;
import io.fouriermasks.report.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code analyse NAME}: one analysis of a study. */
@Command(mixinStandardHelpOptions = true)
final class AnalysisCommand implements Callable<Integer> {

  private final AnalysisKind kind;
  private final StudyOptions studyOptions = new StudyOptions();
  private final CostOptions costs = new CostOptions();
  private final SeedOption seed = new SeedOption();
  private final DeviceOption device = new DeviceOption();

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where figures/ and tables/ (CSV and LaTeX) are written")
  private Path out;

  private AnalysisCommand(AnalysisKind kind) {
    this.kind = kind;
  }

  /** The command of an analysis, with those options that it heeds. */
  static CommandSpec of(AnalysisKind kind) {
    AnalysisCommand command = new AnalysisCommand(kind);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command).name(kind.id());
    spec.usageMessage().description(kind.title().replaceFirst("(?<![?.])$", "."));
    if (kind.cost() != Cost.NO_STUDY) {
      add(spec, command.studyOptions);
      add(spec, command.seed);
      add(spec, command.device);
    }
    if (kind.cost() == Cost.SAMPLE) {
      add(spec, command.costs);
    }
    return spec;
  }

  private static void add(CommandSpec spec, Object options) {
    spec.addMixin(options.getClass().getSimpleName(), CommandSpec.forAnnotatedObject(options));
  }

  @Override
  public Integer call() throws IOException {
    requireFolder(out);
    PrintWriter writer = spec.commandLine().getOut();
    TerminalProgress progress = new TerminalProgress(writer);
    Study study = kind.cost() == Cost.NO_STUDY ? Study.EMPTY : studyOptions.read(progress);
    Workbench bench = new Workbench(study, device::get, settings(), progress);
    try {
      long begin = System.nanoTime();
      Section section = kind.run(bench);
      double seconds = (System.nanoTime() - begin) / 1e9;
      print(writer, section);
      writer.printf("%s took %.2f s after the files were read%n", kind.id(), seconds);
      if (out != null) {
        new SectionFiles(out).write(section);
        writer.printf(
            "wrote %d figures and %d tables to %s%n",
            section.figures().size(), section.tables().size(), out);
      }
    } catch (InvalidStudyException e) {
      throw StudyOptions.usage(e);
    }
    writer.flush();
    return 0;
  }

  private AnalysisSettings settings() {
    return switch (kind.cost()) {
      case NO_STUDY -> AnalysisSettings.DEFAULT;
      case NOTHING, IMAGES -> AnalysisSettings.DEFAULT.withSeed(seed.value());
      case SAMPLE -> costs.settings(seed.value());
    };
  }

  static void requireFolder(Path out) {
    if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
      throw new UsageException(
          "--out: %s is no folder; name one that is or can be made".formatted(out));
    }
  }

  private static void print(PrintWriter writer, Section section) {
    for (Table table : section.tables()) {
      writer.println(table.title());
      writer.println(
          table.isLong()
              ? "%d rows, in tables/%s.csv of --out%n".formatted(table.rows().size(), table.name())
              : table.plain());
    }
    section.missing().forEach(what -> writer.println("not there: " + what));
    writer.flush();
  }
}
