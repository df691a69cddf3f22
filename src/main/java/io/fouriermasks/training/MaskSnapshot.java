package io.fouriermasks.training;

import io.fouriermasks.spectrum.FourierMask;

/**
 * A mask in the middle of its training.
 *
 * @param image index of the image in the request
 * @param step steps taken so far
 * @param mask the mask after that step
 * @param masked the normalised image through it, size x size, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record MaskSnapshot(int image, int step, FourierMask mask, float[] masked) {}
