package io.fouriermasks.api;

import io.fouriermasks.store.Image;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A picture. */
@Schema(name = "Image", description = "A stored picture.")
public record ImageView(
    @Schema(description = "First 16 hexadecimal digits of the SHA-256 of its pixels.") String id,
    String name,
    @Schema(description = "Pixels.") int width,
    @Schema(description = "Pixels.") int height,
    Instant createdAt,
    @Schema(description = "Name of who did that, or null.") String createdBy) {

  static ImageView of(Image image) {
    return new ImageView(
        image.id(),
        image.name(),
        image.width(),
        image.height(),
        image.createdAt(),
        image.createdBy());
  }
}
