package io.fouriermasks.command;

import io.fouriermasks.attack.EvaluationAttack;
import io.fouriermasks.dataset.ImageDecoder;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.dataset.InvalidDatasetException;
import io.fouriermasks.dataset.LabelledImage;
import io.fouriermasks.dataset.RgbImage;
import io.fouriermasks.dataset.UnreadableImageException;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.network.Weights;
import io.fouriermasks.report.AugmentationSheet;
import io.fouriermasks.report.Figure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code analyse augmentations}: a sheet of what the augmentations do. */
@Command(
    name = "augmentations",
    description =
        "A sheet of what each augmentation does to sample photographs; with --weights also what the"
            + " attack does.",
    mixinStandardHelpOptions = true)
final class AugmentationsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      arity = "1..*",
      paramLabel = "FILE",
      description = "photographs, PNG or JPEG")
  private List<Path> images;

  @Option(
      names = {"--test_data", "--test-data"},
      paramLabel = "DIR",
      description = "or a folder DIR/CLASS/*.jpg: one photograph of each class is drawn")
  private Path testData;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "the network that is attacked, .safetensors (default: no attack is shown)")
  private Path weights;

  @Option(
      names = "--views",
      defaultValue = "2",
      paramLabel = "N",
      description = "random views of each augmentation (default: ${DEFAULT-VALUE})")
  private int views;

  @Mixin private AttackOptions attack;

  @Mixin private SeedOption seed;

  @Mixin private DeviceOption device;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "the sheet, a .png")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (views < 1) {
      throw new UsageException("--views must be at least 1");
    }
    if (!out.getFileName().toString().endsWith(".png") || Files.isDirectory(out)) {
      throw new UsageException("--out: name a file that ends in .png, not " + out);
    }
    List<Path> files = files();
    List<RgbImage> photographs = new ArrayList<>();
    ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.FOLDER);
    for (Path file : files) {
      try {
        photographs.add(decoder.decode(file));
      } catch (UnreadableImageException e) {
        throw new UsageException("%s: %s".formatted(file, e.getMessage()), e);
      }
    }
    List<String> names = files.stream().map(this::name).toList();
    Figure figure = draw(new AugmentationSheet(names, photographs, views, seed.value()));
    DurableFile.write(out, figure.content());
    PrintWriter writer = spec.commandLine().getOut();
    writer.printf("sheet %s of %d photographs. %s%n", out, files.size(), figure.caption());
    writer.flush();
    return 0;
  }

  private Figure draw(AugmentationSheet sheet) throws IOException {
    if (weights == null) {
      return sheet.draw();
    }
    if (!Files.isRegularFile(weights)) {
      throw new UsageException("--weights: there is no file " + weights);
    }
    try (FrozenNetwork network = FrozenNetwork.of(Weights.read(weights), device.get())) {
      return sheet.draw(network, new EvaluationAttack(attack.pgd(), seed.value()));
    } catch (InvalidWeightsException e) {
      throw new UsageException("--weights: " + e.getMessage(), e);
    }
  }

  private String name(Path file) {
    return images == null
        ? file.getParent().getFileName().toString()
        : file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  private List<Path> files() {
    if ((images == null) == (testData == null)) {
      throw new UsageException("give either --images or --test_data");
    }
    if (images != null) {
      for (Path file : images) {
        if (!Files.isRegularFile(file)) {
          throw new UsageException("--images: there is no file " + file);
        }
      }
      return images;
    }
    try {
      ImageFolder folder = ImageFolder.open(testData);
      SplittableRandom random = new SplittableRandom(seed.value());
      List<Path> drawn = new ArrayList<>();
      for (int label = 0; label < folder.classes().size(); label++) {
        int wanted = label;
        List<Path> ofClass =
            folder.images().stream()
                .filter(image -> image.label() == wanted)
                .map(LabelledImage::file)
                .toList();
        drawn.add(ofClass.get(random.nextInt(ofClass.size())));
      }
      return drawn;
    } catch (InvalidDatasetException e) {
      throw new UsageException("--test_data: " + e.getMessage(), e);
    }
  }
}
