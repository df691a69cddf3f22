package io.fouriermasks.command;

import io.fouriermasks.report.AnalysisKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code analyse}: what masks and models are compared by. */
@Command(
    name = "analyse",
    description =
        "Compares masks and models. Each analysis prints its tables, and writes them with its figures"
            + " to --out.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "ANALYSIS",
    subcommands = {
      AnalyseReportCommand.class,
      CheckCommand.class,
      AugmentationsCommand.class,
      SearchCommand.class
    })
final class AnalyseCommand {

  /** With a command for each analysis. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new AnalyseCommand());
    for (AnalysisKind kind : AnalysisKind.values()) {
      line.addSubcommand(kind.id(), AnalysisCommand.of(kind));
    }
    return line;
  }
}
