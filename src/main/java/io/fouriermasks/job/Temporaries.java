package io.fouriermasks.job;

import io.fouriermasks.job.data.Datasets;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.WeightFiles;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;

/** What killed processes leave in the data folder: files and datasets that were being written. */
@Singleton
class Temporaries {

  private final Path data;

  @Inject
  Temporaries(LabConfig config) {
    this(config.dataDir().toAbsolutePath().normalize());
  }

  Temporaries(Path data) {
    this.data = data;
  }

  /**
   * Removes those that nobody has written to since a time.
   *
   * @throws IOException if some cannot be removed
   */
  Freed remove(Instant unwrittenSince) throws IOException {
    Freed freed = Freed.NOTHING;
    for (String folder :
        List.of(Artefacts.FOLDER, JobFolders.FOLDER, WeightFiles.FOLDER, MaskFile.FOLDER)) {
      freed = freed.and(removeFiles(data.resolve(folder), unwrittenSince));
    }
    return freed.and(removeIncoming(data.resolve(Datasets.UPLOADED), unwrittenSince));
  }

  private static Freed removeFiles(Path root, Instant unwrittenSince) throws IOException {
    Freed[] freed = {Freed.NOTHING};
    Files.walkFileTree(
        root,
        new FileTree.Visitor() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (DurableFile.isTemporary(file)
                && attributes.lastModifiedTime().toInstant().isBefore(unwrittenSince)
                && Files.deleteIfExists(file)) {
              freed[0] = freed[0].and(new Freed(1, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return freed[0];
  }

  private static Freed removeIncoming(Path datasets, Instant unwrittenSince) throws IOException {
    Freed freed = Freed.NOTHING;
    try (var folders = Files.newDirectoryStream(datasets, DatasetIntake.INCOMING + "*")) {
      for (Path folder : folders) {
        if (FileTree.lastWritten(folder).isBefore(unwrittenSince)) {
          freed = freed.and(new Freed(1, FileTree.delete(folder)));
        }
      }
    } catch (NoSuchFileException e) {
      return freed; // nobody has uploaded a dataset
    }
    return freed;
  }
}
