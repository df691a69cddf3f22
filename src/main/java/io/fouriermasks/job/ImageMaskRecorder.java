package io.fouriermasks.job;

import ai.djl.ndarray.NDManager;
import io.fouriermasks.attack.EvaluationAttack;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.ImageStep;
import io.fouriermasks.training.MaskArchive;
import io.fouriermasks.training.MaskSnapshot;
import io.fouriermasks.training.SearchSettings;
import io.fouriermasks.training.StopReason;
import io.fouriermasks.training.TrainingListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Turns what the training of masks of images reports into the output of a job. */
final class ImageMaskRecorder implements TrainingListener {

  private final Task task;
  private final JobOutput output;
  private final JobCheckpoint checkpoint;
  private final Set<Integer> before;
  private final BooleanSupplier isStopped;
  private final PreviewSchedule previews;
  private final ProgressMeter meter;
  private final Map<Integer, ImageStep> unrecorded = new HashMap<>();
  private final List<String> nonFinite = new ArrayList<>();

  /**
   * What is trained.
   *
   * @param inputs the images, normalised, attacked if there is an attack
   * @param attack that was made on the photographs, if one was
   */
  record Task(
      Job job,
      Model model,
      List<Image> images,
      List<float[]> inputs,
      FrozenNetwork network,
      SearchSettings settings,
      Optional<EvaluationAttack> attack) {}

  /**
   * @param before numbers of the images whose masks were stored before the job was stopped
   */
  ImageMaskRecorder(
      Task task,
      JobOutput output,
      JobCheckpoint checkpoint,
      Set<Integer> before,
      BooleanSupplier isStopped) {
    this.task = task;
    this.output = output;
    this.checkpoint = checkpoint;
    this.before = before;
    this.isStopped = isStopped;
    int images = task.images().size();
    this.previews = new PreviewSchedule(images, System::nanoTime);
    this.meter =
        new ProgressMeter(
            images,
            task.settings().maxSteps(),
            task.settings().quietSteps(),
            before,
            System::nanoTime);
  }

  /** Names of the images whose training became infinite or NaN. */
  List<String> nonFinite() {
    return nonFinite;
  }

  @Override
  public boolean isCancelled() {
    return isStopped.getAsBoolean() || output.hasFailed();
  }

  @Override
  public boolean wantsCheckpoint() {
    return checkpoint.isWanted();
  }

  @Override
  public void onCheckpoint(Checkpoint state) {
    checkpoint.write(state);
  }

  @Override
  public void onAtOnce(int most) {
    meter.atOnce(most);
  }

  @Override
  public void onImageStep(ImageStep step) {
    output.meters().stepped(1, 1);
    if (PointSchedule.keeps(step.step())) {
      record(step);
      unrecorded.remove(step.image());
    } else {
      unrecorded.put(step.image(), step);
    }
    meter.step(step).ifPresent(output::progress);
  }

  @Override
  public boolean wantsSnapshot(int image, int step) {
    return previews.isDue(image, step);
  }

  @Override
  public void onSnapshot(MaskSnapshot snapshot) {
    output.preview(
        snapshot.image(),
        snapshot.step(),
        () ->
            new PreviewFiles(
                snapshot.mask().sparsity(),
                output.values(snapshot.mask().fullPlane()),
                picture(snapshot.masked())));
  }

  @Override
  public void onImageFinished(int image, ImageMask result) {
    if (result.stopReason() == StopReason.CANCELLED) {
      return;
    }
    ImageStep last = unrecorded.remove(image);
    if (last != null) {
      record(last); // curves end where the training did
    }
    if (result.stopReason() == StopReason.NON_FINITE) {
      nonFinite.add(task.images().get(image).name());
    }
    if (before.contains(image)) {
      output.progress(meter.finished(image)); // an older checkpoint led to the same mask again
      return;
    }
    float[] masked;
    try (NDManager scratch = task.network().newManager()) {
      masked = MaskedPicture.through(scratch, result.mask(), task.inputs().get(image));
    }
    output.publish(() -> made(image, result, masked));
    output.progress(meter.finished(image));
  }

  private void record(ImageStep step) {
    Map<String, Number> values = new LinkedHashMap<>();
    values.put("invariance", step.invariance());
    values.put("sparsity", step.sparsity());
    values.put("learningRate", step.learningRate());
    values.put("probability", step.probability());
    values.put("prediction", step.prediction());
    output.point(step.image(), step.step(), values);
  }

  private Masks.Made made(int image, ImageMask result, float[] masked) {
    Mask.Files files =
        new Mask.Files(
            output.keep(ArtefactType.NPZ, MaskArchive.npz(result, context(image, result))),
            output.values(result.mask().fullPlane()),
            picture(masked),
            task.attack().isPresent() ? output.values(task.inputs().get(image)) : null);
    return new Masks.Made(
        image,
        task.images().get(image).id(),
        task.attack().isPresent() ? Mask.ATTACKED : null,
        task.model().id(),
        found(result),
        files);
  }

  /** What a reader of the archive should know that the training does not. */
  private Map<String, Object> context(int index, ImageMask result) {
    Image image = task.images().get(index);
    Model model = task.model();
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("specification", output.specification());
    context.put("job", Long.toString(task.job().id()));
    context.put("image", image.id());
    context.put("imageName", image.name());
    task.attack().ifPresent(attack -> context.put("variant", Mask.ATTACKED));
    task.attack().ifPresent(attack -> context.put("attack", attack.description()));
    context.put("model", model.id());
    context.put("classes", model.classes());
    context.put("labelName", model.classes().get(result.label()));
    context.put("predictionName", model.classes().get(result.prediction()));
    context.put("device", Devices.name(task.network().device()));
    context.put("engine", Devices.engineVersion());
    context.put("java", Runtime.version().toString());
    return context;
  }

  private Mask.ImageResult found(ImageMask result) {
    List<String> classes = task.model().classes();
    double lossDifference =
        Logits.crossEntropy(result.maskedLogits(), result.label()) - result.cleanLoss();
    return new Mask.ImageResult(
        result.label(),
        classes.get(result.label()),
        result.prediction(),
        classes.get(result.prediction()),
        Logits.probabilities(result.maskedLogits())[result.label()],
        Logits.probabilities(result.cleanLogits())[result.label()],
        result.mask().sparsity(),
        lossDifference * lossDifference,
        result.steps(),
        result.stopReason(),
        result.seconds());
  }

  private String picture(float[] normalised) {
    Model model = task.model();
    return output.keep(
        ArtefactType.PNG, MaskedPicture.png(normalised, model.size(), model.mean(), model.std()));
  }
}
