package io.fouriermasks.store;

import java.time.Instant;

/**
 * A picture.
 *
 * @param id first 16 hexadecimal digits of the SHA-256 of its pixels
 * @param name what the user called it; text, never a path
 * @param width pixels of the upright picture
 * @param height pixels of the upright picture
 * @param picture artefact (PNG) of the upright picture
 * @param input artefact (PNG) of the 128 x 128 gray levels that a network is given
 * @param createdAt when it was first stored
 * @param createdBy name of who stored it first, or null
 */
public record Image(
    String id,
    String name,
    int width,
    int height,
    String picture,
    String input,
    Instant createdAt,
    String createdBy) {}
