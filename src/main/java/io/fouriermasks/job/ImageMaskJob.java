package io.fouriermasks.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.training.ImageMaskSettings;
import io.fouriermasks.training.ImageMaskTrainer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Trains one mask for each image of a job, many at once. */
@Singleton
class ImageMaskJob implements JobWork {

  private static final Duration WRITE_INTERVAL = Duration.ofMillis(200);

  private final Models models;
  private final Images images;
  private final InputPictures inputs;
  private final EngineLoader engine;
  private final FrozenNetworks networks;
  private final Artefacts artefacts;
  private final JobLog log;
  private final JobFeed feed;
  private final ObjectMapper json;

  ImageMaskJob(
      Models models,
      Images images,
      InputPictures inputs,
      EngineLoader engine,
      FrozenNetworks networks,
      Artefacts artefacts,
      JobLog log,
      JobFeed feed,
      ObjectMapper json) {
    this.models = models;
    this.images = images;
    this.inputs = inputs;
    this.engine = engine;
    this.networks = networks;
    this.artefacts = artefacts;
    this.log = log;
    this.feed = feed;
    this.json = json;
  }

  @Override
  public void run(Job job, BooleanSupplier isStopped) {
    try {
      engine.await();
    } catch (EngineUnavailableException e) {
      throw new JobFailedException(e.getMessage(), e);
    }
    JobSpecification specification = job.specification();
    Model model = models.get(specification.model());
    Map<String, Image> stored = images.byIds(specification.images());
    List<Image> pictures = new ArrayList<>();
    List<float[]> normalised = new ArrayList<>();
    for (String id : specification.images()) {
      pictures.add(stored.get(id));
      normalised.add(inputs.read(stored.get(id), model));
    }
    ImageMaskSettings settings = ImageMaskSettings.PAPER.withMaxSteps(specification.maxSteps());
    List<String> nonFinite =
        networks.use(
            model,
            network ->
                train(
                    new MaskRecorder.Task(job, model, pictures, normalised, network, settings),
                    isStopped));
    if (!nonFinite.isEmpty()) {
      throw new JobFailedException(
          "The training became infinite for %s; the masks are the last finite ones."
              .formatted(String.join(", ", nonFinite)));
    }
  }

  private List<String> train(MaskRecorder.Task task, BooleanSupplier isStopped) {
    FrozenNetwork network = task.network();
    try (EventWriter writer = new EventWriter(log, task.job().id(), WRITE_INTERVAL)) {
      MaskRecorder recorder =
          new MaskRecorder(
              task, new MaskRecorder.Sink(writer, artefacts, log, feed, json), isStopped);
      new ImageMaskTrainer(network, task.settings()).train(task.inputs(), recorder);
      return recorder.nonFinite();
    }
  }
}
