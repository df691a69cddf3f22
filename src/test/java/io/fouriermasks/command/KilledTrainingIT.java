package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fouriermasks.training.ArchivedMask;
import io.fouriermasks.training.MaskArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program, killed with SIGKILL again and again while it trains. */
class KilledTrainingIT {

  private static final int KILLS = 2;
  private static final String PHOTOS = "samples/photos/";
  private static final String MODELS = "samples/models/surfaces";

  @TempDir Path folder;

  @Test
  void a_model_that_was_killed_ends_with_the_same_weights() throws Exception {
    String file = "compact_basemodel_tn.safetensors";
    String[] command = {
      "train-models",
      "--architecture=compact",
      "--augmentation=tn",
      "--training_data=" + PHOTOS + "train",
      "--test_data=" + PHOTOS + "val",
      "--model_epochs=2",
      "--batch_size=16",
      "--model_save_folder"
    };

    Path straight = straight(command).resolve(file);
    Path killed = killed("compact_basemodel_tn.checkpoint.safetensors", command).resolve(file);

    assertThat(Files.readAllBytes(killed)).isEqualTo(Files.readAllBytes(straight));
  }

  @Test
  void a_whole_models_mask_that_was_killed_ends_the_same() throws Exception {
    String[] command = {
      "train-masks",
      "--pretrained_model_folder=" + MODELS,
      "--augmentation=n",
      "--test_data=" + PHOTOS + "val",
      "--mask_epochs=4",
      "--lr=0.01",
      "--mask_save_folder"
    };

    Path straight = straight(command);
    Path killed = killed("compact_mask_n.checkpoint.safetensors", command);

    assertThat(mask(killed, "compact_mask_n").mask())
        .isEqualTo(mask(straight, "compact_mask_n").mask());
  }

  @Test
  void masks_of_images_that_were_killed_end_the_same() throws Exception {
    String[] command = {
      "train-image-masks",
      "--weights=" + MODELS + "/compact_basemodel_n.safetensors",
      "--max-steps=120",
      "--at-once=2",
      "--images",
      PHOTOS + "val/sand/desert_sahara_0_0_170.jpg",
      PHOTOS + "val/sand/desert_sahara_0_0_256.jpg",
      PHOTOS + "val/sand/desert_sahara_0_256_256.jpg",
      "--out"
    };

    Path straight = straight(command);
    Path killed = killed("images.checkpoint.safetensors", command);

    for (String name :
        List.of("desert_sahara_0_0_170", "desert_sahara_0_0_256", "desert_sahara_0_256_256")) {
      assertThat(mask(killed, name).mask()).isEqualTo(mask(straight, name).mask());
      assertThat(mask(killed, name).invariance()).isEqualTo(mask(straight, name).invariance());
    }
  }

  private static ArchivedMask mask(Path folder, String name) throws IOException {
    return MaskArchive.read(Files.readAllBytes(folder.resolve(name + ".npz")));
  }

  private Path straight(String... command) throws Exception {
    Path out = folder.resolve("straight");
    finish(start(out, command));
    return out;
  }

  /** Kills the program whenever it has written a checkpoint, then lets it end. */
  private Path killed(String checkpoint, String... command) throws Exception {
    Path out = folder.resolve("killed");
    Path file = out.resolve(checkpoint);
    for (int kill = 0; kill < KILLS; kill++) {
      FileTime before = time(file);
      Process process = start(out, command);
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !time(file).equals(before) || !process.isAlive());
      assertThat(process.isAlive()).as(log()).isTrue();
      process.destroyForcibly();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(file).exists();
    finish(start(out, command));
    assertThat(Files.readString(folder.resolve("out.txt"))).contains("from step");
    assertThat(file).doesNotExist();
    return out;
  }

  private static FileTime time(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file);
    } catch (NoSuchFileException e) {
      return FileTime.fromMillis(0);
    }
  }

  private Process start(Path out, String... command) throws IOException {
    List<String> line =
        Stream.of(
                Stream.of(System.getProperty("lab.launcher")),
                Stream.of(command),
                Stream.of(out.toString(), "--device=cpu", "--checkpoint_seconds=0"))
            .flatMap(part -> part)
            .toList();
    return new ProcessBuilder(line)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private void finish(Process process) throws Exception {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(log()).isZero();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("out.txt"))
        + Files.readString(folder.resolve("err.txt"));
  }
}
