package io.fouriermasks.training;

/**
 * One optimiser step of a whole-model or class mask. Invariance and sparsity are those
 * <em>before</em> the step, as the method logs them.
 *
 * @param step number of the step, from 1
 * @param steps steps of the whole schedule
 * @param epoch number of the epoch, from 1
 * @param images in the step
 * @param invariance {@code (CE(f(x_M), y) - CE(f(x), y))^2}, the mean of the step's images
 * @param sparsity {@code ||M||_1 / ||M_0||_1}
 * @param learningRate Adam's learning rate in this step
 */
public record MaskStep(
    int step,
    int steps,
    int epoch,
    int images,
    double invariance,
    double sparsity,
    double learningRate) {}
