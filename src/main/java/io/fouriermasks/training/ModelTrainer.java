package io.fouriermasks.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.TrainingBatches;
import io.fouriermasks.network.GradientLease;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.TrainableNetwork;
import io.fouriermasks.network.Weights;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains a classifier: cross-entropy, Adam, one-cycle schedule; keeps the weights of the best
 * evaluation accuracy, the last on ties. Adversarial training attacks each batch, with the network
 * as it is then in eval mode, before learning from it.
 *
 * <p>Every random choice of a step is drawn from the seed and the number of the step alone, so that
 * a training that was interrupted ends with the very same weights on the same CPU.
 */
public final class ModelTrainer {

  /** Spreads neighbouring step numbers over all seeds. */
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private final Device device;
  private final ModelSettings settings;

  public ModelTrainer(Device device, ModelSettings settings) {
    this.device = device;
    this.settings = settings;
  }

  /**
   * What is trained on what, as text: a checkpoint continues only the training whose text is equal.
   */
  public String specification(Weights initial, TrainingBatches training) {
    return "model %s %s, initial weights %s, %s, %s"
        .formatted(
            initial.card().architecture().cliName(),
            initial.card().augmentation(),
            initial.fingerprint(),
            settings,
            training.description());
  }

  /** Trains from the beginning. */
  public TrainedModel train(
      Weights initial,
      TrainingBatches training,
      EvaluationBatches evaluation,
      TrainingListener listener) {
    return train(initial, training, evaluation, Checkpoint.NONE, listener);
  }

  /**
   * Trains from the given weights, or goes on from a checkpoint of the same training.
   *
   * @param initial where to begin; its card names classes and normalisation
   * @param training batches of the training split
   * @param evaluation the evaluation split, on which the best epoch is chosen
   * @param from where to go on, {@link Checkpoint#NONE} to begin
   * @return what was reached; not finished after a cancellation
   * @throws NonFiniteLossException if the loss becomes infinite or NaN
   */
  public TrainedModel train(
      Weights initial,
      TrainingBatches training,
      EvaluationBatches evaluation,
      Checkpoint from,
      TrainingListener listener) {
    String specification = specification(initial, training);
    try (ModelRun run =
        from.isNone()
            ? ModelRun.start(initial, device)
            : ModelRun.resume(initial, from, settings.epochs(), device)) {
      while (run.epoch() <= settings.epochs()) {
        if (!epoch(run, training, specification, listener)) {
          return run.result(false);
        }
        Evaluation result = evaluate(run.network(), evaluation);
        ModelEpoch ended = run.endEpoch(settings.epochs(), result.loss(), result.accuracy());
        if (ended.best()) {
          listener.onBestWeights(run.best().orElseThrow());
        }
        listener.onModelEpoch(ended);
      }
      return run.result(true);
    }
  }

  /** The rest of an epoch; false if it was cancelled before its end. */
  private boolean epoch(
      ModelRun run, TrainingBatches training, String specification, TrainingListener listener) {
    OneCycle schedule =
        new OneCycle(
            settings.maxLearningRate(),
            (long) settings.epochs() * training.count(),
            settings.warmUp());
    Iterator<Batch> batches = training.epoch(run.epoch(), run.batches());
    while (batches.hasNext()) {
      boolean cancelled = listener.isCancelled();
      if (listener.wantsCheckpoint()) {
        listener.onCheckpoint(run.checkpoint(specification));
      }
      if (cancelled) {
        return false;
      }
      long taken = (long) (run.epoch() - 1) * training.count() + run.batches();
      Batch batch = batches.next();
      double loss = step(run, schedule, taken, batch);
      if (!Double.isFinite(loss)) {
        throw new NonFiniteLossException(
            "The loss became %s in batch %d of epoch %d: try a smaller learning rate than %s"
                .formatted(loss, run.batches() + 1, run.epoch(), settings.maxLearningRate()));
      }
      run.learned(loss);
      listener.onModelBatch(
          new ModelBatch(
              run.epoch(),
              run.batches(),
              training.count(),
              settings.epochs(),
              batch.size(),
              loss,
              schedule.learningRate(taken)));
    }
    return true;
  }

  private double step(ModelRun run, OneCycle schedule, long taken, Batch batch) {
    TrainableNetwork network = run.network();
    SplittableRandom random = new SplittableRandom(settings.seed() ^ MIX * (taken + 1));
    try (NDManager scratch = network.newManager()) {
      NDArray labels = labels(scratch, batch);
      NDArray images =
          settings
              .adversary()
              .map(pgd -> pgd.attack(network::logits, images(scratch, batch), labels, random))
              .orElseGet(() -> images(scratch, batch));
      try (GradientLease lease = GradientLease.acquire()) {
        // dropout draws from the engine's generator: a step must not depend on those before it
        Engine.getInstance().setRandomSeed(random.nextInt());
        Map<String, NDArray> leaves = network.leaves(scratch);
        NDArray logits = network.trainingLogits(images, leaves);
        NDArray loss = logits.logSoftmax(1).gather(labels, 1).neg().mean();
        lease.backward(loss);
        Adam.Factors factors =
            Adam.Factors.of(
                scratch, schedule.learningRate(taken), schedule.beta1(taken), taken + 1);
        network
            .parameters()
            .forEach(
                (name, parameter) ->
                    run.adams()
                        .get(name)
                        .step(parameter, leaves.get(name).getGradient(), factors, scratch));
        return loss.getFloat();
      }
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
