package io.fouriermasks.job;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Model;
import io.fouriermasks.training.ImageMask;
import io.fouriermasks.training.ImageMaskSettings;
import io.fouriermasks.training.ImageMaskTrainer;
import io.fouriermasks.training.ImageStep;
import io.fouriermasks.training.MaskArchive;
import io.fouriermasks.training.MaskSnapshot;
import io.fouriermasks.training.StopReason;
import io.fouriermasks.training.TrainingListener;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Turns what a training reports into the events, previews, masks and progress of a job. */
final class MaskRecorder implements TrainingListener {

  private final Task task;
  private final Sink sink;
  private final BooleanSupplier isStopped;
  private final PreviewSchedule previews;
  private final ProgressMeter meter;
  private final Map<Integer, ImageStep> unrecorded = new HashMap<>();
  private final List<String> nonFinite = new ArrayList<>();

  /**
   * What is trained.
   *
   * @param inputs the images, normalised
   */
  record Task(
      Job job,
      Model model,
      List<Image> images,
      List<float[]> inputs,
      FrozenNetwork network,
      ImageMaskSettings settings) {}

  /** Where it goes. */
  record Sink(
      EventWriter writer, Artefacts artefacts, JobLog log, JobFeed feed, ObjectMapper json) {}

  MaskRecorder(Task task, Sink sink, BooleanSupplier isStopped) {
    this.task = task;
    this.sink = sink;
    this.isStopped = isStopped;
    int images = task.images().size();
    this.previews = new PreviewSchedule(images, System::nanoTime);
    this.meter =
        new ProgressMeter(
            images,
            task.settings().maxSteps(),
            task.settings().quietSteps(),
            ImageMaskTrainer.DEFAULT_AT_ONCE,
            System::nanoTime);
  }

  /** Names of the images whose training became infinite or NaN. */
  List<String> nonFinite() {
    return nonFinite;
  }

  @Override
  public boolean isCancelled() {
    return isStopped.getAsBoolean() || sink.writer().hasFailed();
  }

  @Override
  public void onImageStep(ImageStep step) {
    if (PointSchedule.keeps(step.step())) {
      record(step);
      unrecorded.remove(step.image());
    } else {
      unrecorded.put(step.image(), step);
    }
    meter.step(step).ifPresent(progress -> sink.feed().progressed(task.job().id(), progress));
  }

  @Override
  public boolean wantsSnapshot(int image, int step) {
    return previews.isDue(image, step);
  }

  @Override
  public void onSnapshot(MaskSnapshot snapshot) {
    sink.writer()
        .event(
            () -> {
              PreviewFiles files =
                  new PreviewFiles(
                      snapshot.mask().sparsity(),
                      plane(snapshot.mask().fullPlane()),
                      picture(snapshot.masked()));
              return new JobEvent.Draft(
                  JobEvent.Kind.MASK, snapshot.image(), snapshot.step(), text(files));
            });
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
    float[] masked;
    try (NDManager scratch = task.network().newManager()) {
      masked = MaskedPicture.through(scratch, result.mask(), task.inputs().get(image));
    }
    sink.writer().run(() -> publish(image, result, masked));
    sink.feed().progressed(task.job().id(), meter.finished(image));
  }

  private void record(ImageStep step) {
    String values = text(PointValues.of(step));
    JobEvent.Draft point =
        new JobEvent.Draft(JobEvent.Kind.POINT, step.image(), step.step(), values);
    sink.writer().event(() -> point);
  }

  private void publish(int image, ImageMask result, float[] masked) {
    Mask.Files files =
        new Mask.Files(
            sink.artefacts().put(ArtefactType.NPZ, MaskArchive.npz(result, context(image, result))),
            plane(result.mask().fullPlane()),
            picture(masked));
    sink.log()
        .publish(
            task.job().id(),
            image,
            task.images().get(image).id(),
            task.model().id(),
            found(result),
            files);
  }

  /** What a reader of the archive should know that the training does not. */
  private Map<String, Object> context(int index, ImageMask result) {
    Image image = task.images().get(index);
    Model model = task.model();
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("specification", sink.json().convertValue(task.job().specification(), Map.class));
    context.put("job", Long.toString(task.job().id()));
    context.put("image", image.id());
    context.put("imageName", image.name());
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

  private String plane(float[] values) {
    return sink.artefacts().put(ArtefactType.BIN, NpyArray.of(values, values.length).data());
  }

  private String picture(float[] normalised) {
    Model model = task.model();
    return sink.artefacts()
        .put(
            ArtefactType.PNG,
            MaskedPicture.png(normalised, model.size(), model.mean(), model.std()));
  }

  private String text(Object value) {
    try {
      return sink.json().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
