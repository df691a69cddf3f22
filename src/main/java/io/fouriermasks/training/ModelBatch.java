package io.fouriermasks.training;

/**
 * One optimiser step of a model.
 *
 * @param epoch number of the epoch, from 1
 * @param batch number of the batch in the epoch, from 1
 * @param batches batches an epoch
 * @param epochs epochs in all
 * @param images in the batch
 * @param loss mean cross-entropy of the batch
 * @param learningRate Adam's learning rate in this step
 */
public record ModelBatch(
    int epoch, int batch, int batches, int epochs, int images, double loss, double learningRate) {}
