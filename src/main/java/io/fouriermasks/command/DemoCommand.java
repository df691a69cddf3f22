package io.fouriermasks.command;

import io.fouriermasks.store.LabConfig;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the mask of one sample photograph, then the dashboard with it open. */
@Command(
    name = "demo",
    description =
        "Trains the mask of one sample photograph, then serves the dashboard with it open.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Option(names = "--once", description = "exit after the training instead of serving")
  private boolean once;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path photograph =
        LabOptions.samples()
            .map(samples -> samples.resolve(DemoApplication.PHOTOGRAPH))
            .filter(Files::isRegularFile)
            .orElseThrow(
                () ->
                    new UsageException(
                        "the sample photographs are missing; start ./fourier-masks of a complete"
                            + " checkout"));
    server.apply(LabConfig.Role.BOTH, !once);
    System.setProperty("quarkus.log.console.level", "WARN"); // the progress is what is to be seen
    Quarkus.run(
        DemoApplication.class, photograph.toString(), once ? DemoApplication.ONCE : server.url());
    return 0;
  }
}
