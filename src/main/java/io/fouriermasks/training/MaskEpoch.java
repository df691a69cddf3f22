package io.fouriermasks.training;

/**
 * The end of an epoch of a whole-model or class mask.
 *
 * @param epoch number of the epoch, from 1
 * @param epochs epochs at most
 * @param meanInvariance mean invariance of all images, each before the step that it was seen in
 * @param sparsity {@code ||M||_1 / ||M_0||_1} at the end of the epoch
 * @param maskedAccuracy share of the images classified right through the mask, in [0, 1]
 * @param unmaskedAccuracy the same without mask
 * @param quietEpochs quiet epochs in a row, this one included
 * @param kept whether this mask was kept: its accuracy is high enough
 * @param seconds wall-clock time of the epoch, its evaluation included
 */
public record MaskEpoch(
    int epoch,
    int epochs,
    double meanInvariance,
    double sparsity,
    double maskedAccuracy,
    double unmaskedAccuracy,
    int quietEpochs,
    boolean kept,
    double seconds) {}
