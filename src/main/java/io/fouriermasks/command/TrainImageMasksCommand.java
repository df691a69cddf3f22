package io.fouriermasks.command;

import ai.djl.Device;
import io.fouriermasks.attack.EvaluationAttack;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import io.fouriermasks.report.Variant;
import io.fouriermasks.training.ImageMaskTrainer;
import io.fouriermasks.training.ImageSelection;
import io.fouriermasks.training.MaskImages;
import io.fouriermasks.training.SearchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train-image-masks}: one Fourier mask for each photograph. */
@Command(
    name = "train-image-masks",
    description = {
      "Trains the Fourier masks of single photographs, many at once. Either of some photographs under"
          + " one network (--weights, --images): NAME.npz, NAME.npy, NAME.png. Or of the photographs"
          + " of an evaluation split under the models of a folder (--pretrained_model_folder,"
          + " --test_data): ARCHITECTURE_imagemask_VARIANT/CLASS/NAME.npz.",
      "What is there is skipped, what was interrupted goes on."
    },
    mixinStandardHelpOptions = true)
final class TrainImageMasksCommand implements Callable<Integer> {

  /** The study's own words for the codes of its variants. */
  private static final Map<String, String> VARIANT_WORDS =
      Map.of("plain", "n", "adv-trained", "adv");

  private final Supplier<Interruption> interruptions;

  @Spec private CommandSpec spec;

  @Option(names = "--weights", paramLabel = "FILE", description = "trained weights, .safetensors")
  private Path weightsFile;

  @Option(
      names = "--images",
      arity = "1..*",
      paramLabel = "FILE",
      description = "photographs, PNG or JPEG")
  private List<Path> images;

