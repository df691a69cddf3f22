package io.fouriermasks.command;

import ai.djl.Device;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.MaskPicture;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.ImageMaskSettings;
import io.fouriermasks.training.ImageMaskTrainer;
import io.fouriermasks.training.ImageStep;
import io.fouriermasks.training.MaskArchive;
import io.fouriermasks.training.StopReason;
import io.fouriermasks.training.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train-image-masks}: one Fourier mask for each photograph. */
@Command(
    name = "train-image-masks",
    description =
        "Trains the Fourier mask of each photograph; writes NAME.npy, NAME.npz, NAME.png.",
    mixinStandardHelpOptions = true)
final class TrainImageMasksCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private WeightsFile weightsFile;

  @Mixin private ImageFiles imageFiles;

  @Mixin private DeviceOption device;

  @Option(
      names = {"--out", "--single_img_mask_save_folder", "--single-img-mask-save-folder"},
      required = true,
      paramLabel = "DIR",
      description = "where the masks are written")
  private Path folder;

  @Option(
      names = "--preset",
      defaultValue = "paper",
      paramLabel = "NAME",
      description = "paper: the published scripts' settings (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = {"--max-steps", "--max_steps"},
      defaultValue = "20000",
      paramLabel = "N",
      description = "most steps an image may take (default: ${DEFAULT-VALUE})")
  private int maxSteps;

  @Option(
      names = {"--at-once", "--at_once"},
      defaultValue = "" + ImageMaskTrainer.DEFAULT_AT_ONCE,
      paramLabel = "N",
      description = "images trained at once (default: ${DEFAULT-VALUE})")
  private int atOnce;

  @Override
  public Integer call() throws IOException {
    requireOptions();
    List<String> names = distinctNames();
    Weights weights = weightsFile.read();
    List<float[]> images = imageFiles.read(weights.card());
    Device target = device.get();
    Files.createDirectories(folder);
    PrintWriter out = spec.commandLine().getOut();
    ImageMaskSettings settings = ImageMaskSettings.PAPER.withMaxSteps(maxSteps);
    try (FrozenNetwork network = FrozenNetwork.of(weights, target);
        Terminal terminal = Terminal.of(out, "masks", progressTotal(images.size()))) {
      new ImageMaskTrainer(network, settings, atOnce)
          .train(images, new Writer(this, names, terminal, weights, Devices.name(target), out));
    }
    return 0;
  }

  private void requireOptions() {
    if (!preset.equals(ImageMaskSettings.PAPER.preset())) {
      throw new UsageException("--preset: there is no preset '%s'; use paper".formatted(preset));
    }
    if (maxSteps < 1 || atOnce < 1) {
      throw new UsageException("--max-steps and --at-once must be at least 1");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--out: %s is no folder".formatted(folder));
    }
  }

  /** Photographs of one name from two folders would overwrite each other's masks. */
  private List<String> distinctNames() {
    List<String> names =
        imageFiles.paths().stream()
            .map(path -> path.getFileName().toString().replaceFirst("\\.[^.]*$", ""))
            .toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new UsageException(
            "--images: two files are called %s; their masks would overwrite each other"
                .formatted(name));
      }
    }
    return names;
  }

  /** The number of steps is not known before: progress counts the quiet steps of the stop rule. */
  private static long progressTotal(int images) {
    return (long) images * ImageMaskSettings.PAPER.quietSteps();
  }

  /** Shows progress, and writes each mask as soon as it is final. */
  private static final class Writer implements TrainingListener {

    private final TrainImageMasksCommand command;
    private final List<String> names;
    private final Terminal terminal;
    private final Weights weights;
    private final String deviceName;
    private final PrintWriter out;
    private final int[] quiet;

    Writer(
        TrainImageMasksCommand command,
        List<String> names,
        Terminal terminal,
        Weights weights,
        String deviceName,
        PrintWriter out) {
      this.command = command;
      this.names = names;
      this.terminal = terminal;
      this.weights = weights;
      this.deviceName = deviceName;
      this.out = out;
      this.quiet = new int[names.size()];
    }

    @Override
    public void onImageStep(ImageStep step) {
      quiet[step.image()] = step.quietSteps();
      long sum = 0;
      for (int steps : quiet) {
        sum += steps;
      }
      terminal.update(
          sum,
          progressTotal(names.size()),
          "step %d sparsity %.3f".formatted(step.step(), step.sparsity()));
    }

    @Override
    public void onImageFinished(int image, ImageMask result) {
      quiet[image] = ImageMaskSettings.PAPER.quietSteps();
      try {
        Path file = write(image, result);
        out.printf(
            "mask %s sparsity %.3f prediction %s steps %d seconds %.1f%s%n",
            file,
            result.mask().sparsity(),
            result.predictionKept() ? "kept" : "changed",
            result.steps(),
            result.seconds(),
            result.stopReason() == StopReason.CONVERGED
                ? ""
                : " (not converged: %s)".formatted(reason(result.stopReason())));
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("A mask could not be written to " + command.folder, e);
      }
    }

    private Path write(int image, ImageMask result) throws IOException {
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("kind", "image-mask");
      context.put("image", command.imageFiles.paths().get(image).getFileName().toString());
      context.put("weights", command.weightsFile.path().getFileName().toString());
      context.put("architecture", weights.card().architecture().cliName());
      context.put("augmentation", weights.card().augmentation());
      context.put("classes", weights.card().classes());
      context.put("preset", command.preset);
      context.put("maxSteps", command.maxSteps);
      context.put("device", deviceName);
      context.put("engine", Devices.engineVersion());
      context.put("version", ProgramVersion.text());
      Path npz = command.folder.resolve(names.get(image) + ".npz");
      DurableFile.write(
          command.folder.resolve(names.get(image) + ".npy"), MaskArchive.npy(result.mask()));
      DurableFile.write(
          command.folder.resolve(names.get(image) + ".png"),
          MaskPicture.png(result.mask(), ColorMap.TURBO, true));
      DurableFile.write(npz, MaskArchive.npz(result, context));
      return npz;
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
