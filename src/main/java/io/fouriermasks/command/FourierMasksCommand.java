package io.fouriermasks.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code fourier-masks}: the command line. */
@Command(
    name = "fourier-masks",
    description = "Learns, shows and compares the Fourier masks of image classifiers.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      WorkerCommand.class,
      DoctorCommand.class,
      HealthCommand.class,
      TrainModelsCommand.class,
      TrainMasksCommand.class,
      TrainImageMasksCommand.class,
      PredictCommand.class,
      BenchCommand.class,
      SubmitCommand.class,
      ExportCommand.class,
      ImportCommand.class
    })
public final class FourierMasksCommand {

  /** System property: print where an error comes from. */
  private static final String DEBUG = "lab.debug";

  /**
   * Runs a command.
   *
   * @return the exit code: 0, 1 (failed), 2 (bad usage) or 130 (interrupted, in order)
   */
  public static int run(String... args) {
    return commandLine().execute(args.length == 0 ? new String[] {"--help"} : args);
  }

  /** The command line, for running and for tests. */
  static CommandLine commandLine() {
    return new CommandLine(new FourierMasksCommand())
        .addSubcommand("analyse", AnalyseCommand.commandLine())
        .setUnmatchedOptionsAllowedAsOptionParameters(false)
        .setParameterExceptionHandler(
            (exception, args) -> {
              CommandLine command = exception.getCommandLine();
              say(command, exception.getMessage());
              command
                  .getErr()
                  .printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
              return 2;
            })
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              say(command, sentence(exception));
              if (exception instanceof UsageException) {
                return 2;
              }
              if (Boolean.getBoolean(DEBUG)) {
                exception.printStackTrace(command.getErr());
              }
              return 1;
            });
  }

  /** What went wrong; an error without words is one of the program's own. */
  private static String sentence(Exception exception) {
    return exception.getMessage() != null
        ? exception.getMessage()
        : "an unexpected error (%s); to see where, run it with FOURIER_MASKS_JAVA_OPTS=-D%s=true"
            .formatted(exception.getClass().getSimpleName(), DEBUG);
  }

  private static void say(CommandLine command, String message) {
    PrintWriter err = command.getErr();
    err.println("fourier-masks: " + message);
    err.flush();
  }
}
