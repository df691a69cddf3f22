package io.fouriermasks.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.TrainingBatches;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.TrainableNetwork;
import io.fouriermasks.network.Weights;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a classifier: cross-entropy, Adam, one-cycle schedule; keeps the weights of the best
 * evaluation accuracy, the last on ties.
 */
public final class ModelTrainer {

  private final Device device;
  private final ModelSettings settings;

  public ModelTrainer(Device device, ModelSettings settings) {
    this.device = device;
    this.settings = settings;
  }

  /**
   * Trains from the given weights.
   *
   * @param initial where to begin; its card names classes and normalisation
   * @param training batches of the training split
   * @param evaluation the evaluation split, on which the best epoch is chosen
   * @return the best weights, their accuracy in the card; empty if it was cancelled before the
   *     first epoch had ended
   * @throws IllegalStateException if the loss becomes infinite or NaN
   */
  public Optional<Weights> train(
      Weights initial,
      TrainingBatches training,
      EvaluationBatches evaluation,
      TrainingListener listener) {
    OneCycle schedule =
        new OneCycle(
            settings.maxLearningRate(),
            (long) settings.epochs() * training.count(),
            settings.warmUp());
    Weights best = null;
    double bestAccuracy = -1;
    try (TrainableNetwork network = TrainableNetwork.of(initial, device);
        NDManager moments = network.newManager()) {
      Map<String, Adam> adams = new LinkedHashMap<>();
      network
          .parameters()
          .forEach((name, parameter) -> adams.put(name, Adam.of(moments, parameter.getShape())));
      for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
        long start = System.nanoTime();
        double trainLoss = epoch(network, adams, schedule, training, epoch, listener);
        if (Double.isNaN(trainLoss)) {
          break; // cancelled
        }
        Evaluation result = evaluate(network, evaluation);
        boolean isBest = result.accuracy() >= bestAccuracy;
        if (isBest) {
          bestAccuracy = result.accuracy();
          Weights now = network.weights();
          best = new Weights(now.card().withAccuracy(bestAccuracy), now.tensors());
          listener.onBestWeights(best);
        }
        listener.onModelEpoch(
            new ModelEpoch(
                epoch,
                settings.epochs(),
                trainLoss,
                result.loss(),
                result.accuracy(),
                isBest,
                (System.nanoTime() - start) / 1e9));
      }
    }
    return Optional.ofNullable(best);
  }

  /** Mean loss of the epoch's batches, NaN if it was cancelled. */
  private double epoch(
      TrainableNetwork network,
      Map<String, Adam> adams,
      OneCycle schedule,
      TrainingBatches training,
      int epoch,
      TrainingListener listener) {
    double sum = 0;
    int number = 0;
    for (Iterator<Batch> batches = training.epoch(epoch); batches.hasNext(); ) {
      if (listener.isCancelled()) {
        return Double.NaN;
      }
      long taken = (long) (epoch - 1) * training.count() + number;
      double loss = step(network, adams, schedule, taken, batches.next());
      if (!Double.isFinite(loss)) {
        throw new IllegalStateException(
            "The loss became %s in batch %d of epoch %d: try a smaller learning rate than %s"
                .formatted(loss, number + 1, epoch, settings.maxLearningRate()));
      }
      sum += loss;
      number++;
      listener.onModelBatch(
          new ModelBatch(
              epoch,
              number,
              training.count(),
              settings.epochs(),
              loss,
              schedule.learningRate(taken)));
    }
    return sum / number;
  }

  private static double step(
      TrainableNetwork network,
      Map<String, Adam> adams,
      OneCycle schedule,
      long taken,
      Batch batch) {
    try (NDManager scratch = network.newManager();
        GradientLease lease = GradientLease.acquire()) {
      Map<String, NDArray> leaves = network.leaves(scratch);
      NDArray logits = network.trainingLogits(images(scratch, batch), leaves);
      NDArray loss = logits.logSoftmax(1).gather(labels(scratch, batch), 1).neg().mean();
      lease.backward(loss);
      Adam.Factors factors =
          Adam.Factors.of(scratch, schedule.learningRate(taken), schedule.beta1(taken), taken + 1);
      network
          .parameters()
          .forEach(
              (name, parameter) ->
                  adams
                      .get(name)
                      .step(parameter, leaves.get(name).getGradient(), factors, scratch));
      return loss.getFloat();
    }
  }

  private record Evaluation(double loss, double accuracy) {}

  private static Evaluation evaluate(TrainableNetwork network, EvaluationBatches batches) {
    double loss = 0;
    int right = 0;
    int total = 0;
    for (Batch batch : batches) {
      try (NDManager scratch = network.newManager()) {
        float[] flat = network.logits(images(scratch, batch)).toFloatArray();
        int classes = flat.length / batch.size();
        for (int i = 0; i < batch.size(); i++) {
          float[] logits = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
          loss += Logits.crossEntropy(logits, batch.labels()[i]);
          right += Logits.argmax(logits) == batch.labels()[i] ? 1 : 0;
          total++;
        }
      }
    }
    return new Evaluation(loss / total, (double) right / total);
  }

  private static NDArray images(NDManager scratch, Batch batch) {
    int side = (int) Math.round(Math.sqrt((double) batch.images().length / batch.size()));
    return scratch.create(batch.images(), new Shape(batch.size(), 1, side, side));
  }

  private static NDArray labels(NDManager scratch, Batch batch) {
    long[] labels = new long[batch.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = batch.labels()[i];
    }
    return scratch.create(labels, new Shape(labels.length, 1));
  }
}
