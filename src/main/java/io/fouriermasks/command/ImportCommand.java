package io.fouriermasks.command;

import io.fouriermasks.backup.BackupStoppedException;
import io.fouriermasks.backup.InvalidArchiveException;
import io.fouriermasks.backup.LabImport;
import io.fouriermasks.store.Bucket;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: the lab of an archive in the place of an empty one. */
@Command(
    name = "import",
    description =
        "Brings a lab back from an archive of export, into an empty data folder, and an empty"
            + " PostgreSQL if FOURIER_MASKS_DATABASE_URL names one. Jobs go on from their"
            + " checkpoints when it is served.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the archive")
  private Path file;

  @Mixin private LabStorage lab;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("there is no file %s".formatted(file));
    }
    lab.requireUsable();
    Optional<Bucket> bucket = LabStorage.bucket(System.getenv());
    PrintWriter out = spec.commandLine().getOut();
    LabImport.Summary summary;
    try (Interruption interruption = Interruption.ofProcess();
        BackupProgress progress = new BackupProgress(out, "import", interruption)) {
      summary =
          new LabImport(lab.database(), lab.folder(), bucket, LabOptions.samples())
              .read(file, progress);
    } catch (InvalidArchiveException e) {
      throw new UsageException(e.getMessage(), e);
    } catch (BackupStoppedException e) {
      return Interruption.EXIT_CODE;
    } finally {
      bucket.ifPresent(Bucket::close);
    }
    out.printf(
        "lab %s: %d rows and %d files, %d MB of them%n",
        lab.folder(), summary.rows(), summary.files(), summary.bytes() >> 20);
    if (!summary.continued().isEmpty()) {
      out.printf("jobs that go on when it is served: %s%n", summary.continued());
    }
    out.flush();
    return 0;
  }
}
