package io.fouriermasks.command;

import io.fouriermasks.network.Devices;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.MaskPicture;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.ImageMaskTrainer;
import io.fouriermasks.training.ImageStep;
import io.fouriermasks.training.MaskArchive;
import io.fouriermasks.training.SearchSettings;
import io.fouriermasks.training.StopReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The masks of some photographs under one network, and the files that they go to. */
final class ImageMaskWork {

  /**
   * A photograph.
   *
   * @param pixels normalised, size x size
   * @param file of its mask, .npz
   * @param about what the archive tells of the photograph
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Photograph(float[] pixels, Path file, Map<String, Object> about) {}

  private final FrozenNetwork network;
  private final List<Photograph> photographs;
  private final SearchSettings settings;
  private final Integer atOnce;
  private final boolean pictures;

  /**
   * @param atOnce images trained at once, or null for as many as the device does best
   * @param pictures whether .npy and .png are written beside each .npz
   */
  ImageMaskWork(
      FrozenNetwork network,
      List<Photograph> photographs,
      SearchSettings settings,
      Integer atOnce,
      boolean pictures) {
    this.network = network;
    this.photographs = photographs;
    this.settings = settings;
    this.atOnce = atOnce;
    this.pictures = pictures;
  }

  /**
   * Trains what is not there, or goes on from the checkpoint.
   *
   * @param checkpointPath of the file that remains after an interruption
   * @return false if it was interrupted
   */
  boolean run(Path checkpointPath, LongRun run) throws IOException {
    List<float[]> images = photographs.stream().map(Photograph::pixels).toList();
    ImageMaskTrainer trainer =
        atOnce == null
            ? new ImageMaskTrainer(network, settings)
            : new ImageMaskTrainer(network, settings, atOnce);
    CheckpointFile checkpoint = run.checkpoint(checkpointPath);
    Checkpoint from = checkpoint.read(trainer.specification(images));
    Set<Integer> done = new HashSet<>();
    if (from.isNone()) {
      for (int i = 0; i < photographs.size(); i++) {
        if (Files.exists(photographs.get(i).file())) {
          run.say("mask %s is there: skipped", photographs.get(i).file());
          done.add(i);
        }
      }
    } else {
      run.say("image masks continue from step %d", from.steps());
    }
    if (done.size() == photographs.size()) {
      return true;
    }
    boolean finished;
    try (Terminal terminal = Terminal.of(run.out(), "masks", photographs.size() - done.size())) {
      Progress progress = new Progress(checkpoint, terminal, photographs.size() - done.size(), run);
      finished =
          trainer.train(images, done, from, progress).values().stream()
              .noneMatch(mask -> mask.stopReason() == StopReason.CANCELLED);
    }
    if (finished) {
      checkpoint.delete();
    } else {
      run.say("interrupted; the same command continues from step %d", checkpoint.steps());
    }
    return finished;
  }

  private void write(int image, ImageMask result) throws IOException {
    Photograph photograph = photographs.get(image);
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("kind", "image-mask");
    context.putAll(photograph.about());
    context.put("architecture", network.card().architecture().cliName());
    context.put("augmentation", network.card().augmentation());
    context.put("classes", network.card().classes());
    context.put("preset", settings.preset());
    context.put("maxSteps", settings.maxSteps());
    context.put("device", Devices.name(network.device()));
    context.put("engine", Devices.engineVersion());
    context.put("version", ProgramVersion.text());
    if (pictures) {
      DurableFile.write(sibling(photograph.file(), ".npy"), MaskArchive.npy(result.mask()));
      DurableFile.write(
          sibling(photograph.file(), ".png"), MaskPicture.png(result.mask(), ColorMap.TURBO, true));
    }
    // last: where it is, the mask is done
    DurableFile.write(photograph.file(), MaskArchive.npz(result, context));
  }

  private static Path sibling(Path npz, String ending) {
    return npz.resolveSibling(npz.getFileName().toString().replaceFirst("\\.npz$", ending));
  }

  /** Shows progress, writes each mask as soon as it is final, keeps checkpoints. */
  private final class Progress extends CheckpointedTraining {

    private final Terminal terminal;
    private final int images;
    private final LongRun run;
    private final int[] quiet = new int[photographs.size()];
    private long quietSum;
    private int finished;
    private boolean begun;

    Progress(CheckpointFile checkpoint, Terminal terminal, int images, LongRun run) {
      super(checkpoint);
      this.terminal = terminal;
      this.images = images;
      this.run = run;
    }

    /** The first one is taken at once: it remembers which images share their passes. */
    @Override
    public boolean wantsCheckpoint() {
      boolean wanted = !begun || super.wantsCheckpoint();
      begun = true;
      return wanted;
    }

    @Override
    public void onImageStep(ImageStep step) {
      note(step.image(), step.quietSteps());
      // how many steps a mask takes is not known before: the stopping rule's quiet steps are
      terminal.update(
          finished,
          images,
          (double) quietSum / images / settings.quietSteps(),
          () -> "step %d sparsity %.3f".formatted(step.step(), step.sparsity()));
    }

    @Override
    public void onImageFinished(int image, ImageMask result) {
      note(image, settings.quietSteps());
      finished++;
      Path file = photographs.get(image).file();
      try {
        write(image, result);
      } catch (IOException e) {
        throw new UncheckedIOException("The mask %s could not be written".formatted(file), e);
      }
      run.say(
          "mask %s sparsity %.3f prediction %s steps %d seconds %.1f%s",
          file,
          result.mask().sparsity(),
          result.predictionKept() ? "kept" : "changed",
          result.steps(),
          result.seconds(),
          result.stopReason() == StopReason.CONVERGED
              ? ""
              : " (not converged: %s)".formatted(reason(result.stopReason())));
    }

    private void note(int image, int quietSteps) {
      quietSum += quietSteps - quiet[image];
      quiet[image] = quietSteps;
    }

    private static String reason(StopReason reason) {
      return switch (reason) {
        case STEP_LIMIT -> "the step limit was reached";
        case NON_FINITE -> "the objective became infinite";
        case CANCELLED -> "cancelled";
        case CONVERGED -> "converged";
      };
    }
  }
}
