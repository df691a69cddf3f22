package io.fouriermasks.training;

/**
 * The end of an epoch of a model's training.
 *
 * @param epoch number of the epoch, from 1
 * @param epochs epochs in all
 * @param trainLoss mean cross-entropy over the epoch's batches
 * @param evaluationLoss mean cross-entropy on the evaluation split
 * @param accuracy share of the evaluation split classified right, in [0, 1]
 * @param best whether these weights are the best so far and were kept
 * @param seconds wall-clock time of the epoch
 */
public record ModelEpoch(
    int epoch,
    int epochs,
    double trainLoss,
    double evaluationLoss,
    double accuracy,
    boolean best,
    double seconds) {}
