package io.fouriermasks.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code health}: whether a server or worker on this machine is well; where there is no curl. */
@Command(
    name = "health",
    description =
        "Asks a running server, or a worker that was given a --port, how it is. Exit code 1 if it"
            + " cannot take work, or does not answer.",
    mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "N",
      description = "port that it answers on (default: ${DEFAULT-VALUE})")
  private int port;

  @Override
  public Integer call() throws InterruptedException {
    URI address = URI.create(new ListenAddress("127.0.0.1", port).url() + "/q/health");
    HttpResponse<String> answer;
    JsonNode health;
    try {
      answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(PATIENCE)
              .build()
              .send(
                  HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofString());
      health = new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      spec.commandLine().getErr().printf("fourier-masks: no lab answers at %s%n", address);
      return 1;
    }
    PrintWriter out = spec.commandLine().getOut();
    for (JsonNode check : health.path("checks")) {
      String reason = check.path("data").path("reason").asText("");
      out.printf(
          "%-4s %s  %s%n", check.path("status").asText(), check.path("name").asText(), reason);
    }
    out.flush();
    return answer.statusCode() == 200 && health.path("status").asText().equals("UP") ? 0 : 1;
  }
}
