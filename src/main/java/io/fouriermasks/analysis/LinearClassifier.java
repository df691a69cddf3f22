package io.fouriermasks.analysis;

import io.fouriermasks.network.Logits;
import java.util.SplittableRandom;

/**
 * {@code W x + b} with the mean cross-entropy as loss and Adam by PyTorch's formula, on the heap.
 */
final class LinearClassifier {

  private static final double BETA2 = 0.999;
  private static final float EPS = 1e-8f;

  private final int inputs;
  private final int classes;
  private final float weightDecay;
  private final float[] parameters; // a row of weights a class, then the biases
  private final float[] firstMoment;
  private final float[] secondMoment;
  private final float[] gradient;
  private int steps;

  /** Weights and biases uniform in {@code +-1 / sqrt(inputs)}, as torch.nn.Linear's. */
  LinearClassifier(int inputs, int classes, double weightDecay, SplittableRandom random) {
    this.inputs = inputs;
    this.classes = classes;
    this.weightDecay = (float) weightDecay;
    this.parameters = new float[classes * inputs + classes];
    this.firstMoment = new float[parameters.length];
    this.secondMoment = new float[parameters.length];
    this.gradient = new float[parameters.length];
    double bound = 1 / Math.sqrt(inputs);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }

  float[] logits(float[] x) {
    float[] logits = new float[classes];
    for (int c = 0; c < classes; c++) {
      logits[c] = dot(c * inputs, x) + parameters[classes * inputs + c];
    }
    return logits;
  }

  /** One step on the samples of these indices. */
  void step(float[][] samples, int[] labels, int[] batch, double learningRate, double beta1) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = weightDecay * parameters[i];
    }
    for (int sample : batch) {
      float[] x = samples[sample];
      double[] probabilities = Logits.probabilities(logits(x));
      for (int c = 0; c < classes; c++) {
        double error = probabilities[c] - (c == labels[sample] ? 1 : 0);
        addScaled((float) (error / batch.length), x, c * inputs);
        gradient[classes * inputs + c] += (float) (error / batch.length);
      }
    }
    adam(learningRate, beta1);
  }

  private void adam(double learningRate, double beta1) {
    steps++;
    float stepSize = (float) (learningRate / (1 - Math.pow(beta1, steps)));
    float root = (float) Math.sqrt(1 - Math.pow(BETA2, steps));
    float keep1 = (float) beta1;
    float rest1 = (float) (1 - beta1);
    float keep2 = (float) BETA2;
    float rest2 = (float) (1 - BETA2);
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i];
      firstMoment[i] = keep1 * firstMoment[i] + rest1 * g;
      secondMoment[i] = keep2 * secondMoment[i] + rest2 * g * g;
      float denominator = (float) Math.sqrt(secondMoment[i]) / root + EPS;
      parameters[i] -= stepSize * firstMoment[i] / denominator;
    }
  }

  /** Four sums at once: one alone would wait for each addition. */
  private float dot(int offset, float[] x) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < inputs; i += 4) {
      a += parameters[offset + i] * x[i];
      b += parameters[offset + i + 1] * x[i + 1];
      c += parameters[offset + i + 2] * x[i + 2];
      d += parameters[offset + i + 3] * x[i + 3];
    }
    for (; i < inputs; i++) {
      a += parameters[offset + i] * x[i];
    }
    return a + b + (c + d);
  }

  private void addScaled(float factor, float[] x, int offset) {
    for (int i = 0; i < inputs; i++) {
      gradient[offset + i] += factor * x[i];
    }
  }
}
