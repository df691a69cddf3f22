package io.fouriermasks.dataset;

/**
 * Pictures as a network takes them.
 *
 * @param images {@code size x 1 x side x side} normalised values, row-major
 * @param labels {@code size} class indices
 * @param size number of pictures, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Batch(float[] images, int[] labels, int size) {}