  @Option(
      names = {"--pretrained_model_folder", "--pretrained-model-folder"},
      paramLabel = "DIR",
      description = "folder of ARCHITECTURE_basemodel_AUGMENTATION.safetensors")
  private Path modelFolder;

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "compact, resnet or vgg, if the folder has several")
  private String architecture;

  @Option(
      names = {"--test_data", "--test-data"},
      paramLabel = "DIR",
      description = "folder of the evaluation split: DIR/CLASS/*.jpg")
  private Path testData;

  @Option(
      names = "--variants",
      defaultValue = "plain,adv-trained,attacked",
      paramLabel = "LIST",
      description =
          "plain: plain model, clean image; adv-trained: adversarially trained model, clean image;"
              + " attacked: plain model, attacked image; also sn, tn, rn: those models, clean image"
              + " (default: ${DEFAULT-VALUE})")
  private String variants;

  @Option(
      names = "--select",
      defaultValue = "strict",
      paramLabel = "RULE",
      description =
          "strict: right under both models, wrong when attacked; published: as the published"
              + " scripts; all (default: ${DEFAULT-VALUE})")
  private String selection;

  @Option(
      names = {"--num_images", "--num-images"},
      defaultValue = "0",
      paramLabel = "N",
      description = "most photographs, taken from the classes in turn; 0 is all that are selected")
  private int count;

  @Mixin private AttackOptions attack;

  @Option(
      names = "--seed",
      defaultValue = "31",
      paramLabel = "N",
      description = "draws the attack's starts (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private DeviceOption device;

  @Option(
      names = {
        "--out",
        "--single_img_mask_save_folder",
        "--single-img-mask-save-folder",
        "--mask_save_folder",
        "--mask-save-folder"
      },
      required = true,
      paramLabel = "DIR",
      description = "where the masks are written")
  private Path folder;

  @Option(
      names = "--preset",
      defaultValue = "paper",
      paramLabel = "NAME",
      description =
          "paper: the published scripts' settings; fast: the same objective in a fraction of the"
              + " steps, with masks of their own (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(
      names = {"--max-steps", "--max_steps"},
      defaultValue = "20000",
      paramLabel = "N",
      description = "most steps an image may take (default: ${DEFAULT-VALUE})")
  private int maxSteps;

  @Option(
      names = {"--at-once", "--at_once"},
      paramLabel = "N",
      description =
          "images trained at once (default: "
              + ImageMaskTrainer.DEFAULT_AT_ONCE
              + " on a CPU; on a GPU as many as are measured to be the best)")
  private Integer atOnce;

  @Mixin private LongRun.Options runs;

  TrainImageMasksCommand() {
    this(Interruption::ofProcess);
  }

  /** With another source of interruptions than the signals to this process. */
  TrainImageMasksCommand(Supplier<Interruption> interruptions) {
    this.interruptions = interruptions;
  }

  @Override
  public Integer call() throws IOException {
    requireOptions();
    boolean finished = weightsFile != null ? trainPhotographs() : trainStudy();
    return finished ? 0 : Interruption.EXIT_CODE;
  }

  private void requireOptions() {
    boolean photographs = weightsFile != null && images != null;
    boolean study = modelFolder != null && testData != null;
    if (photographs == study || (weightsFile != null || images != null) != photographs) {
      throw new UsageException(
          "Give either --weights and --images, or --pretrained_model_folder and --test_data");
    }
    settings();
    if (maxSteps < 1 || (atOnce != null && atOnce < 1) || count < 0) {
      throw new UsageException(
          "--max-steps and --at-once must be at least 1, --num_images must not be negative");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--out: %s is no folder".formatted(folder));
    }
  }

  private boolean trainPhotographs() throws IOException {
    List<String> names = distinctNames();
    Weights weights = WeightsFile.read(weightsFile);
    List<float[]> pixels = ImageFiles.read(images, weights.card());
    List<ImageMaskWork.Photograph> photographs = new ArrayList<>();
    for (int i = 0; i < pixels.size(); i++) {
      Map<String, Object> about =
          Map.of(
              "image", images.get(i).getFileName().toString(),
              "weights", weightsFile.getFileName().toString());
      photographs.add(
          new ImageMaskWork.Photograph(
              pixels.get(i), folder.resolve(names.get(i) + ".npz"), about));
    }
    Device target = device.get();
    try (Interruption interruption = interruptions.get();
        FrozenNetwork network = FrozenNetwork.of(weights, target)) {
      return new ImageMaskWork(network, photographs, settings(), atOnce, true)
          .run(folder.resolve("images.checkpoint.safetensors"), runs.of(interruption, spec));
    }
  }

  /** Photographs of one name from two folders would overwrite each other's masks. */
  private List<String> distinctNames() {
    List<String> names =
        images.stream()
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

  private boolean trainStudy() throws IOException {
    ImageSelection rule = selection();
    List<Variant> wanted = variants();
    ModelFolder models = ModelFolder.of(modelFolder, architecture);
    EvaluationSplit split = EvaluationSplit.open(testData);
    ModelFolder.Found plain = models.one("n");
    ModelFolder.Found trained = rule == ImageSelection.ALL ? plain : models.one("adv");
    for (Variant variant : wanted) {
      split.requireClassesOf(models.one(variant.augmentation().code()));
    }
    ModelCard card = plain.card();
    Device target = device.get();
    try (Interruption interruption = interruptions.get()) {
      LongRun run = runs.of(interruption, spec);
      EvaluationDataset data = split.decode(card.size(), run.out());
      StudyPhotographs photographs =
          new StudyPhotographs(
              data,
              MaskImages.of(data, card.mean(), card.std()),
              new EvaluationAttack(attack.pgd(), seed),
              run.out());
      List<Integer> chosen = photographs.choose(rule, plain, trained, target, count);
      run.say("%d of %d photographs, selection %s", chosen.size(), data.size(), selection);
      for (Variant variant : wanted) {
        if (!train(variant, chosen, photographs, models, target, run)) {
          return false;
        }
      }
      return true;
    }
  }

  private boolean train(
      Variant variant,
      List<Integer> chosen,
      StudyPhotographs photographs,
      ModelFolder models,
      Device target,
      LongRun run)
      throws IOException {
    ModelFolder.Found model = models.one(variant.augmentation().code());
    String name = "%s_imagemask_%s".formatted(model.architecture(), variant.code());
    try (FrozenNetwork network = FrozenNetwork.of(model.weights(), target)) {
      return new ImageMaskWork(
              network,
              photographs.of(variant, chosen, folder.resolve(name), network),
              settings(),
              atOnce,
              false)
          .run(folder.resolve(name + ".checkpoint.safetensors"), run);
    }
  }

  private List<Variant> variants() {
    return Arrays.stream(variants.split(",", -1))
        .map(String::strip)
        .map(TrainImageMasksCommand::variant)
        .distinct()
        .toList();
  }

  private static Variant variant(String name) {
    return Variant.of(VARIANT_WORDS.getOrDefault(name, name))
        .orElseThrow(
            () ->
                new UsageException(
                    ("--variants: there is no variant '%s'; choose among plain, adv-trained,"
                            + " attacked, and the models n, adv, sn, tn, rn")
                        .formatted(name)));
  }

  private SearchSettings settings() {
    return SearchSettings.preset(preset)
        .orElseThrow(
            () ->
                new UsageException(
                    "--preset: there is no preset '%s'; use paper or fast".formatted(preset)))
        .withMaxSteps(maxSteps);
  }

  private ImageSelection selection() {
    return Arrays.stream(ImageSelection.values())
        .filter(rule -> rule.cliName().equals(selection))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--select: there is no rule '%s'; use strict, published or all"
                        .formatted(selection)));
  }
}
