package io.fouriermasks.command;

import io.fouriermasks.store.AccessSecret;
import io.fouriermasks.store.LabConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: the dashboard. */
@Command(
    name = "serve",
    description = "Serves the dashboard and does the jobs that are started in it.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Option(
      names = "--no-worker",
      description = "leave the jobs to other processes, those of the command worker")
  private boolean noWorker;

  @Override
  public Integer call() throws IOException, InterruptedException {
    server.apply(noWorker ? LabConfig.Role.SERVER : LabConfig.Role.BOTH, true);
    Quarkus.run(Server.class, server.url());
    return 0;
  }

  /** Says the dashboard's address, its argument, and runs until the process is told to stop. */
  static final class Server implements QuarkusApplication {

    private final AccessSecret secret;

    Server(AccessSecret secret) {
      this.secret = secret;
    }

    @Override
    public int run(String... args) {
      System.out.printf("dashboard %s (stop with Ctrl-C)%n", secret.shown(args[0] + "/"));
      if (secret.drawn().isPresent()) {
        System.out.println("the token in it is the administrator's, and is shown this once");
      }
      Quarkus.waitForExit();
      return 0;
    }
  }
}
