package io.fouriermasks.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.network.TrainableNetwork;
import io.fouriermasks.network.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far a model's training has come, on the device and on the heap, and its checkpoint. */
final class ModelRun implements AutoCloseable {

  private static final String NOW = "now/";
  private static final String FIRST = "first-moment/";
  private static final String SECOND = "second-moment/";
  private static final String BEST = "best/";
  private static final String CURVE = "curve";

  private final TrainableNetwork network;
  private final NDManager moments;
  private final Map<String, Adam> adams = new LinkedHashMap<>();
  private final List<ModelEpoch> curve = new ArrayList<>();
  private Weights best;
  private int epoch = 1;
  private int batches;
  private long steps;
  private double lossSum;
  private double secondsBefore;
  private double epochSecondsBefore;
  private final long startNanos = System.nanoTime();
  private long epochStartNanos = startNanos;

  private ModelRun(Weights weights, Device device) {
    this.network = TrainableNetwork.of(weights, device);
    this.moments = network.newManager();
  }

  /** At the beginning. */
  static ModelRun start(Weights initial, Device device) {
    ModelRun run = new ModelRun(initial, device);
    run.network
        .parameters()
        .forEach(
            (name, parameter) -> run.adams.put(name, Adam.of(run.moments, parameter.getShape())));
    return run;
  }

  /** Where a checkpoint was taken. */
  static ModelRun resume(Weights initial, Checkpoint from, int epochs, Device device) {
    ModelRun run = new ModelRun(named(initial, from, NOW), device);
    run.network
        .parameters()
        .forEach(
            (name, parameter) ->
                run.adams.put(
                    name,
                    Adam.of(
                        run.array(from.tensor(FIRST + name), parameter),
                        run.array(from.tensor(SECOND + name), parameter))));
    run.steps = from.steps();
    run.epoch = Math.toIntExact(from.number("epoch"));
    run.batches = Math.toIntExact(from.number("batches"));
    run.lossSum = from.real("lossSum");
    run.secondsBefore = from.real("seconds");
    run.epochSecondsBefore = from.real("epochSeconds");
    for (String line : from.text(CURVE).lines().toList()) {
      run.curve.add(epoch(line.split(" ", -1), run.curve.size() + 1, epochs));
    }
    if (from.state().containsKey("bestAccuracy")) {
      Weights kept = named(initial, from, BEST);
      run.best = new Weights(kept.card().withAccuracy(from.real("bestAccuracy")), kept.tensors());
    }
    return run;
  }

  Checkpoint checkpoint(String specification) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Weights now = network.weights();
    now.tensors().forEach((name, tensor) -> tensors.put(NOW + name, tensor));
    adams.forEach(
        (name, adam) -> {
          List<Integer> shape = now.tensors().get(name).shape();
          tensors.put(FIRST + name, new Tensor(shape, adam.firstMoment().toFloatArray()));
          tensors.put(SECOND + name, new Tensor(shape, adam.secondMoment().toFloatArray()));
        });
    Map<String, String> state = new LinkedHashMap<>();
    state.put(Checkpoint.STEPS, Long.toString(steps));
    state.put("epoch", Integer.toString(epoch));
    state.put("batches", Integer.toString(batches));
    state.put("lossSum", Double.toString(lossSum));
    state.put("seconds", Double.toString(seconds()));
    state.put("epochSeconds", Double.toString(epochSeconds()));
    StringBuilder lines = new StringBuilder();
    curve.forEach(entry -> lines.append(line(entry)).append('\n'));
    state.put(CURVE, lines.toString());
    best()
        .ifPresent(
            weights -> {
              state.put("bestAccuracy", Double.toString(weights.card().accuracy().orElseThrow()));
              weights.tensors().forEach((name, tensor) -> tensors.put(BEST + name, tensor));
            });
    return new Checkpoint(specification, state, tensors);
  }

  TrainableNetwork network() {
    return network;
  }

  Map<String, Adam> adams() {
    return adams;
  }

  /** Number of the epoch in work, from 1. */
  int epoch() {
    return epoch;
  }

  /** Batches of this epoch that have been learned from. */
  int batches() {
    return batches;
  }

  void learned(double loss) {
    lossSum += loss;
    batches++;
    steps++;
  }

  /** Notes an epoch's end; the weights are kept if none were better. */
  ModelEpoch endEpoch(int epochs, double evaluationLoss, double accuracy) {
    boolean isBest = best().stream().allMatch(kept -> accuracy >= accuracyOf(kept));
    if (isBest) {
      Weights now = network.weights();
      best = new Weights(now.card().withAccuracy(accuracy), now.tensors());
    }
    ModelEpoch ended =
        new ModelEpoch(
            epoch, epochs, lossSum / batches, evaluationLoss, accuracy, isBest, epochSeconds());
    curve.add(ended);
    epoch++;
    batches = 0;
    lossSum = 0;
    epochSecondsBefore = 0;
    epochStartNanos = System.nanoTime();
    return ended;
  }

  Optional<Weights> best() {
    return Optional.ofNullable(best);
  }

  TrainedModel result(boolean finished) {
    return new TrainedModel(best(), curve, seconds(), finished);
  }

  @Override
  public void close() {
    moments.close();
    network.close();
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - startNanos) / 1e9;
  }

  private double epochSeconds() {
    return epochSecondsBefore + (System.nanoTime() - epochStartNanos) / 1e9;
  }

  private NDArray array(Tensor tensor, NDArray like) {
    return moments.create(tensor.values(), like.getShape());
  }

  private static double accuracyOf(Weights weights) {
    return weights.card().accuracy().orElseThrow();
  }

  private static Weights named(Weights like, Checkpoint from, String prefix) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    like.tensors().keySet().forEach(name -> tensors.put(name, from.tensor(prefix + name)));
    return new Weights(like.card(), tensors);
  }

  private static String line(ModelEpoch entry) {
    return "%s %s %s %s %s"
        .formatted(
            entry.trainLoss(),
            entry.evaluationLoss(),
            entry.accuracy(),
            entry.best(),
            entry.seconds());
  }

  private static ModelEpoch epoch(String[] fields, int number, int epochs) {
    return new ModelEpoch(
        number,
        epochs,
        Double.parseDouble(fields[0]),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Boolean.parseBoolean(fields[3]),
        Double.parseDouble(fields[4]));
  }
}
