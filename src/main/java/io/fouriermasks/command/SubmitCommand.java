package io.fouriermasks.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.job.InvalidSpecificationException;
import io.fouriermasks.job.StudyDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code submit}: gives a study to a server that runs. */
@Command(
    name = "submit",
    description =
        "Gives a study, written as YAML or JSON, to a running server. What it asks for and is done"
            + " already is not done again.",
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final long LARGEST_FILE = 1_000_000;

  private final InstantSource clock;
  private final Sleeper sleeper;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the study: .yaml, .yml or .json")
  private Path file;

  @Option(
      names = "--server",
      defaultValue = "http://127.0.0.1:8080",
      paramLabel = "URL",
      description = "address of the server (default: ${DEFAULT-VALUE})")
  private URI server;

  @Option(
      names = "--wait",
      description =
          "wait until all its jobs have ended; a server that asks to come back later is obeyed")
  private boolean wait;

  SubmitCommand() {
    this(InstantSource.system(), Sleeper.real());
  }

  /** For tests: with a given clock, and a sleep of their own. */
  SubmitCommand(InstantSource clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    String text = read();
    LabClient lab = new LabClient(server, clock);
    String type = isJson() ? "application/json" : "application/yaml";
    BusyServer busy = new BusyServer(sleeper);
    JsonNode study =
        wait
            ? busy.insist(() -> lab.submit(type, text), line -> say(out, line))
            : lab.submit(type, text);
    int total = study.path("total").asInt();
    int reused = study.path("reused").size();
    out.printf(
        "study %s: %d job%s, %d of them there already%n%s%n",
        study.path("id").asText(),
        total,
        total == 1 ? "" : "s",
        reused,
        lab.address("/studies/" + study.path("id").asText()));
    out.flush();
    return wait ? follow(lab, busy, study, out) : 0;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private boolean isJson() {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
  }

  /** Reads the file, and refuses what no server would take. */
  private String read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("There is no file " + file + ".");
    }
    if (Files.size(file) > LARGEST_FILE) {
      throw new UsageException(file + " is no study: it is larger than 1 MB.");
    }
    try {
      String text = Files.readString(file);
      if (isJson()) {
        StudyDocument.ofJson(text);
      } else {
        StudyDocument.ofYaml(text);
      }
      return text;
    } catch (MalformedInputException e) {
      throw new UsageException(file + " is no text in UTF-8.", e);
    } catch (InvalidSpecificationException e) {
      String field = e.field() == null || e.field().isEmpty() ? "" : e.field() + ": ";
      throw new UsageException("%s: %s%s".formatted(file, field, e.getMessage()), e);
    }
  }

  /** Shows the progress until all jobs have ended. Ctrl-C ends only this: the jobs go on. */
  private int follow(LabClient lab, BusyServer busy, JsonNode submitted, PrintWriter out)
      throws IOException, InterruptedException {
    String id = submitted.path("id").asText();
    JsonNode study = submitted;
    try (Terminal terminal = Terminal.of(out, "study " + id, study.path("total").asInt())) {
      while (study.path("done").asInt() < study.path("total").asInt()) {
        sleeper.sleep(BETWEEN_LOOKS);
        study = busy.insist(() -> lab.study(id), terminal::say);
        int running = study.path("states").path("RUNNING").asInt();
        terminal.update(
            study.path("done").asInt(),
            study.path("total").asInt(),
            "%d running, %d failed"
                .formatted(running, study.path("states").path("FAILED").asInt()));
      }
    }
    int succeeded = study.path("states").path("SUCCEEDED").asInt();
    int total = study.path("total").asInt();
    out.printf("%d of %d jobs succeeded%n", succeeded, total);
    out.flush();
    return succeeded == total ? 0 : 1;
  }
}
