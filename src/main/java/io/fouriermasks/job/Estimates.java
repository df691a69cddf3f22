package io.fouriermasks.job;

import io.fouriermasks.analysis.FourierHeatMap;
import io.fouriermasks.job.data.Dataset;
import io.fouriermasks.job.data.Datasets;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.Throughputs;
import io.fouriermasks.store.Throughputs.Throughput;
import io.fouriermasks.store.UnknownIdException;
import io.fouriermasks.training.ImageMaskTrainer;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long a job will take, from what was measured on this device while earlier jobs ran, or by a
 * {@link SpeedTrial}. What was never measured is not known, and nothing is made up in its place.
 */
@Singleton
public class Estimates {

  /** Masks of photographs that say how many steps one takes. */
  private static final int REMEMBERED = 200;

  private final SpecificationCheck check;
  private final Models models;
  private final Masks masks;
  private final Datasets datasets;
  private final Throughputs throughputs;
  private final EngineLoader engine;

  Estimates(
      SpecificationCheck check,
      Models models,
      Masks masks,
      Datasets datasets,
      Throughputs throughputs,
      EngineLoader engine) {
    this.check = check;
    this.models = models;
    this.masks = masks;
    this.datasets = datasets;
    this.throughputs = throughputs;
    this.engine = engine;
  }

  /**
   * An estimate; null is not known.
   *
   * @param seconds the likely time
   * @param from the least
   * @param to the most
   * @param rate steps a second that it rests on
   * @param batch images a step of that measurement
   */
  public record Estimate(Double seconds, Double from, Double to, Double rate, Integer batch) {

    static final Estimate UNKNOWN = new Estimate(null, null, null, null, null);
  }

  /** Steps of a job: likely, least and most; null where not known. */
  private record Steps(Double likely, Double least, Double most) {}

  /**
   * The time of a job.
   *
   * @throws InvalidSpecificationException if it could not be done
   */
  public Estimate of(JobSpecification asked) {
    return ofAccepted(check.complete(asked));
  }

  /**
   * The time of a job that has been accepted: what it makes may be under way.
   *
   * @throws UnknownIdException if what it needs is no longer there
   */
  public Estimate ofAccepted(JobSpecification job) {
    String device = engine.status().device();
    if (device == null) {
      return Estimate.UNKNOWN;
    }
    int batch = batch(job);
    // a step of more images is no faster, so the time is rather too long than too short
    Optional<Throughput> nearest =
        throughputs.of(work(job, architecture(job), device)).stream()
            .filter(measured -> measured.batch() >= batch)
            .min(Comparator.comparingInt(Throughput::batch));
    if (nearest.isEmpty()) {
      return Estimate.UNKNOWN;
    }
    double rate = nearest.get().rate();
    Steps steps = steps(job);
    return new Estimate(
        over(steps.likely(), rate),
        over(steps.least(), rate),
        over(steps.most(), rate),
        rate,
        nearest.get().batch());
  }

  private static Double over(Double steps, double rate) {
    return steps == null ? null : steps / rate;
  }

  /** What the speed of a job is measured as. */
  static Throughputs.Work work(JobSpecification job, String architecture, String device) {
    String variant =
        switch (job.kind()) {
          case TRAIN_MODEL ->
              ((JobSpecification.TrainModel) job).augmentation().equals("adv") ? "adv" : "plain";
          case IMAGE_MASK ->
              ((JobSpecification.ImageMasks) job).preset().equals(JobSpecification.FAST)
                  ? JobSpecification.FAST
                  : "plain";
          case MODEL_MASK, CLASS_MASK, HEAT_MAP -> "plain";
        };
    return new Throughputs.Work(job.kind(), architecture, variant, device);
  }

  /** Images a step. */
  static int batch(JobSpecification job) {
    return switch (job.kind()) {
      case IMAGE_MASK -> Math.min(job.imageIds().size(), ImageMaskTrainer.DEFAULT_AT_ONCE);
      case MODEL_MASK -> ((JobSpecification.ModelMask) job).batchSize();
      case CLASS_MASK -> ((JobSpecification.ClassMasks) job).batchSize();
      case TRAIN_MODEL -> ((JobSpecification.TrainModel) job).batchSize();
      case HEAT_MAP -> ((JobSpecification.HeatMap) job).images();
    };
  }

