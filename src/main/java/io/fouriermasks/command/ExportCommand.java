package io.fouriermasks.command;

import io.fouriermasks.backup.BackupStoppedException;
import io.fouriermasks.backup.InvalidArchiveException;
import io.fouriermasks.backup.LabExport;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export --all}: a whole lab as one archive. */
@Command(
    name = "export",
    description =
        "Writes a whole lab into one archive: every row, photograph, mask, model, dataset and"
            + " checkpoint. A lab on PostgreSQL may be in use meanwhile; otherwise stop its server"
            + " first.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--all",
      required = true,
      description = "everything; single results are downloaded in the dashboard")
  private boolean all;

  @Option(
      names = {"--without-datasets", "--without_datasets"},
      description = "leave out the datasets that were uploaded, which may be large")
  private boolean withoutDatasets;

  @Parameters(paramLabel = "FILE", description = "the archive, a .zip that is not there yet")
  private Path file;

  @Mixin private LabStorage lab;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!all) {
      throw new UsageException("--all: a lab is exported as a whole or not at all");
    }
    if (Files.exists(file)) {
      throw new UsageException("%s is there already; name another file".formatted(file));
    }
    lab.requireUsable();
    Optional<Bucket> bucket = LabStorage.bucket(System.getenv());
    PrintWriter out = spec.commandLine().getOut();
    LabExport.Summary summary;
    try (Interruption interruption = Interruption.ofProcess();
        BackupProgress progress = new BackupProgress(out, "export", interruption)) {
      summary =
          new LabExport(
                  lab.database(),
                  lab.folder(),
                  bucket,
                  LabOptions.samples(),
                  !withoutDatasets,
                  ProgramVersion.text())
              .write(file, progress);
    } catch (InvalidArchiveException e) {
      throw new UsageException(e.getMessage(), e);
    } catch (BackupStoppedException e) {
      return Interruption.EXIT_CODE;
    } finally {
      bucket.ifPresent(Bucket::close);
    }
    for (String name : summary.leftOut()) {
      spec.commandLine()
          .getErr()
          .printf("fourier-masks: left out, for it is not there: %s%n", name);
    }
    out.printf(
        "archive %s: %d rows and %d files, %d MB of them%n",
        file, summary.rows(), summary.files(), summary.bytes() >> 20);
    out.flush();
    return 0;
  }
}
