package io.fouriermasks.job;

/**
 * What a preview shows.
 *
 * @param sparsity of the mask
 * @param mask artefact (BIN): the full plane, float32 little endian, row-major, unshifted
 * @param masked artefact (PNG): the image through it, or null if it is learned over many
 */
public record PreviewFiles(double sparsity, String mask, String masked) {}
