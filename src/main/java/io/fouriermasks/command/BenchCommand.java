package io.fouriermasks.command;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fouriermasks.benchmark.BenchReport;
import io.fouriermasks.benchmark.BenchReport.SearchResult;
import io.fouriermasks.benchmark.BenchReport.SpeedResult;
import io.fouriermasks.benchmark.MarkdownTable;
import io.fouriermasks.benchmark.Opponent;
import io.fouriermasks.benchmark.Rounds;
import io.fouriermasks.benchmark.Search;
import io.fouriermasks.benchmark.Speed;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.ImageMaskSettings;
import io.fouriermasks.training.SearchSettings;
import io.fouriermasks.training.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast masks of images are learned here, and how good they get. */
@Command(
    name = "bench",
    description = {
      "Measures the training of masks of images on this device: the time of a step, or, with"
          + " --until-stop, images per hour and what they come to. Without --weights the networks"
          + " are untrained and without --images the pictures are noise, which changes nothing about"
          + " the time of a step.",
      "With --against another program is measured in turn with this one, and the ratios are those of"
          + " each round."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4");
  private static final int NOISE = 16;

  @Spec private CommandSpec spec;

  @Option(
      names = "--architecture",
      split = ",",
      defaultValue = "vgg,resnet,compact",
      paramLabel = "NAME",
      description = "networks without --weights (default: ${DEFAULT-VALUE})")
  private List<String> architectures;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "a trained network, .safetensors, instead")
  private Path weights;

  @Option(
      names = "--images",
      arity = "1..*",
      paramLabel = "FILE",
      description = "photographs, PNG or JPEG")
  private List<Path> images = List.of();

  @Option(
      names = "--batch",
      split = ",",
      defaultValue = "1,8,16",
      paramLabel = "N",
      description = "images trained at once (default: ${DEFAULT-VALUE})")
  private List<Integer> batches;

  @Option(
      names = "--steps",
      defaultValue = "60",
      paramLabel = "N",
      description = "steps that are timed, after 10 to warm up (default: ${DEFAULT-VALUE})")
  private int steps;

  @Option(
      names = "--until-stop",
      description = "train every image to its end; needs --weights and --images")
  private boolean untilStop;

  @Option(
      names = "--preset",
      defaultValue = "paper",
      paramLabel = "NAME",
      description =
          "paper or fast, with --until-stop; a step alone is always measured under paper (default:"
              + " ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = {"--max-steps", "--max_steps"},
      defaultValue = "20000",
      paramLabel = "N",
      description = "most steps an image may take with --until-stop (default: ${DEFAULT-VALUE})")
  private int maxSteps;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "N",
      description = "how often everything is measured (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--against",
      paramLabel = "COMMAND",
      description =
          "a command for the shell that trains one image after the other and prints {\"runs\":"
              + " [{\"steps\", \"seconds\", \"median_s_per_step\", \"objective\","
              + " \"prediction_kept\"}, ..]}; {architecture} in it becomes vgg, resnet or compact")
  private String against;

  @Option(names = "--json", paramLabel = "FILE", description = "write the results there too")
  private Path json;

  @Option(
      names = "--seed",
      defaultValue = "31",
      paramLabel = "N",
      description = "draws weights and noise (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private DeviceOption device;

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireOptions();
    List<Weights> networks = networks();
    Device target = device.get();
    PrintWriter out = spec.commandLine().getOut();
    List<SpeedResult> speeds = new ArrayList<>();
    List<SearchResult> searches = new ArrayList<>();
    for (Weights one : networks) {
      try (FrozenNetwork network = FrozenNetwork.of(one, target)) {
        List<float[]> pictures = pictures(one.card());
        for (int batch : batches) {
          if (untilStop) {
            searches.add(search(network, pictures, batch, out));
          } else {
            speeds.add(speed(network, pictures, batch, out));
          }
        }
      }
    }
    BenchReport report =
        new BenchReport(ProgramVersion.text(), machine(target), against, speeds, searches);
    if (json != null) {
      byte[] text =
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(report);
      DurableFile.write(json, text);
    }
    out.print(MarkdownTable.of(report));
    out.flush();
    return 0;
  }

  private void requireOptions() {
    if (untilStop && (weights == null || images.isEmpty())) {
      throw new UsageException(
          "--until-stop needs --weights and --images: only a trained network has masks to find");
    }
    if (!settings().preset().equals(ImageMaskSettings.PAPER.preset()) && !untilStop) {
      throw new UsageException(
          "--preset %s needs --until-stop: a step alone is measured under paper".formatted(preset));
    }
    if (steps < 1 || rounds < 1 || maxSteps < 1 || batches.stream().anyMatch(batch -> batch < 1)) {
      throw new UsageException("--steps, --rounds, --batch and --max-steps must be at least 1");
    }
  }

  private List<Weights> networks() throws IOException {
    if (weights != null) {
      return List.of(WeightsFile.read(weights));
    }
    List<Weights> drawn = new ArrayList<>();
    for (String name : architectures) {
      try {
        ModelCard card = ModelCard.of(Architecture.of(name), "n", CLASSES);
        drawn.add(Initialisation.draw(card, seed));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--architecture: " + e.getMessage(), e);
      }
    }
    return drawn;
  }

  private List<float[]> pictures(ModelCard card) {
    if (!images.isEmpty()) {
      return ImageFiles.read(images, card);
    }
    Random random = new Random(seed);
    return Stream.generate(() -> noise(random, card.size() * card.size())).limit(NOISE).toList();
  }

  private static float[] noise(Random random, int pixels) {
    float[] values = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private SpeedResult speed(
      FrozenNetwork network, List<float[]> pictures, int batch, PrintWriter out)
      throws IOException, InterruptedException {
    String name = network.card().architecture().cliName();
    List<Rounds.OfSteps> measured = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Speed ours = Speed.measure(network, ImageMaskSettings.PAPER, pictures, batch, steps);
      out.printf(
          "%s, %d at once, round %d of %d: %.2f ms an image-step%n",
          name, batch, round, rounds, 1000 * ours.secondsAnImageStep());
      out.flush();
      measured.add(new Rounds.OfSteps(ours, opponent(name)));
    }
    return Rounds.steps(measured);
  }

  private SearchResult search(
      FrozenNetwork network, List<float[]> pictures, int batch, PrintWriter out)
      throws IOException, InterruptedException {
    String name = network.card().architecture().cliName();
    List<Rounds.ToTheEnd> measured = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Search ours;
      try (Terminal terminal =
          Terminal.of(out, "%s, round %d of %d".formatted(name, round, rounds), pictures.size())) {
        ours =
            Search.measure(
                network, settings(), pictures, batch, new Finished(terminal, pictures.size()));
      }
      measured.add(new Rounds.ToTheEnd(ours, opponent(name)));
    }
    return Rounds.toTheEnd(measured);
  }

  private SearchSettings settings() {
    return SearchSettings.preset(preset)
        .orElseThrow(
            () ->
                new UsageException(
                    "--preset: there is no preset '%s'; use paper or fast".formatted(preset)))
        .withMaxSteps(maxSteps);
  }

  private List<Opponent.Run> opponent(String architecture)
      throws IOException, InterruptedException {
    return against == null ? List.of() : new Opponent(against).run(architecture);
  }

  private static BenchReport.Machine machine(Device target) throws IOException {
    return new BenchReport.Machine(
        processor(),
        Runtime.getRuntime().availableProcessors(),
        Devices.name(target),
        Devices.threads(),
        Devices.engineVersion(),
        System.getProperty("java.version"));
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  /** Shows how many images are done. */
  private static final class Finished implements TrainingListener {

    private final Terminal terminal;
    private final int images;
    private int done;

    Finished(Terminal terminal, int images) {
      this.terminal = terminal;
      this.images = images;
    }

    @Override
    public void onImageFinished(int image, ImageMask result) {
      done++;
    }

    @Override
    public boolean isCancelled() {
      terminal.update(done, images, "images");
      return false;
    }
  }
}
