package io.fouriermasks.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.command.doctor.AllocatorCheck;
import io.fouriermasks.command.doctor.Check;
import io.fouriermasks.command.doctor.DataFolderCheck;
import io.fouriermasks.command.doctor.Finding;
import io.fouriermasks.command.doctor.H2Check;
import io.fouriermasks.command.doctor.JavaCheck;
import io.fouriermasks.command.doctor.LibtorchCheck;
import io.fouriermasks.command.doctor.MemoryCheck;
import io.fouriermasks.command.doctor.ObjectStorageCheck;
import io.fouriermasks.command.doctor.PortCheck;
import io.fouriermasks.command.doctor.PostgresqlCheck;
import io.fouriermasks.command.doctor.ProviderCheck;
import io.fouriermasks.command.doctor.SamplesCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: what is wrong with the machine or the lab, and how to mend it. */
@Command(
    name = "doctor",
    description =
        "Looks at everything that the program needs and changes nothing, but that it puts a small"
            + " object into object storage and removes it. Exit code 1 if something is wrong; each"
            + " problem is followed by how to mend it.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data-dir",
      defaultValue = "data",
      paramLabel = "DIR",
      description = "the lab's folder (default: ${DEFAULT-VALUE})")
  private Path dataDir;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "address that the server is to listen on (default: ${DEFAULT-VALUE})")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "N",
      description = "its port (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(names = "--json", description = "print one JSON array instead of lines")
  private boolean json;

  DoctorCommand() {
    this(System.getenv());
  }

  /**
   * @param environment the variables of the process
   */
  DoctorCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** One line of the answer. */
  private record Line(String check, String result, String text, String remedy) {

    static Line of(Check check) {
      Finding finding = check.look();
      if (finding instanceof Finding.Problem problem) {
        return new Line(check.name(), "PROBLEM", problem.text(), problem.remedy());
      }
      String result = finding instanceof Finding.Ok ? "OK" : "NOTE";
      return new Line(check.name(), result, finding.text(), null);
    }

    boolean isProblem() {
      return remedy != null;
    }
  }

  @Override
  public Integer call() throws JsonProcessingException {
    if (port < 1 || port > 65_535) {
      throw new UsageException("--port must be 1 to 65535, not " + port);
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Line> lines = new ArrayList<>();
    for (Check check : checks()) {
      Line line = Line.of(check);
      lines.add(line);
      if (!json) {
        print(out, line);
      }
    }
    if (json) {
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(lines));
    }
    return lines.stream().anyMatch(Line::isProblem) ? 1 : 0;
  }

  private static void print(PrintWriter out, Line line) {
    out.printf("%-7s  %-11s  %s%n", line.result(), line.check(), line.text());
    if (line.isProblem()) {
      out.printf("%-7s  %-11s  -> %s%n", "", "", line.remedy());
    }
    out.flush();
  }

  private List<Check> checks() {
    return List.of(
        new JavaCheck(),
        MemoryCheck.here(),
        new AllocatorCheck(environment),
        new LibtorchCheck(),
        new DataFolderCheck(dataDir),
        database(),
        new ObjectStorageCheck(() -> LabStorage.bucket(environment)),
        new ProviderCheck(() -> LabProvider.url(environment)),
        new SamplesCheck(LabOptions.samples()),
        new PortCheck(host, port));
  }

  private Check database() {
    return LabStorage.postgres(LabEnvironment.with(environment))
        .<Check>map(address -> new PostgresqlCheck(address.jdbc(), address.login()))
        .orElseGet(() -> new H2Check(dataDir));
  }
}
