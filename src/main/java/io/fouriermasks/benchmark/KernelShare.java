package io.fouriermasks.benchmark;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.training.ImageMaskTrainer;
import io.fouriermasks.training.SearchSettings;
import io.fouriermasks.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What share of the steps of masks libtorch spends in convolutions and matrix products, on a CPU,
 * as its own profiler sees it, when all of it is done by one thread. The profiler makes everything
 * else a little slower, so the rest is rather less than is said.
 */
final class KernelShare {

  /** What they are called in a trace; one may be called within another. */
  private static final Set<String> PRODUCTS =
      Set.of(
          "aten::convolution",
          "aten::convolution_backward",
          "aten::linear",
          "aten::matmul",
          "aten::addmm",
          "aten::mm",
          "aten::bmm");

  private static final int WARM_UP = 10;

  private KernelShare() {}

  /**
   * Takes {@code steps} steps after some to warm up.
   *
   * @param settings with which no image ends before
   * @return share of the time between the first and the last of them in which no product was
   *     computed
   */
  static double outside(
      FrozenNetwork network, SearchSettings settings, List<float[]> images, int steps) {
    try {
      Path trace = Files.createTempFile("steps", ".json");
      try {
        Profile profile = new Profile(steps, trace);
        new ImageMaskTrainer(network, settings, images.size())
            .onCallingThread()
            .train(images, profile);
        return 1 - productMicros(new ObjectMapper().readTree(trace.toFile())) / profile.micros();
      } finally {
        Files.deleteIfExists(trace);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the profile of the steps cannot be kept", e);
    }
  }

  /** Runs the profiler over some of the steps. */
  private static final class Profile implements TrainingListener {

    private final int steps;
    private final Path trace;
    private int asked;
    private long begin;
    private long end;

    Profile(int steps, Path trace) {
      this.steps = steps;
      this.trace = trace;
    }

    @Override
    public boolean isCancelled() {
      int step = asked++ - WARM_UP;
      if (step == 0) {
        JniUtils.startProfile(false, false, false);
        begin = System.nanoTime();
      } else if (step == steps) {
        end = System.nanoTime();
        JniUtils.stopProfile(trace.toString());
      }
      return step >= steps;
    }

    double micros() {
      return (end - begin) * 1e-3;
    }
  }

  private record Call(double begin, double end) {}

  /** Time in which a product was computed, one within another counted once. */
  static double productMicros(JsonNode trace) {
    Map<String, List<Call>> threads = new HashMap<>();
    for (JsonNode event : trace.isArray() ? trace : trace.path("traceEvents")) {
      if (PRODUCTS.contains(event.path("name").asText())) {
        double begin = event.path("ts").asDouble();
        threads
            .computeIfAbsent(event.path("tid").asText(), thread -> new ArrayList<>())
            .add(new Call(begin, begin + event.path("dur").asDouble()));
      }
    }
    return threads.values().stream().mapToDouble(KernelShare::covered).sum();
  }

  private static double covered(List<Call> calls) {
    calls.sort(Comparator.comparingDouble(Call::begin));
    double sum = 0;
    double until = Double.NEGATIVE_INFINITY;
    for (Call call : calls) {
      if (call.end() > until) {
        sum += call.end() - Math.max(call.begin(), until);
        until = call.end();
      }
    }
    return sum;
  }
}
