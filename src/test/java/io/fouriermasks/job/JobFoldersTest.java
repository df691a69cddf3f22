package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.ObjectServer;
import io.fouriermasks.store.ObjectStorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints on machines with a folder each and a bucket together, on a real S3 server. */
class JobFoldersTest {

  private final ObjectServer server = new ObjectServer();
  private Bucket bucket;

  @TempDir Path one;
  @TempDir Path other;

  @BeforeEach
  void open() {
    ObjectServer.giveKeys();
    bucket = server.bucket();
  }

  @AfterEach
  void close() {
    bucket.close();
    server.close();
  }

  @Test
  void another_machine_goes_on_from_the_checkpoint_that_was_written_last() throws IOException {
    CheckpointFile here = folders(one).checkpoint(7, "model");
    CheckpointFile there = folders(other).checkpoint(7, "model");
    here.bring(); // there is none anywhere
    assertThat(here.path()).doesNotExist();

    write(here, "step 10", 1000);
    here.keep();
    there.bring();
    assertThat(there.path()).hasContent("step 10");
    write(there, "step 20", 2000);
    there.keep();
    here.bring();
    assertThat(here.path()).hasContent("step 20");
    write(here, "step 30, which the storage did not take", 3000);
    here.bring();
    assertThat(here.path()).hasContent("step 30, which the storage did not take");
  }

  @Test
  void a_training_does_not_begin_anew_because_the_storage_is_away() throws IOException {
    CheckpointFile checkpoint = folders(one).checkpoint(7, "model");
    write(checkpoint, "step 10", 1000);
    server.stop();
    assertThatThrownBy(checkpoint::bring).isInstanceOf(ObjectStorageException.class);
    assertThatThrownBy(checkpoint::keep).isInstanceOf(IOException.class);
    server.startAgain();
  }

  @Test
  void checkpoints_are_handed_over_and_deleted_on_every_machine() throws IOException {
    JobFolders folders = folders(one);
    for (String training : new String[] {"brick", "grass"}) {
      CheckpointFile checkpoint = folders.checkpoint(7, training);
      write(checkpoint, training, 1000);
      checkpoint.keep();
    }
    folders(other).handOver(7, 12); // who hands over has none of the files
    assertThat(folders.jobsInBucket()).containsExactly(12L);
    CheckpointFile moved = folders(other).checkpoint(12, "grass");
    moved.bring();
    assertThat(moved.path()).hasContent("grass");

    moved.delete();
    assertThat(bucket.names("jobs/")).containsExactly("jobs/12/brick.checkpoint.safetensors");
    folders(other).delete(12);
    assertThat(bucket.names("")).isEmpty();
    assertThat(folders.jobs()).containsExactly(7L); // what an hourly look at this machine is for
  }

  private JobFolders folders(Path root) {
    return new JobFolders(root, Optional.of(bucket));
  }

  private static void write(CheckpointFile checkpoint, String content, long millis)
      throws IOException {
    Files.createDirectories(checkpoint.path().getParent());
    Files.writeString(checkpoint.path(), content);
    Files.setLastModifiedTime(checkpoint.path(), FileTime.fromMillis(millis));
  }
}
