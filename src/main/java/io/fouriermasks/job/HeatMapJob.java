package io.fouriermasks.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.analysis.AnalysisListener;
import io.fouriermasks.analysis.FourierHeatMap;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.HeatMap;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.training.Order;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Measures how much a network suffers from each disturbed frequency. */
@Singleton
class HeatMapJob {

  private final Models models;
  private final SplitLoader splits;
  private final FrozenNetworks networks;
  private final JobOutput.Opener outputs;
  private final JobLog log;
  private final ObjectMapper json;

  HeatMapJob(
      Models models,
      SplitLoader splits,
      FrozenNetworks networks,
      JobOutput.Opener outputs,
      JobLog log,
      ObjectMapper json) {
    this.models = models;
    this.splits = splits;
    this.networks = networks;
    this.outputs = outputs;
    this.log = log;
    this.json = json;
  }

  /**
   * Does the work on the calling thread.
   *
   * @return true: all is made
   * @throws JobFailedException if it cannot be done, with a message for the user
   * @throws java.util.concurrent.CancellationException if it was stopped
   */
  boolean run(Job job, JobSpecification.HeatMap specification, BooleanSupplier isStopped) {
    Model model = models.get(specification.model());
    try (JobOutput output = outputs.open(job)) {
      EvaluationDataset data =
          splits.evaluation(
              specification.dataset(),
              specification.split(),
              model.size(),
              new SplitLoader.Reader(output, isStopped));
      Batch sample = sample(data, model, specification);
      networks.use(
          model,
          network -> {
            long start = System.nanoTime();
            FourierHeatMap found = measure(network, sample, specification, output, isStopped);
            double seconds = (System.nanoTime() - start) / 1e9;
            output.run(() -> log.publish(job.lease(), made(job, network, found, seconds, output)));
            return null;
          });
      return true;
    }
  }

  /** Drawn from the split by the seed. */
  static Batch sample(EvaluationDataset data, Model model, JobSpecification.HeatMap specification) {
    int count = Math.min(specification.images(), data.size());
    int[] order = Order.shuffled(specification.seed()).indices(data.size(), 1);
    int pixels = model.size() * model.size();
    float[] images = new float[count * pixels];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      float[] image = data.image(order[i]).normalised(model.mean(), model.std());
      System.arraycopy(image, 0, images, i * pixels, pixels);
      labels[i] = data.label(order[i]);
    }
    return new Batch(images, labels, count);
  }

  private static FourierHeatMap measure(
      FrozenNetwork network,
      Batch sample,
      JobSpecification.HeatMap specification,
      JobOutput output,
      BooleanSupplier isStopped) {
    var settings =
        new FourierHeatMap.Settings(
            specification.norm(), specification.radius(), specification.seed());
    int total = settings.frequencies(network.card().size());
    StepRate rate = new StepRate(0, System::nanoTime);
    return FourierHeatMap.measure(
        network,
        sample,
        settings,
        new AnalysisListener() {
          private int before;

          @Override
          public void onProgress(int done) {
            output.meters().stepped(done - before, (done - before) * sample.size());
            before = done;
            if (rate.step(done)) {
              output.progress(
                  JobProgress.of(
                      JobProgress.Phase.MEASURING,
                      "frequency",
                      done,
                      total,
                      rate.secondsFor(total - (long) done)));
            }
          }

          @Override
          public boolean isCancelled() {
            return isStopped.getAsBoolean() || output.hasFailed();
          }
        });
  }

  private HeatMap.Made made(
      Job job, FrozenNetwork network, FourierHeatMap found, double seconds, JobOutput output) {
    JobSpecification.HeatMap asked = (JobSpecification.HeatMap) job.specification();
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("kind", "heat-map");
    meta.put("specification", output.specification());
    meta.put("job", Long.toString(job.id()));
    meta.put("cleanError", found.cleanError());
    meta.put("images", found.images());
    meta.put("device", Devices.name(network.device()));
    meta.put("engine", Devices.engineVersion());
    meta.put("java", Runtime.version().toString());
    meta.put("seconds", seconds);
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("errors", NpyArray.of(found.errors(), found.size(), found.size()));
    arrays.put("meta", NpyArray.of(bytes(meta)));
    return new HeatMap.Made(
        job.model(),
        asked.dataset(),
        asked.split(),
        found.norm(),
        found.radius(),
        found.images(),
        found.cleanError(),
        seconds,
        output.keep(ArtefactType.NPZ, Npz.encode(arrays)),
        output.values(found.errors()));
  }

  private byte[] bytes(Map<String, Object> meta) {
    try {
      return json.writeValueAsBytes(meta);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
