package io.fouriermasks.job;

/**
 * How far a running job is.
 *
 * @param imagesDone images whose mask is final
 * @param images images in all
 * @param step steps taken by the images that are still trained
 * @param maxSteps most steps an image may take
 * @param quietSteps fewest steps without movement among the images that are still trained
 * @param quietNeeded steps without movement after which an image is done
 * @param stepsPerSecond recent speed; each step moves all images that are still trained
 * @param secondsLeft time until the stopping rule holds if nothing moves any more; null while
 *     something moves
 * @param secondsLeftAtMost time until the largest number of steps; null until the speed is known
 */
public record JobProgress(
    int imagesDone,
    int images,
    int step,
    int maxSteps,
    int quietSteps,
    int quietNeeded,
    double stepsPerSecond,
    Double secondsLeft,
    Double secondsLeftAtMost) {}
