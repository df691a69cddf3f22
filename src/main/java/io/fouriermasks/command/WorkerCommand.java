package io.fouriermasks.command;

import io.fouriermasks.job.EngineLoader;
import io.fouriermasks.job.Worker;
import io.fouriermasks.store.LabConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code worker}: does the jobs of a lab whose dashboard is another process. */
@Command(
    name = "worker",
    description =
        "Does jobs that were started in the dashboard of another process, which shares the data"
            + " folder and the PostgreSQL named by FOURIER_MASKS_DATABASE_URL. One worker a device.",
    mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "address to listen on with --port (default: ${DEFAULT-VALUE})")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "answer /q/health and /q/metrics there (default: listen nowhere)")
  private Integer port;

  @Mixin private LabOptions lab;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ListenAddress watched = port == null ? null : new ListenAddress(host, port);
    if (watched != null) {
      watched.requireFree();
    }
    lab.apply(LabConfig.Role.WORKER);
    System.setProperty("quarkus.http.host-enabled", Boolean.toString(watched != null));
    if (watched != null) {
      watched.apply();
    }
    Quarkus.run(Application.class);
    return 0;
  }

  /** Says who it is, and runs until the process is told to stop. */
  static final class Application implements QuarkusApplication {

    private final Worker worker;
    private final EngineLoader engine;

    Application(Worker worker, EngineLoader engine) {
      this.worker = worker;
      this.engine = engine;
    }

    @Override
    public int run(String... args) {
      engine.start(); // nobody else does when nothing listens
      System.out.printf("worker %s takes jobs (stop with Ctrl-C)%n", worker.name());
      Quarkus.waitForExit();
      return 0;
    }
  }
}
