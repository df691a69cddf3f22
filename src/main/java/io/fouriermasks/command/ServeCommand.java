package io.fouriermasks.command;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: the dashboard. */
@Command(
    name = "serve",
    description = "Serves the dashboard and does the jobs that are started in it.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Override
  public Integer call() throws IOException {
    server.apply(true);
    System.setProperty("lab.url", server.url());
    Quarkus.run(Server.class);
    return 0;
  }

  /** Runs until the process is told to stop. */
  static final class Server implements QuarkusApplication {

    private final String url;

    Server(@ConfigProperty(name = "lab.url") String url) {
      this.url = url;
    }

    @Override
    public int run(String... args) {
      System.out.printf("dashboard %s (stop with Ctrl-C)%n", url);
      Quarkus.waitForExit();
      return 0;
    }
  }
}
