package io.fouriermasks.network;

/** What a row of logits, one value a class, says. */
public final class Logits {

  private Logits() {}

  /** The predicted class: index of the largest logit, the first on ties. */
  public static int argmax(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  /** Softmax: one probability a class. */
  public static double[] probabilities(float[] logits) {
    double logSum = logSumExp(logits);
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i] - logSum);
    }
    return probabilities;
  }

  /** Cross-entropy of a label, in nats: {@code -log softmax(logits)[label]}. */
  public static double crossEntropy(float[] logits, int label) {
    return logSumExp(logits) - logits[label];
  }

  private static double logSumExp(float[] logits) {
    double max = logits[argmax(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }
}