  private String architecture(JobSpecification job) {
    return job instanceof JobSpecification.TrainModel made
        ? made.architecture()
        : models.get(job.model()).architecture();
  }

  private Steps steps(JobSpecification job) {
    return switch (job.kind()) {
      case IMAGE_MASK -> stepsOfImages((JobSpecification.ImageMasks) job);
      case MODEL_MASK -> {
        JobSpecification.ModelMask mask = (JobSpecification.ModelMask) job;
        yield atMost(mask.epochs(), images(mask.dataset(), mask.split(), null), mask.batchSize());
      }
      case CLASS_MASK -> {
        JobSpecification.ClassMasks mask = (JobSpecification.ClassMasks) job;
        double all =
            mask.classes().stream()
                .mapToDouble(
                    name ->
                        (double) mask.epochs()
                            * passes(
                                images(mask.dataset(), mask.split(), List.of(name)),
                                mask.batchSize()))
                .sum();
        yield new Steps(all, null, all);
      }
      case TRAIN_MODEL -> {
        JobSpecification.TrainModel model = (JobSpecification.TrainModel) job;
        double all =
            (double) model.epochs()
                * passes(images(model.dataset(), Dataset.TRAIN, null), model.batchSize());
        yield new Steps(all, all, all);
      }
      case HEAT_MAP -> {
        JobSpecification.HeatMap map = (JobSpecification.HeatMap) job;
        double all =
            new FourierHeatMap.Settings(map.norm(), map.radius(), map.seed())
                .frequencies(models.get(map.model()).size());
        yield new Steps(all, all, all);
      }
    };
  }

  private static int passes(int images, int batch) {
    return (images + batch - 1) / batch;
  }

  /** A rule may stop it before all epochs are over. */
  private static Steps atMost(int epochs, int images, int batch) {
    double all = (double) epochs * passes(images, batch);
    return new Steps(all, null, all);
  }

  /** By how many steps earlier masks took; those that do not fit at once wait for the others. */
  private Steps stepsOfImages(JobSpecification.ImageMasks job) {
    Model model = models.get(job.model());
    int rounds = passes(job.images().size(), ImageMaskTrainer.DEFAULT_AT_ONCE);
    double most = (double) rounds * job.maxSteps();
    List<Integer> earlier = masks.stepsOfImages(model.architecture(), job.preset(), REMEMBERED);
    if (earlier.isEmpty()) {
      return new Steps(null, null, most);
    }
    List<Integer> sorted = earlier.stream().sorted().toList();
    double median = Math.min(job.maxSteps(), sorted.get(sorted.size() / 2));
    double least = Math.min(job.maxSteps(), sorted.get(0));
    return new Steps(rounds * median, rounds * least, most);
  }

  private int images(String dataset, String split, List<String> classes) {
    return datasets
        .get(dataset)
        .split(split)
        .orElseThrow(() -> new UnknownIdException("split of " + dataset + ":", split))
        .classes()
        .stream()
        .filter(each -> classes == null || classes.contains(each.name()))
        .mapToInt(Dataset.ImageClass::images)
        .sum();
  }

  /** How an estimate is told. */
  public static String sentence(Estimate estimate, String device) {
    if (estimate.rate() == null) {
      return "How long it takes is not known yet: nothing like it has run on this device.";
    }
    String measured =
        String.format(
            Locale.ROOT,
            "%.3g steps a second were measured on %s with %d image%s a step",
            estimate.rate(),
            device,
            estimate.batch(),
            estimate.batch() == 1 ? "" : "s");
    if (estimate.seconds() == null) {
      return estimate.to() == null
          ? measured + "."
          : "At most %s: %s.".formatted(time(estimate.to()), measured);
    }
    boolean mayEndEarly = estimate.from() == null;
    return "%s %s: %s."
        .formatted(mayEndEarly ? "At most" : "About", time(estimate.seconds()), measured);
  }

  private static String time(double seconds) {
    if (seconds < 90) {
      return Math.max(1, Math.round(seconds)) + " s";
    }
    return seconds < 5400
        ? Math.round(seconds / 60) + " min"
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
