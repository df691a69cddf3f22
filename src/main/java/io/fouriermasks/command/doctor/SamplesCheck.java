package io.fouriermasks.command.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the photographs and networks are there that come with the program. */
public final class SamplesCheck implements Check {

  private final Optional<Path> folder;

  /**
   * @param folder of the starter kit, if there is one
   */
  public SamplesCheck(Optional<Path> folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "samples";
  }

  @Override
  public Finding look() {
    if (folder.isEmpty()) {
      return new Finding.Note("none: the dashboard begins without networks and photographs");
    }
    Path kit = folder.get();
    return Files.isDirectory(kit.resolve("models")) && Files.isDirectory(kit.resolve("photos"))
        ? new Finding.Ok(kit.toString())
        : new Finding.Problem(
            kit + " lacks its models or photos.", "Restore it: git checkout -- samples.");
  }
}
