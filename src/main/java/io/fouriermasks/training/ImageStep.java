package io.fouriermasks.training;

/**
 * One step of one image's mask. Invariance and sparsity are those <em>before</em> the step, as the
 * method logs them.
 *
 * @param image index of the image in the request
 * @param step number of the step, from 1
 * @param invariance {@code (CE(f(x_M), y) - CE(f(x), y))^2}
 * @param sparsity {@code ||M||_1 / ||M_0||_1}
 * @param learningRate Adam's learning rate in this step, or the radius of a trust region after it
 * @param prediction class that the network predicts for the image through the mask
 * @param probability probability of the label through the mask
 * @param quietSteps steps in a row in which nothing that the stopping rule watches has moved
 */
public record ImageStep(
    int image,
    int step,
    double invariance,
    double sparsity,
    double learningRate,
    int prediction,
    double probability,
    int quietSteps) {}
