package io.fouriermasks.dataset;

import java.nio.file.Path;

/**
 * A file of an image folder.
 *
 * @param file the picture
 * @param label index of its class in {@link ImageFolder#classes()}
 */
public record LabelledImage(Path file, int label) {}
